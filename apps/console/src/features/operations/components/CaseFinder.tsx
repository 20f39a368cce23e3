import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseSummary } from '@loket/contracts/cases.js';
import { useCaseList } from '../../../api/cases.js';
import { useCustomerCases } from '../../../api/customers.js';
import { useSuggestions } from '../../../api/suggestions.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { likeness } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './operations.module.css';

interface Hit {
  group: 'suggested' | 'own' | 'found';
  summary: CaseSummary;
  score?: number;
}

/**
 * Cases that might be meant, best first: suggested ones, the customer's own open ones; or those that a search finds.
 *
 * @param first a case to begin with, named by who opened the dialog
 */
function useHits(
  detail: CaseDetail,
  q: string,
  first: CaseSummary | undefined,
): { hits: Hit[]; busy: boolean } {
  const suggestions = useSuggestions({ kind: 'case', case: detail.id });
  const own = useCustomerCases(detail.customer.id);
  const search = useCaseList({ view: 'all', status: 'all', sort: 'newest', q }, q !== '');
  const hits: Hit[] = [];
  const add = (group: Hit['group'], summary: CaseSummary | undefined, score?: number) => {
    if (!summary || summary.id === detail.id || summary.mergedInto) return;
    if (hits.some((hit) => hit.summary.id === summary.id)) return;
    hits.push({ group, summary, ...(score !== undefined && { score }) });
  };
  if (q) {
    for (const summary of search.data?.pages[0]?.items ?? []) add('found', summary);
    return { hits: hits.slice(0, 30), busy: search.isFetching };
  }
  for (const suggestion of suggestions.data?.pages.flatMap((page) => page.items) ?? []) {
    const other = suggestion.cases.find((one) => one.id !== detail.id);
    add('suggested', other, suggestion.score);
  }
  add('suggested', first);
  const open = (own.data?.items ?? []).filter((one) => one.status !== 'resolved');
  for (const summary of open) add('own', summary);
  return { hits, busy: suggestions.isPending || own.isPending };
}

interface CaseFinderProps {
  detail: CaseDetail;
  first: CaseSummary | undefined;
  chosen: CaseSummary | undefined;
  onChoose: (summary: CaseSummary | undefined) => void;
  /** Enter: go on to the button */
  onEnter: () => void;
}

/** Finds the other case: what is under the cursor is shown beside it at once. */
export function CaseFinder({ detail, first, chosen, onChoose, onEnter }: CaseFinderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 150);
  const { hits, busy } = useHits(detail, q, first);
  const at = hits.findIndex((hit) => hit.summary.id === chosen?.id);
  const best = first && !q ? (hits.find((hit) => hit.summary.id === first.id) ?? hits[0]) : hits[0];
  useEffect(() => {
    if (at < 0 && best?.summary.id !== chosen?.id) onChoose(best?.summary);
  }, [at, best, chosen, onChoose]);
  const step = (by: number) => {
    const next = (Math.max(0, at) + by + hits.length) % Math.max(1, hits.length);
    onChoose(hits[next]?.summary);
    document.getElementById(`other-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onEnter();
    }
  };
  return (
    <>
      <div className={s.findBox}>
        <IconSearch size={15} stroke={1.8} />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="others"
          aria-activedescendant={at >= 0 ? `other-${at}` : undefined}
          aria-label={t('operations.merge.find')}
          placeholder={t('operations.merge.find')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="others" role="listbox" aria-label={t('operations.merge.others')} aria-busy={busy}>
        {hits.map(({ group, summary, score }, index) => (
          <div key={summary.id} role="presentation">
            {hits[index - 1]?.group !== group && (
              <div className={s.group} role="presentation">
                {t(`operations.merge.group.${group}`, { name: nameOf(summary) })}
              </div>
            )}
            <div
              id={`other-${index}`}
              role="option"
              aria-selected={index === at}
              className={s.hit}
              onClick={() => onChoose(summary)}
            >
              <span className="cut">
                <span className="num">#{summary.number}</span>{' '}
                <b>{summary.subject || t('operations.noSubject')}</b>
              </span>
              <span className={s.when}>
                <ChannelMarks kinds={summary.channelKinds} size={13} />
                {format.short(summary.lastMessageAt)}
              </span>
              <small className="cut">
                {[group === 'own' ? '' : nameOf(summary), summary.preview].filter(Boolean).join(' · ')}
              </small>
              <small className={score === undefined ? undefined : s.strong}>
                {score === undefined
                  ? t(`operations.status.${summary.status}`)
                  : format.percent(likeness(score))}
              </small>
            </div>
          </div>
        ))}
      </div>
      {hits.length === 0 && !busy && (
        <p className={s.none} role="status">
          {q ? t('operations.merge.nothing', { q }) : t('operations.merge.noneYet')}
        </p>
      )}
    </>
  );

  function nameOf(summary: CaseSummary): string {
    const { name, address } = summary.customer;
    return name ?? (address ? format.phone(address) : t('operations.someone'));
  }
}
