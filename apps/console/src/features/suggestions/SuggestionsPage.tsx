import { Button, SegmentedControl } from '@mantine/core';
import { IconChecks } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AcceptSuggestion, SuggestionKind } from '@loket/contracts/suggestions.js';
import { errorText } from '../../api/error-text.js';
import { kinds, useSuggestionCounts, useSuggestions } from '../../api/suggestions.js';
import { useCommands } from '../../ui/commands.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Keys } from '../../ui/Keys.js';
import { usePhone } from '../../ui/media.js';
import { Skeleton, useLate } from '../../ui/Skeleton.js';
import { useFormat } from '../../ui/useFormat.js';
import { Preview } from './components/Preview.js';
import { SuggestionRow, suggestionRowId } from './components/SuggestionRow.js';
import { useDecide, useWaiting } from './decide.js';
import s from './components/suggestions.module.css';

/** What might be one and is not: two cases, two profiles, many cases of one cause. One key decides. */
export function SuggestionsPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const phone = usePhone();
  const [kind, setKind] = useState<SuggestionKind | 'all'>('all');
  const counts = useSuggestionCounts().data;
  const list = useSuggestions(kind === 'all' ? {} : { kind });
  const late = useLate(list.isPending);
  const items = useWaiting(list.data?.pages.flatMap((page) => page.items) ?? []);
  const [chosen, setChosen] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const at = items.findIndex((item) => item.id === chosen);
  // a desktop always has one open; on a phone one at a time is shown
  const shown = items[at] ?? (phone ? undefined : items[0]);
  const { accept, dismiss } = useDecide(setChosen);

  const select = (id: string | undefined) => {
    setChosen(id ?? null);
    if (id) document.getElementById(suggestionRowId(id))?.scrollIntoView({ block: 'nearest' });
  };
  const step = (by: number) => {
    const from = items.findIndex((item) => item.id === shown?.id);
    const next = items[Math.min(items.length - 1, Math.max(0, from + by))];
    if (next) select(next.id);
    scroller.current?.focus({ preventScroll: true });
  };
  /** after a decision the next one is open */
  const toNext = () => {
    const from = items.findIndex((item) => item.id === shown?.id);
    select((items[from + 1] ?? items[from - 1])?.id);
    if (phone) setChosen(null);
  };
  const run = (choice: Partial<AcceptSuggestion>) => {
    if (!shown) return;
    toNext();
    void accept(shown, choice);
  };
  const drop = () => {
    if (!shown) return;
    toNext();
    dismiss(shown);
  };
  useCommands([
    { id: 'next', label: '', keys: 'j', run: () => step(1) },
    { id: 'previous', label: '', keys: 'k', run: () => step(-1) },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -items.length, End: items.length }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Enter' && shown) {
      event.preventDefault();
      document.querySelector<HTMLElement>('[aria-keyshortcuts="y"]')?.click();
    }
  };
  const { hasNextPage, isFetching, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetching && items.length < 10) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, items.length]);

  const label = (value: SuggestionKind) => {
    const count = counts?.[value] ?? 0;
    const shownCount = format.badge(count);
    return count > 0 ? `${t(`suggestions.kind.${value}`)} ${shownCount}` : t(`suggestions.kind.${value}`);
  };
  const showList = !phone || !shown;
  return (
    <div className={s.page}>
      <title>{`${t('suggestions.title')} · Loket`}</title>
      {showList && (
        <section className={s.list} data-phone={phone || undefined} aria-label={t('suggestions.list')}>
          <header className={s.listHead}>
            <h1>{t('suggestions.title')}</h1>
          </header>
          <div className={s.kinds}>
            <SegmentedControl
              fullWidth
              size={phone ? 'sm' : 'xs'}
              withItemsBorders={false}
              aria-label={t('suggestions.kind.label')}
              value={kind}
              onChange={setKind}
              data={[
                { value: 'all' as const, label: t('suggestions.kind.all') },
                ...kinds.map((value) => ({ value, label: label(value) })),
              ]}
            />
          </div>
          {list.error && items.length === 0 ? (
            <div className={s.failed} role="alert">
              {errorText(t, list.error)}
              <Button size="xs" variant="default" onClick={() => void list.refetch()}>
                {t('ui.retry')}
              </Button>
            </div>
          ) : list.isPending ? (
            <div className={s.bones} aria-busy>
              {late && [1, 2, 3].map((n) => <Skeleton key={n} />)}
            </div>
          ) : items.length === 0 ? (
            phone && <Empty />
          ) : (
            <div
              ref={scroller}
              className={s.rows}
              role="listbox"
              tabIndex={0}
              aria-label={t('suggestions.list')}
              aria-activedescendant={shown ? suggestionRowId(shown.id) : undefined}
              onKeyDown={onKeyDown}
            >
              {items.map((item) => (
                <SuggestionRow
                  key={item.id}
                  suggestion={item}
                  selected={item.id === shown?.id}
                  onSelect={() => setChosen(item.id)}
                />
              ))}
            </div>
          )}
          {hasNextPage && items.length > 0 && (
            <Button
              className={s.more ?? ''}
              size="xs"
              variant="default"
              loading={list.isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('suggestions.more')}
            </Button>
          )}
          {!phone && items.length > 0 && (
            <p className={s.keys}>
              <Keys keys="J K" /> {t('suggestions.move')} <Keys keys="Z" /> {t('ui.undo')}
            </p>
          )}
        </section>
      )}
      {shown ? (
        <Preview
          key={shown.id}
          suggestion={shown}
          onAccept={run}
          onDismiss={drop}
          onBack={phone ? () => setChosen(null) : undefined}
        />
      ) : (
        !phone && list.isSuccess && <Empty />
      )}
    </div>
  );
}

function Empty() {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={<IconChecks size={26} stroke={1.5} color="var(--lk-ok)" />}
      title={t('suggestions.empty')}
    >
      {t('suggestions.emptyWhy')}
    </EmptyState>
  );
}
