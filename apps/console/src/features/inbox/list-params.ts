import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { statuses } from '../../api/case-words.js';
import type { CaseListParams } from '../../api/keys.js';

export const statusFilters = [...statuses, 'all'] as const;
export const sorts = ['newest', 'oldest', 'waiting'] as const;
export const viewNames = [
  'mine',
  'teams',
  'unassigned',
  'mentions',
  'following',
  'snoozed',
  'all',
  'callback',
] as const;

function oneOf<T extends string>(values: readonly T[], value: string | null | undefined, fallback: T): T {
  return values.find((candidate) => candidate === value) ?? fallback;
}

/** Who is to be called back waits, whatever became of his case; longest waiting first. */
function usualOf(view: CaseListParams['view']): Pick<CaseListParams, 'status' | 'sort'> {
  return view === 'callback' ? { status: 'all', sort: 'waiting' } : { status: 'open', sort: 'newest' };
}

/** View from the path, the rest from the query: `/inbox/mine/1042?status=pending&q=retur`. */
export function parseListParams(view: string | undefined, search: string): CaseListParams {
  const query = new URLSearchParams(search);
  const q = query.get('q')?.trim();
  const shown = oneOf(viewNames, view, 'all');
  const usual = usualOf(shown);
  return {
    view: shown,
    status: oneOf(statusFilters, query.get('status'), usual.status),
    sort: oneOf(sorts, query.get('sort'), usual.sort),
    ...(q && { q }),
  };
}

/** What is usual for a view is left out, so that addresses stay short. */
export function listPath(params: CaseListParams, number?: number): string {
  const query = new URLSearchParams();
  const usual = usualOf(params.view);
  if (params.status !== usual.status) query.set('status', params.status);
  if (params.sort !== usual.sort) query.set('sort', params.sort);
  if (params.q) query.set('q', params.q);
  const text = query.toString();
  return `/inbox/${params.view}${number === undefined ? '' : `/${number}`}${text && `?${text}`}`;
}

export function useListParams(view: string | undefined) {
  const search = useSearch();
  const [, go] = useLocation();
  const params = useMemo(() => parseListParams(view, search), [view, search]);
  const open = useCallback(
    (number: number | undefined, options: { replace?: boolean; params?: CaseListParams } = {}) =>
      go(listPath(options.params ?? params, number), { replace: options.replace ?? false }),
    [go, params],
  );
  return { params, open };
}
