import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowUp } from '@tabler/icons-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { arrivalsOf, clearArrivals, useArrivals } from '../../../api/arrivals.js';
import { belongs, viewerOf } from '../../../api/belongs.js';
import { jumpInList, prefetchCase } from '../../../api/cases.js';
import { errorText } from '../../../api/error-text.js';
import { keys, type CaseListParams } from '../../../api/keys.js';
import type { CaseList as CaseListData } from '../../../api/patch.js';
import { useMe } from '../../../api/session.js';
import { useTeams } from '../../../api/teams.js';
import { useCommands } from '../../../ui/commands.js';
import { useRowHeight } from '../../../ui/looks.js';
import { Skeleton, useLate } from '../../../ui/Skeleton.js';
import { showToast } from '../../../ui/toasts.js';
import { useNow } from '../../../ui/useNow.js';
import { useSteady } from '../../../ui/useSteady.js';
import { searchedWords } from '../highlight.js';
import { useBulk } from '../useBulk.js';
import { useListWindow, useLoadInView } from '../useListWindow.js';
import { useSelection } from '../useSelection.js';
import { BulkBar } from './BulkBar.js';
import { CaseRow, rowId } from './CaseRow.js';
import { ListEmpty } from './ListEmpty.js';
import { ListHeader } from './ListHeader.js';
import { NewerBar, useReloadWhenIdle } from './Newer.js';
import { SnoozeCurrent } from './SnoozeCurrent.js';
import s from './inbox.module.css';

interface CaseListProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  /** the saved view that it was opened as */
  saved: string | undefined;
  selected: number | undefined;
  onOpen: (number: number, how?: 'step') => void;
  /** Enter in the list: go on in the case itself */
  onEnter: () => void;
  phone: boolean;
}

const noWords: readonly string[] = [];
/** the focus was in the list of another view: this one goes on with it */
let handedOver = false;
/** after which the neighbours of the open case are fetched */
const soonMs = 40;
/** a pointer that rests on a row is about to open it; one that passes by is not */
const pointedMs = 60;

export function CaseList(props: CaseListProps) {
  const { params, onParams, saved, selected, onOpen, onEnter, phone } = props;
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const now = useNow();
  useTeams();
  const window = useListWindow(params);
  const { list, rows, base, total, counted, edge } = window;
  const late = useLate(list.isPending);
  const scroller = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.number === selected);
  const rowHeight = useRowHeight();
  const marking = useSelection(params, rows);
  const bulk = useBulk();
  // Rows have their own keys below: one given here would measure all hundred thousand again whenever one of them changes.
  const virtual = useVirtualizer<HTMLDivElement, Element>({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useLoadInView(window, virtual);

  const reload = useCallback(() => {
    clearArrivals(params);
    const data = client.getQueryData<CaseListData>(keys.caseList(params));
    const top = data?.pageParams[0] === null ? data.pages[0] : undefined;
    if (top) client.setQueryData<CaseListData>(keys.caseList(params), { pages: [top], pageParams: [null] });
    // far down, another part of the list stands there: the top takes its place as soon as it is here
    if (top) void client.invalidateQueries({ queryKey: keys.caseList(params) });
    else
      void jumpInList(client, params, 0).catch(() =>
        client.invalidateQueries({ queryKey: keys.caseList(params) }),
      );
    void client.invalidateQueries({ queryKey: keys.caseTotal(params) });
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
    let left = false;
    const near = rows.filter(({ id }) => neighbours.includes(id));
    const opened = near.find(({ number }) => number === selected);
    const fetchNear = async () => {
      // what was asked for comes first, then the next ones, then the others
      if (opened) await prefetchCase(client, opened);
      const at = opened ? near.indexOf(opened) : 0;
      for (const row of [...near.slice(at), ...near.slice(0, at).toReversed()])
        if (!left) void prefetchCase(client, row);
    };
    const timer = setTimeout(() => void fetchNear(), soonMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- by who stands there, not by how they are
  }, [client, neighbours]);
  const pointed = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pointed.current), []);
  const onPoint = useCallback(
    (row: CaseSummary) => {
      clearTimeout(pointed.current);
      pointed.current = setTimeout(() => void prefetchCase(client, row), pointedMs);
    },
    [client],
  );
  // Once for each case that is opened: pages that come and go must not draw the list back to it.
  const scrolledTo = useRef<number>(undefined);
  useEffect(() => {
    if (at < 0 || scrolledTo.current === selected) return;
    scrolledTo.current = selected;
    virtual.scrollToIndex(base + at, { align: 'auto' });
  }, [at, base, selected, virtual]);

  const wantsFocus = useRef(false);
  useEffect(() => {
    wantsFocus.current = handedOver;
    handedOver = false;
  }, []);
  useLayoutEffect(
    () => () => void (handedOver = scroller.current?.contains(document.activeElement) ?? false),
    [],
  );
  const focusRows = useCallback(() => {
    wantsFocus.current = true;
    scroller.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (!wantsFocus.current || list.isFetching || !scroller.current) return;
    wantsFocus.current = false;
    // other rows took the place of those that had it, and nobody has gone elsewhere meanwhile
    if (document.activeElement === document.body) scroller.current.focus({ preventScroll: true });
  });
  const open = (row: CaseSummary | undefined) => {
    if (!row) return;
    void prefetchCase(client, row);
    onOpen(row.number, 'step');
    focusRows();
  };
  const inView = virtual.getVirtualItems().find((item) => item.end > (virtual.scrollOffset ?? 0));
  const step = (by: number): CaseSummary | undefined => {
    const from = at < 0 ? Math.max(0, (inView?.index ?? base) - base) : at + by;
    const next = rows[Math.min(rows.length - 1, Math.max(0, from))];
    open(next);
    return next;
  };
  const toEdge = (which: 'first' | 'last') =>
    edge(which).then(open, (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) }));
  const current = rows[at];
  useListCommands({ current, step, reload, marking });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const edgeOf = { Home: 'first', End: 'last' } as const;
    if (by !== undefined) {
      event.preventDefault();
      if (event.shiftKey && current && marking.selection.anchor === null) marking.toggle(current);
      const next = step(by);
      if (event.shiftKey && next) marking.extendTo(next);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      void toEdge(edgeOf[event.key]);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      onEnter();
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      marking.markLoaded();
    }
  };
  const { toggle, extendTo } = marking;
  const onMark = useSteady((row: CaseSummary, how: 'one' | 'range') =>
    how === 'one' ? toggle(row) : extendTo(row),
  );
  const onMarking = useSteady((on: boolean) => (on ? marking.setOn(true) : marking.clear()));
  const onRow = useSteady((row: CaseSummary) => {
    if (marking.on && phone) return toggle(row);
    // the case and its messages together; whoever shows the case would ask for one after the other
    void prefetchCase(client, row);
    onOpen(row.number);
  });
  const similar = list.data?.pages[0]?.similar;
  const words = useMemo(() => (params.q ? searchedWords(params.q, similar) : noWords), [params.q, similar]);
  const viewer = viewerOf(client, me.id);

  return (
    <section className={s.list} data-phone={phone || undefined} aria-label={t('inbox.label')}>
      <ListHeader
        params={params}
        onParams={onParams}
        saved={saved}
        total={counted}
        phone={phone}
        lead={selected === undefined}
        marking={marking.on}
        onMarking={onMarking}
        onDown={focusRows}
      />
      <NewerBar arrived={arrivals.arrived.size} moved={arrivals.moved.size} onLoad={reload} />
      {similar && similar.length > 0 && rows.length > 0 && (
        <p className={s.similar} role="status">
          {t('inbox.find.similar', { q: params.q ?? '', words: similar.slice(0, 4).join(', ') })}
        </p>
      )}
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
          aria-multiselectable={marking.on || undefined}
          aria-activedescendant={current ? rowId(current.id) : undefined}
          aria-busy={list.isFetching || undefined}
          onKeyDown={onKeyDown}
        >
          <div role="presentation" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index - base];
              const index = item.index - base;
              return (
                <div
                  key={row?.id ?? item.index}
                  role="presentation"
                  className={s.vrow}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row ? (
                    <CaseRow
                      summary={row}
                      me={me.id}
                      now={now}
                      index={item.index}
                      total={list.hasNextPage && !counted ? -1 : total}
                      selected={index === at}
                      bare={at >= 0 && (index === at || index === at + 1)}
                      waits={params.view === 'callback' ? 'call' : 'answer'}
                      gone={belongs(row, params, viewer) === false}
                      words={words}
                      marking={marking.on}
                      marked={marking.selection.marked.has(row.id)}
                      onOpen={onRow}
                      onPoint={onPoint}
                      onMark={onMark}
                    />
                  ) : (
                    <div className={s.bone} aria-hidden>
                      <Skeleton />
                    </div>
                  )}
                </div>
              );
            })}
          </div>
        </div>
      )}
      <BulkBar marking={marking} bulk={bulk} rows={rows} counted={counted} />
      <SnoozeCurrent current={current} marking={marking.on} onSnoozed={() => step(1)} />
    </section>
  );
}

interface ListCommands {
  current: CaseSummary | undefined;
  step: (by: number) => void;
  reload: () => void;
  marking: ReturnType<typeof useSelection>;
}

const idsOf = (rows: readonly CaseSummary[]): string => rows.map(({ id }) => id).join(' ');

/** Keys of the list itself. */
function useListCommands({ current, step, reload, marking }: ListCommands): void {
  const { t } = useTranslation();
  const group = t('inbox.group');
  useCommands([
    { id: 'next', label: '', keys: 'j', run: () => step(1) },
    { id: 'previous', label: '', keys: 'k', run: () => step(-1) },
    {
      id: 'load-new',
      label: t('inbox.reload'),
      group,
      keys: '.',
      icon: <IconArrowUp size={17} stroke={1.7} />,
      run: reload,
    },
    {
      id: 'mark',
      label: t('inbox.bulk.mark'),
      group,
      keys: 'x',
      run: () => current && marking.toggle(current),
    },
    {
      id: 'mark-range',
      label: t('inbox.bulk.range'),
      group,
      keys: 'X',
      run: () => current && marking.extendTo(current),
    },
  ]);
}
