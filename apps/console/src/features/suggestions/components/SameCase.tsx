import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Suggestion } from '@loket/contracts/suggestions.js';
import { useSuggestions } from '../../../api/suggestions.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { openDialog } from '../../../ui/dialogs.js';
import { evidenceText } from '../../../ui/evidence-text.js';
import { useFormat } from '../../../ui/useFormat.js';
import { useDecide, useWaiting } from '../decide.js';
import { Reasons, Sure } from './Reasons.js';
import s from './suggestions.module.css';

/** The strongest suggestion about this case that waits, with the other case. */
function useSame(caseId: string): { suggestion: Suggestion; other: Suggestion['cases'][number] } | null {
  const list = useSuggestions({ kind: 'case', case: caseId }).data;
  const waiting = useWaiting(list?.pages.flatMap((page) => page.items) ?? []);
  const [suggestion] = waiting.toSorted((a, b) => b.score - a.score);
  const other = suggestion?.cases.find((one) => one.id !== caseId);
  return suggestion && other ? { suggestion, other } : null;
}

function useSameActions(summary: Pick<CaseSummary, 'number'>) {
  const { accept, dismiss } = useDecide();
  return (suggestion: Suggestion, other: CaseSummary) => ({
    compare: () =>
      openDialog({
        kind: 'merge-cases',
        number: summary.number,
        with: other.number,
        suggestionId: suggestion.id,
      }),
    // another customer is a question of its own: it is asked in the comparison
    merge: () => void accept(suggestion),
    dismiss: () => dismiss(suggestion),
  });
}

/** Above the timeline, in one line, where there is no panel to hold the whole. */
export function SameCaseStrip({ summary }: { summary: CaseSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const same = useSame(summary.id);
  const actions = useSameActions(summary);
  if (!same) return null;
  const { suggestion, other } = same;
  const { compare, dismiss } = actions(suggestion, other);
  const [first] = suggestion.evidence;
  return (
    <section className={s.strip} aria-label={t('suggestions.sameCase')}>
      <IconGitMerge size={16} stroke={1.9} aria-hidden />
      <span className="grow cut">
        <b>{t('suggestions.sameCaseAs', { number: other.number })}</b>{' '}
        <span className={s.stripWhy}>
          {other.subject}
          {first && ` · ${evidenceText(t, format, first)}`}
        </span>
      </span>
      <Button size="xs" variant="default" onClick={compare}>
        {t('suggestions.compare')}
      </Button>
      <Button size="xs" variant="subtle" onClick={dismiss}>
        {t('suggestions.no.case')}
      </Button>
    </section>
  );
}

/** In the panel: why it might be the same, and the two answers. */
export function SameCaseCard({ summary }: { summary: CaseSummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  const same = useSame(summary.id);
  const actions = useSameActions(summary);
  if (!same) return null;
  const { suggestion, other } = same;
  const { compare, merge, dismiss } = actions(suggestion, other);
  const others = other.customer.id !== suggestion.cases.find((one) => one.id === summary.id)?.customer.id;
  return (
    <section className={s.card} aria-label={t('suggestions.sameCase')}>
      <header>
        <IconGitMerge size={15} stroke={1.9} aria-hidden />
        <h3 className="grow">{t('suggestions.sameCase')}</h3>
        {!others && <button onClick={compare}>{t('suggestions.compare')}</button>}
      </header>
      <p className={s.cardCase}>
        <span className="num">#{other.number}</span>
        <b className="cut grow">{other.subject || t('suggestions.noSubject')}</b>
        <ChannelMarks kinds={other.channelKinds} size={13} />
        <time dateTime={other.lastMessageAt}>{format.short(other.lastMessageAt)}</time>
      </p>
      <Sure score={suggestion.score} />
      <Reasons suggestion={suggestion} most={2} />
      <div className={s.cardActs}>
        <Button size="xs" className={s.soft ?? ''} fullWidth onClick={others ? compare : merge}>
          {t(others ? 'suggestions.compare' : 'suggestions.accept.case')}
        </Button>
        <Button size="xs" variant="default" fullWidth onClick={dismiss}>
          {t('suggestions.no.case')}
        </Button>
      </div>
    </section>
  );
}
