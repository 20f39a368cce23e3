import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  callJsonMediaType,
  type CallDraft,
  type Caller,
  type CreateCallInput,
  type LoggedCall,
} from '@loket/contracts/call-views.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels } from './channels.js';
import { api } from './client.js';

const draftKey = ['call-draft'];

/** Lines on which calls can be written down. */
export function usePhoneLines(): Channel[] {
  const channels = useChannels().data ?? [];
  return channels.filter(
    ({ enabled, capabilities }) => enabled && capabilities.rawMediaTypes.includes(callJsonMediaType),
  );
}

/** Who has a number that begins or ends like this; asked from three digits on. */
export function useCallers(number: string) {
  const digits = number.replace(/\D/g, '');
  return useQuery({
    queryKey: ['callers', number],
    queryFn: ({ signal }) => api<{ items: Caller[] }>('/calls/callers', { query: { number }, signal }),
    select: (page) => page.items,
    enabled: digits.length >= 3,
    placeholderData: keepPreviousData,
    // cases come and go meanwhile
    staleTime: 10_000,
  });
}

/** @param once one uuid per form: asking again with the same never writes a call down twice */
export function useLogCall(once: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateCallInput) =>
      api<LoggedCall>('/calls', { method: 'POST', body, headers: { 'idempotency-key': once } }),
    onSuccess: () => client.setQueryData(draftKey, { item: null }),
  });
}

/** What was being noted, here or in another browser. */
export function useCallDraft(enabled: boolean) {
  return useQuery({
    queryKey: draftKey,
    queryFn: ({ signal }) => api<{ item: CallDraft | null }>('/calls/draft', { signal }),
    select: ({ item }) => item?.draft ?? null,
    enabled,
  });
}

export function useSaveCallDraft() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (draft: CallDraft['draft'] | null) =>
      draft === null
        ? api<undefined>('/calls/draft', { method: 'DELETE', keepalive: true })
        : api<CallDraft>('/calls/draft', { method: 'PUT', body: { draft }, keepalive: true }),
    onSuccess: (item) => client.setQueryData(draftKey, { item: item ?? null }),
  });
}
