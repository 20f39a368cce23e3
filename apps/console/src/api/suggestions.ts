import { useInfiniteQuery, useQuery, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import type { Page } from '@loket/contracts/primitives.js';
import type {
  AcceptSuggestion,
  DecidedSuggestion,
  Suggestion,
  SuggestionCounts,
  SuggestionKind,
} from '@loket/contracts/suggestions.js';
import { api } from './client.js';
import { refetchCalmly } from './calm.js';
import { keys, type SuggestionParams } from './keys.js';

export type SuggestionList = InfiniteData<Page<Suggestion>, string | null>;

/** In the order in which they stand. The schemas of contracts are not loaded for this: they bring zod along. */
export const kinds = ['case', 'customer', 'incident'] as const satisfies readonly SuggestionKind[];

/** Those that wait for somebody to decide. Live events keep them fresh. */
export function useSuggestions(params: SuggestionParams, enabled = true) {
  return useInfiniteQuery({
    queryKey: keys.suggestions(params),
    queryFn: ({ pageParam, signal }) =>
      api<Page<Suggestion>>('/suggestions', {
        query: { ...params, state: 'waiting', cursor: pageParam, limit: 30 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

export function useSuggestionCounts() {
  return useQuery({
    queryKey: keys.suggestionCounts,
    queryFn: ({ signal }) => api<SuggestionCounts>('/suggestions/counts', { signal }),
  });
}

export function acceptSuggestion(
  id: string,
  body: Partial<AcceptSuggestion> = {},
): Promise<DecidedSuggestion> {
  return api(`/suggestions/${id}/accept`, { method: 'POST', body });
}

export function dismissSuggestion(id: string): Promise<Suggestion> {
  return api(`/suggestions/${id}/dismiss`, { method: 'POST', keepalive: true });
}

/** Takes a decided suggestion out of every list at once, and out of the count beside the rail. */
export function dropSuggestion(client: QueryClient, id: string, kind: SuggestionKind): void {
  let known = false;
  for (const [key, list] of client.getQueriesData<SuggestionList>({ queryKey: keys.allSuggestions })) {
    if (!list?.pages.some((page) => page.items.some((item) => item.id === id))) continue;
    known = true;
    const pages = list.pages.map((page) => ({
      ...page,
      items: page.items.filter((item) => item.id !== id),
    }));
    client.setQueryData<SuggestionList>(key, { ...list, pages });
  }
  if (known) countSuggestion(client, kind, -1);
}

/** Corrects the count beside the rail until it is fetched again. */
export function countSuggestion(client: QueryClient, kind: SuggestionKind, by: 1 | -1): void {
  client.setQueryData<SuggestionCounts>(
    keys.suggestionCounts,
    (counts) => counts && { ...counts, [kind]: Math.max(0, counts[kind] + by) },
  );
}

export function refetchSuggestions(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.allSuggestions });
  void client.invalidateQueries({ queryKey: keys.suggestionCounts });
}

/** Colleagues decide, and the desk finds more all the time: lists and counts follow calmly. */
export function suggestionsChanged(client: QueryClient): void {
  refetchCalmly(client, keys.allSuggestions);
  refetchCalmly(client, keys.suggestionCounts);
}
