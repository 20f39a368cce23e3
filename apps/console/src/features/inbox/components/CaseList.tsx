import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowUp } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { arrivalsOf, clearArrivals, useArrivals } from '../../../api/arrivals.js';
import { prefetchCase, useCaseList } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { keys, type CaseListParams } from '../../../api/keys.js';
import { belongs, type CaseList as CaseListData } from '../../../api/patch.js';
import { useMe } from '../../../api/session.js';
import { useCommands } from '../../../ui/commands.js';
import { Keys } from '../../../ui/Keys.js';
import { useRowHeight } from '../../../ui/looks.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { useNow } from '../../../ui/useNow.js';
import { CaseRow, rowId } from './CaseRow.js';
import { ListEmpty } from './ListEmpty.js';
import { ListHeader } from './ListHeader.js';
import s from './inbox.module.css';

interface CaseListProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  selected: number | undefined;
  onOpen: (number: number, how?: 'step') => void;
  /** Enter in the list: go on in the case itself */
  onEnter: () => void;
  phone: boolean;
}

/** Rows of a list as loaded so far. */
export function useCaseRows(params: CaseListParams): readonly CaseSummary[] {
  const pages = useCaseList(params).data?.pages;
  return useMemo(() => {
    const ids = new Set<string>();
    // a case that moved between two page loads would stand in both
    return (pages ?? [])
      .flatMap((page) => page.items)
      .filter((item) => !ids.has(item.id) && ids.add(item.id));
  }, [pages]);
}

export function CaseList({ params, onParams, selected, onOpen, onEnter, phone }: CaseListProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const now = useNow();
  const list = useCaseList(params);
  const rows = useCaseRows(params);
  const late = useLate(list.isPending);
  const scroller = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.number === selected);
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetching, isFetchingNextPage, fetchNextPage } = list;
  // Waits for any fetch, not only one of a next page: a reload takes the place of a page under way, perhaps before
  // this component has seen that it was under way, and then nothing else would ask for that page again.
  useEffect(() => {
    if (hasNextPage && !isFetching && lastShown >= rows.length - 12) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, lastShown, rows.length]);

  const reload = useCallback(() => {
    clearArrivals(params);
    client.setQueryData<CaseListData>(
      keys.caseList(params),
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void client.invalidateQueries({ queryKey: keys.caseList(params) });
    scroller.current?.scrollTo({ top: 0 });
  }, [client, params]);

  // coming (back) to a list is asking for it as it is now
  useEffect(() => {
    const waiting = arrivalsOf(params);
    if (waiting.arrived.size + waiting.moved.size > 0) reload();
  }, [params, reload]);
  const arrivals = useArrivals(params);
  useReloadWhenIdle(arrivals.arrived.size + arrivals.moved.size > 0, scroller, reload);
  // An empty list has no row that could move under a hand.
  const shownAtOnce = arrivals.arrived.size > 0 && list.isSuccess && rows.length === 0;
  useEffect(() => {
    if (shownAtOnce) reload();
  }, [shownAtOnce, reload]);
  // By who stands there, not by how they are: what happens to a neighbour is no reason to fetch all of them again.
  const neighbours = at < 0 ? '' : idsOf(rows.slice(Math.max(0, at - 3), at + 4));
  useEffect(() => {
    const near = rows.filter(({ id }) => neighbours.includes(id));
    for (const row of near) prefetchCase(client, row);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [client, neighbours]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const step = (by: number) => {
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (!next) return;
    onOpen(next.number, 'step');
    scroller.current?.focus({ preventScroll: true });
  };
  useCommands([
    { id: 'next', label: '', keys: 'j', run: () => step(1) },
    { id: 'previous', label: '', keys: 'k', run: () => step(-1) },
    {
      id: 'load-new',
      label: t('inbox.reload'),
      group: t('inbox.group'),
      keys: '.',
      icon: <IconArrowUp size={17} stroke={1.7} />,
      run: reload,
    },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key];
    if (by !== undefined) {
      event.preventDefault();
      step(by);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
    }
  };

  return (
    <section className={s.list} data-phone={phone || undefined} aria-label={t('inbox.label')}>
      <ListHeader params={params} onParams={onParams} phone={phone} lead={selected === undefined} />
      <NewerBar arrived={arrivals.arrived.size} moved={arrivals.moved.size} onLoad={reload} />
      {list.error && rows.length === 0 ? (
        <div className={s.failed} role="alert">
          {errorText(t, list.error)}
          <Button size="xs" variant="default" onClick={() => void list.refetch()}>
            {t('ui.retry')}
          </Button>
        </div>
      ) : list.isPending ? (
        <div className={s.bones} aria-busy>
          {late && [1, 2, 3, 4, 5].map((n) => <Skeleton key={n} />)}
        </div>
      ) : rows.length === 0 ? (
        <ListEmpty params={params} onParams={onParams} />
      ) : (
        <div
          ref={scroller}
          className={s.rows}
          role="listbox"
          tabIndex={0}
          aria-label={t('inbox.label')}
          aria-activedescendant={at >= 0 ? rowId(rows[at]?.id ?? '') : undefined}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize() + (isFetchingNextPage ? 36 : 0) }}>
            {items.map((item) => {
              const row = rows[item.index];
              return (
                row && (
                  <div
                    key={item.key}
                    role="presentation"
                    className={s.vrow}
                    style={{ transform: `translateY(${item.start}px)` }}
                  >
                    <CaseRow
                      summary={row}
                      me={me.id}
                      now={now}
                      index={item.index}
                      total={hasNextPage ? -1 : rows.length}
                      selected={item.index === at}
                      bare={at >= 0 && (item.index === at || item.index === at + 1)}
                      waits={params.view === 'callback' ? 'call' : 'answer'}
                      gone={belongs(row, params, me.id) === false}
                      onOpen={onOpen}
                    />
                  </div>
                )
              );
            })}
            {isFetchingNextPage && (
              <div className={s.more} role="presentation" style={{ top: virtual.getTotalSize() }}>
                {t('ui.loading')}
              </div>
            )}
          </div>
        </div>
      )}
    </section>
  );
}

const idsOf = (rows: readonly CaseSummary[]): string => rows.map(({ id }) => id).join(' ');

/** Arrivals wait here: rows keep their place while someone works. */
function NewerBar({ arrived, moved, onLoad }: { arrived: number; moved: number; onLoad: () => void }) {
  const { t } = useTranslation();
  const on = arrived + moved > 0;
  return (
    <div className={s.newerBox} data-on={on || undefined} role="status">
      {on && (
        <button className={s.newer} onClick={onLoad} aria-keyshortcuts=".">
          <IconArrowUp size={14} stroke={2} />
          {arrived > 0 ? t('inbox.newer', { count: arrived }) : t('inbox.moved', { count: moved })}{' '}
          <Keys keys="." />
        </button>
      )}
    </div>
  );
}

/** After 60 s without a hand on anything, a list that stands at its top may bring itself up to date. */
function useReloadWhenIdle(
  wanted: boolean,
  scroller: { current: HTMLDivElement | null },
  reload: () => void,
): void {
  const touched = useRef(Date.now());
  useEffect(() => {
    const touch = () => (touched.current = Date.now());
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch);
    };
  }, []);
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => {
      const atTop = (scroller.current?.scrollTop ?? 0) < 8;
      if (atTop && Date.now() - touched.current > 60_000) reload();
    }, 3000);
    return () => clearInterval(timer);
  }, [wanted, reload, scroller]);
}
