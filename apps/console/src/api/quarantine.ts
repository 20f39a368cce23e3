import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { QuarantineEntry } from '@loket/contracts/quarantine.js';
import { api } from './client.js';
import { keys } from './keys.js';

export type QuarantineState = QuarantineEntry['state'];

/** Newest first. Live events fetch it again whenever something comes in or is dealt with. */
export function useQuarantine(state: QuarantineState, enabled = true) {
  return useInfiniteQuery({
    queryKey: [...keys.quarantine, state],
    queryFn: ({ pageParam, signal }) =>
      api<Page<QuarantineEntry>>('/quarantine', { query: { state, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    enabled,
  });
}

/** How many wait for an admin; `more` = at least so many. */
export function useWaitingCount(enabled: boolean): { count: number; more: boolean } {
  const { data } = useQuarantine('waiting', enabled);
  const count = data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0;
  return { count, more: data?.pages.at(-1)?.nextCursor != null };
}

function useRefetch() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: keys.quarantine });
}

export function useReplay() {
  const refetch = useRefetch();
  return useMutation({
    mutationFn: (id: string) => api<IntakeResult>(`/quarantine/${id}/replay`, { method: 'POST' }),
    onSettled: refetch,
  });
}

export function useDismiss() {
  const refetch = useRefetch();
  return useMutation({
    mutationFn: (id: string) => api<QuarantineEntry>(`/quarantine/${id}/dismiss`, { method: 'POST' }),
    onSettled: refetch,
  });
}

export const originalUrl = (id: string) => `/api/v1/quarantine/${id}/raw`;
