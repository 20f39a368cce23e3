import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { priorities, statuses } from '../../api/case-words.js';
import type { CaseFilterName, CaseFilters, CaseListParams } from '../../api/keys.js';

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
] as const satisfies readonly CaseListParams['view'][];
export const channelKinds = [
  'email',
  'whatsapp',
  'webchat',
  'phone',
] as const satisfies readonly ChannelKind[];

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const severalOf = (values: readonly string[]) => (text: string) =>
  text.split(',').every((value) => values.includes(value));

/** What an address may say of each filter; anything else is as if it were not there. */
const allowed: Record<Exclude<CaseFilterName, 'waitingMinutes' | 'q'>, (text: string) => boolean> = {
  assignee: (text) => text === 'me' || text === 'none' || id.test(text),
  team: (text) => text === 'none' || id.test(text),
  channel: (text) => id.test(text),
  kind: severalOf(channelKinds),
  priority: severalOf(priorities),
  tag: (text) => text.trim() !== '' && text.length <= 50,
  customer: (text) => id.test(text),
};
export const filterNames = [
  ...(Object.keys(allowed) as (keyof typeof allowed)[]),
  'waitingMinutes',
] as const satisfies readonly CaseFilterName[];

function oneOf<T extends string>(values: readonly T[], value: string | null | undefined, fallback: T): T {
  return values.find((candidate) => candidate === value) ?? fallback;
}

/** Who is to be called back waits, whatever became of his case; longest waiting first. */
export function usualOf(view: CaseListParams['view']): Pick<CaseListParams, 'status' | 'sort'> {
  return view === 'callback' ? { status: 'all', sort: 'waiting' } : { status: 'open', sort: 'newest' };
}

/** View from the path, the rest from the query: `/inbox/mine/1042?status=pending&tag=retur&q=mug`. */
export function parseListParams(view: string | undefined, search: string): CaseListParams {
  const query = new URLSearchParams(search);
  const q = query.get('q')?.trim().slice(0, 200);
  const shown = oneOf(viewNames, view, 'all');
  const usual = usualOf(shown);
  const filters: CaseFilters = {};
  for (const name of Object.keys(allowed) as (keyof typeof allowed)[]) {
    const text = query.get(name);
    if (text !== null && allowed[name](text)) filters[name] = text;
  }
  const minutes = Number(query.get('waitingMinutes'));
  if (Number.isInteger(minutes) && minutes > 0 && minutes <= 525_600) filters.waitingMinutes = minutes;
  return {
    view: shown,
    status: oneOf(statusFilters, query.get('status'), usual.status),
    sort: oneOf(sorts, query.get('sort'), usual.sort),
    ...filters,
    ...(q && { q }),
  };
}

/** The id of the saved view that an address names. */
export function savedOf(search: string): string | undefined {
  const saved = new URLSearchParams(search).get('saved');
  return saved !== null && id.test(saved) ? saved : undefined;
}

/** What is usual for a view is left out, so that addresses stay short. */
export function listPath(params: CaseListParams, number?: number, saved?: string): string {
  const query = new URLSearchParams();
  const usual = usualOf(params.view);
  if (params.status !== usual.status) query.set('status', params.status);
  if (params.sort !== usual.sort) query.set('sort', params.sort);
  for (const name of filterNames) {
    const value = params[name];
    if (value !== undefined) query.set(name, String(value));
  }
  if (params.q) query.set('q', params.q);
  if (saved) query.set('saved', saved);
  const text = query.toString();
  return `/inbox/${params.view}${number === undefined ? '' : `/${number}`}${text && `?${text}`}`;
}

/** The list without one of its filters. */
export function without(params: CaseListParams, ...names: readonly CaseFilterName[]): CaseListParams {
  const rest = { ...params };
  for (const name of names) delete rest[name];
  return rest;
}

export function useListParams(view: string | undefined) {
  const search = useSearch();
  const [, go] = useLocation();
  const params = useMemo(() => parseListParams(view, search), [view, search]);
  const saved = useMemo(() => savedOf(search), [search]);
  const open = useCallback(
    (number: number | undefined, options: { replace?: boolean; params?: CaseListParams } = {}) => {
      const next = options.params ?? params;
      // another view is no longer the saved one; another filter is the saved one, changed
      const stays = next.view === params.view ? saved : undefined;
      go(listPath(next, number, stays), { replace: options.replace ?? false });
    },
    [go, params, saved],
  );
  return { params, saved, open };
}
