import { hashKey, useInfiniteQuery, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AgentRef, Colleague } from '@loket/contracts/access.js';
import type {
  AssignCase,
  CaseCounts,
  CaseDetail,
  CasePage,
  CaseSummary,
  CaseTotal,
  TimelineItem,
  UpdateCase,
} from '@loket/contracts/cases.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { TeamRef } from '@loket/contracts/teams.js';
import { clearArrivals } from './arrivals.js';
import { api, ApiError } from './client.js';
import { keys, type CaseListParams } from './keys.js';
import { newerCase, newerList, newerTimeline } from './newer.js';
import { putCase, type CaseList, type CaseListPage, type ListPlace } from './patch.js';
import { afterAnswers } from './under-way.js';

/** Rows at a time; the first ones are waited for. */
const firstPage = 50;
const nextPage = 100;
/** Of a list of any length only so much is kept at a time: what is far from the part in view is fetched again. */
const mostPages = 10;

/** Which row of the whole list is the first of this page. */
export function startOf(page: CaseListPage, place: ListPlace | undefined): number {
  if (!place) return 0;
  return 'end' in place ? (page.previousCursor ? Math.max(0, place.end - page.items.length) : 0) : place.at;
}

async function fetchPage(
  params: CaseListParams,
  place: ListPlace,
  signal: AbortSignal,
): Promise<CaseListPage> {
  const { at: _, end: _end, ...from } = { at: 0, end: 0, ...place };
  const limit = place ? nextPage : firstPage;
  return api<CasePage>('/cases', { query: { ...params, ...from, limit }, signal });
}

function sameButForWords(a: CaseListParams, b: CaseListParams): boolean {
  return hashKey([{ ...a, q: '' }]) === hashKey([{ ...b, q: '' }]);
}

function listQuery(params: CaseListParams) {
  return {
    queryKey: keys.caseList(params),
    queryFn: ({ pageParam, signal }: { pageParam: ListPlace; signal: AbortSignal }) => {
      if (pageParam === null) clearArrivals(params);
      return fetchPage(params, pageParam, signal);
    },
    initialPageParam: null as ListPlace,
  };
}

/** So that the rows are there when the screen is. */
export function prefetchCaseList(client: QueryClient, params: CaseListParams): void {
  void client.prefetchInfiniteQuery(listQuery(params));
}

/** A list of any length, of which a part is loaded: it grows at both ends, and forgets what is far. */
export function useCaseList(params: CaseListParams, enabled = true) {
  return useInfiniteQuery({
    ...listQuery(params),
    getNextPageParam: (last, _, place): ListPlace =>
      last.nextCursor === null
        ? null
        : { cursor: last.nextCursor, at: startOf(last, place) + last.items.length },
    getPreviousPageParam: (first, _, place): ListPlace =>
      first.previousCursor ? { before: first.previousCursor, end: startOf(first, place) } : null,
    maxPages: mostPages,
    structuralSharing: newerList,
    // While one types, what was found a moment ago stays until the next is here.
    placeholderData: (before, query) =>
      params.q && query && sameButForWords(query.queryKey[1], params) ? before : undefined,
    enabled,
  });
}

/** Shows another part of the list, from this row on. */
export async function jumpInList(client: QueryClient, params: CaseListParams, row: number): Promise<void> {
  const key = keys.caseList(params);
  const at = Math.max(0, Math.floor(row / nextPage) * nextPage);
  const place: ListPlace = at === 0 ? null : { offset: at, at };
  await client.cancelQueries({ queryKey: key });
  const page = await fetchPage(params, place, new AbortController().signal);
  client.setQueryData<CaseList>(key, { pages: [page], pageParams: [place] });
}

/** How many cases the list holds, up to 100,000. */
export function useCaseTotal(params: CaseListParams, enabled: boolean) {
  return useQuery({
    queryKey: keys.caseTotal(params),
    queryFn: ({ signal }) => api<CaseTotal>('/cases/total', { query: { ...params }, signal }),
    staleTime: 30_000,
    enabled,
  });
}

export function useCaseCounts() {
  return useQuery({
    queryKey: keys.caseCounts,
    queryFn: ({ signal }) => api<CaseCounts>('/cases/counts', { signal }),
  });
}

function caseQuery(number: number) {
  return {
    queryKey: keys.case(number),
    queryFn: ({ signal }: { signal: AbortSignal }) => api<CaseDetail>(`/cases/${number}`, { signal }),
    structuralSharing: newerCase,
  };
}

export function useCase(number: number | undefined) {
  return useQuery({ ...caseQuery(number ?? 0), enabled: number !== undefined });
}

function timelineQuery(caseId: string) {
  return {
    queryKey: keys.timeline(caseId),
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      api<Page<TimelineItem>>(`/cases/${caseId}/timeline`, { query: { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<TimelineItem>) => last.nextCursor,
    structuralSharing: (old: unknown, fresh: unknown) => newerTimeline(caseId, old, fresh),
  };
}

/** Pages run from newest to oldest; inside a page, oldest first. */
export function useTimeline(caseId: string | undefined) {
  return useInfiniteQuery({ ...timelineQuery(caseId ?? ''), enabled: caseId !== undefined });
}

/**
 * So that opening the case paints at once.
 *
 * @returns once it is here, or is not to be had
 */
export async function prefetchCase(client: QueryClient, summary: CaseSummary): Promise<void> {
  await Promise.all([
    client.prefetchQuery(caseQuery(summary.number)),
    client.prefetchInfiniteQuery(timelineQuery(summary.id)),
  ]);
}

export function useAgentRefs() {
  return useQuery({
    queryKey: keys.agentRefs,
    queryFn: ({ signal }) => api<{ items: Colleague[] }>('/agents/refs', { signal }),
    select: (page) => page.items,
  });
}

export interface CaseChange extends Omit<UpdateCase, 'version'> {
  /** null releases the case */
  assignee?: AgentRef | null;
  /** without an assignee the case waits for somebody of that team */
  team?: TeamRef | null;
  /** why somebody else gets it; stands in its history */
  reason?: string | undefined;
}

/** The case as it stands in the cache, wherever it was loaded. */
export function cachedCase(client: QueryClient, number: number): CaseSummary | undefined {
  const detail = client.getQueryData<CaseDetail>(keys.case(number));
  if (detail) return detail;
  for (const [, list] of client.getQueriesData<CaseList>({ queryKey: keys.caseLists })) {
    for (const page of list?.pages ?? []) {
      const found = page.items.find((item) => item.number === number);
      if (found) return found;
    }
  }
  return undefined;
}

async function save(seen: CaseSummary, change: CaseChange): Promise<CaseSummary> {
  // one's own answer comes first: what one does after it is done to the case as it left it
  const answered = await afterAnswers(seen.id);
  const summary = answered ? await api<CaseSummary>(`/cases/${seen.id}`) : seen;
  const { assignee, team, reason, ...fields } = change;
  if (assignee !== undefined || team !== undefined)
    return assign(summary, {
      ...(assignee !== undefined && { agentId: assignee?.id ?? null }),
      ...(team !== undefined && { teamId: team?.id ?? null }),
      ...(reason && { reason }),
    });
  return api<CaseSummary>(`/cases/${summary.id}`, {
    method: 'PATCH',
    body: { ...fields, version: summary.version },
  });
}

/** A message that came in meanwhile is no reason to refuse: only that somebody else has the case now is. */
async function assign(seen: CaseSummary, to: Omit<AssignCase, 'version'>, tries = 3): Promise<CaseSummary> {
  try {
    const body: AssignCase = { ...to, version: seen.version };
    return await api<CaseSummary>(`/cases/${seen.id}/assignee`, { method: 'PUT', body });
  } catch (error) {
    const now = error instanceof ApiError && error.status === 409 && isCase(error.data) ? error.data : null;
    const same = now && now.assignee?.id === seen.assignee?.id && now.team?.id === seen.team?.id;
    if (!same || now.version === seen.version || tries <= 1) throw error;
    return assign(now, to, tries - 1);
  }
}

/** One's own changes of a case go out one after the other: who presses two keys at once does not contradict himself. */
const underWay = new Map<number, Promise<CaseSummary>>();

/**
 * Changes a case: painted at once, confirmed by the server, or put back.
 * @returns a function that resolves with the case as confirmed
 * @throws ApiError after the case shows its true state again (`version_conflict` brings it along)
 */
export function useChangeCase() {
  const client = useQueryClient();
  return useCallback(
    async (number: number, change: CaseChange): Promise<CaseSummary> => {
      const before = cachedCase(client, number);
      if (!before) throw new ApiError(404, 'case_not_found', '');
      const { reason: _, ...fields } = change;
      const painted = { ...(fields.team !== undefined && { assignee: null }), ...fields };
      putCase(client, { ...before, ...painted });
      const earlier = underWay.get(number);
      let seen = before;
      const work = async () => {
        if (earlier) {
          await earlier.catch(() => undefined);
          seen = cachedCase(client, number) ?? before;
          putCase(client, { ...seen, ...painted });
        }
        return save(seen, change);
      };
      const saving = work();
      underWay.set(number, saving);
      try {
        const after = await saving;
        putCase(client, after);
        return after;
      } catch (error) {
        const now = cachedCase(client, number);
        if (now && now.version === seen.version) putCase(client, seen);
        if (error instanceof ApiError && error.status === 409 && isCase(error.data))
          putCase(client, error.data);
        throw error;
      } finally {
        if (underWay.get(number) === saving) underWay.delete(number);
      }
    },
    [client],
  );
}

export function isCase(value: unknown): value is CaseSummary {
  return typeof value === 'object' && value !== null && 'number' in value && 'version' in value;
}

/** Follows a case, or no longer; painted at once. */
export function useFollow() {
  const client = useQueryClient();
  return useCallback(
    async (detail: CaseDetail, me: AgentRef, on: boolean): Promise<void> => {
      const paint = (follows: boolean) =>
        client.setQueryData<CaseDetail>(keys.case(detail.number), (shown) => {
          if (!shown) return shown;
          const others = shown.followers.filter(({ id }) => id !== me.id);
          return { ...shown, followers: follows ? [...others, { id: me.id, name: me.name }] : others };
        });
      paint(on);
      try {
        await api(`/cases/${detail.id}/follow`, { method: on ? 'PUT' : 'DELETE' });
        void client.invalidateQueries({ queryKey: keys.caseCounts });
      } catch (error) {
        paint(!on);
        throw error;
      }
    },
    [client],
  );
}
