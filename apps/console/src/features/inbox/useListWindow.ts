import { useQueryClient } from '@tanstack/react-query';
import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo } from 'react';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { jumpInList, startOf, useCaseList, useCaseTotal } from '../../api/cases.js';
import { keys, type CaseListParams } from '../../api/keys.js';
import type { CaseList } from '../../api/patch.js';

const noRows: readonly CaseSummary[] = [];

function rowsOf(list: CaseList | undefined): readonly CaseSummary[] {
  if (!list) return noRows;
  const ids = new Set<string>();
  // a case that moved between two page loads would stand in both
  return list.pages.flatMap((page) => page.items).filter((item) => !ids.has(item.id) && ids.add(item.id));
}

/** Rows of the part of a list that is loaded. */
export function useCaseRows(params: CaseListParams): readonly CaseSummary[] {
  const data = useCaseList(params).data as CaseList | undefined;
  return useMemo(() => rowsOf(data), [data]);
}

/** A list of any length, of which the part around what is in view is loaded. */
export function useListWindow(params: CaseListParams) {
  const client = useQueryClient();
  const list = useCaseList(params);
  const { hasNextPage, hasPreviousPage, isSuccess } = list;
  const data = list.data as CaseList | undefined;
  const rows = useMemo(() => rowsOf(data), [data]);
  const partly = isSuccess && (hasNextPage || hasPreviousPage);
  const counted = useCaseTotal(params, partly).data;
  const all = useMemo(() => ({ total: rows.length, capped: false }), [rows.length]);
  const first = data?.pages[0];
  const base = first ? startOf(first, data.pageParams[0]) : 0;
  const loaded = base + rows.length;
  // what is counted may be a moment old: there is always room for what is known to follow
  const total = hasNextPage ? Math.max(counted?.total ?? 0, loaded + 1) : loaded;
  const jump = useCallback((row: number) => jumpInList(client, params, row), [client, params]);

  /** The first or the last row of all, loaded if need be. */
  const edge = useCallback(
    async (which: 'first' | 'last'): Promise<CaseSummary | undefined> => {
      const here = which === 'first' ? !hasPreviousPage : !hasNextPage;
      if (!here) await jump(which === 'first' ? 0 : total - 1);
      const now = rowsOf(client.getQueryData<CaseList>(keys.caseList(params)));
      return which === 'first' ? now[0] : now.at(-1);
    },
    [client, params, jump, hasNextPage, hasPreviousPage, total],
  );

  return {
    list,
    rows,
    /** which row of the whole list is the first of those loaded */
    base,
    total,
    /** how many there are, once that is known */
    counted: partly ? counted : all,
    edge,
    jump,
  };
}

/** Loads what comes into view: the next or the previous page, or another part of the list altogether. */
export function useLoadInView(
  { list, rows, base, total, jump }: ReturnType<typeof useListWindow>,
  virtual: Virtualizer<HTMLDivElement, Element>,
): void {
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, hasPreviousPage, isFetching, fetchNextPage, fetchPreviousPage } = list;
  const end = base + rows.length;
  // Waits for any fetch, not only one of a next page: a reload takes the place of a page under way, perhaps before
  // this component has seen that it was under way, and then nothing else would ask for that page again.
  useEffect(() => {
    if (isFetching || rows.length === 0) return undefined;
    if (first > end + 100 || last < base - 100) {
      // dragged somewhere else: wait until the hand rests
      const timer = setTimeout(() => void jump(Math.min(first, total - 1)).catch(() => undefined), 120);
      return () => clearTimeout(timer);
    }
    if (hasNextPage && last >= end - 25) void fetchNextPage();
    else if (hasPreviousPage && first <= base + 25) void fetchPreviousPage();
    return undefined;
  }, [
    isFetching,
    first,
    last,
    base,
    end,
    total,
    rows.length,
    hasNextPage,
    hasPreviousPage,
    fetchNextPage,
    fetchPreviousPage,
    jump,
  ]);
}
