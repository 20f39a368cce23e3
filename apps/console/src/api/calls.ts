import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callJsonMediaType } from '@loket/contracts/call-json.js';
import type {
  CallDraft,
  CallLine,
  Caller,
  CreateCallInput,
  LoggedCall,
} from '@loket/contracts/call-views.js';
import type { Channel } from '@loket/contracts/channels.js';
import type { CaseOperation } from '@loket/contracts/operations.js';
import { useChannels } from './channels.js';
import { api } from './client.js';
import { keys } from './keys.js';

const draftKey = ['call-draft'];

/** Lines on which calls can be written down. */
export function usePhoneLines(): Channel[] {
  const channels = useChannels().data ?? [];
  return channels.filter(
    ({ enabled, capabilities }) => enabled && capabilities.rawMediaTypes.includes(callJsonMediaType),
  );
}

/** The same lines, with the results that one can choose from. */
export function useCallLines(): readonly CallLine[] {
  const lines = useQuery({
    queryKey: keys.callLines,
    queryFn: ({ signal }) => api<{ items: CallLine[] }>('/calls/lines', { signal }),
    select: ({ items }) => items,
  });
  return lines.data ?? none;
}

const none: readonly CallLine[] = [];

/** Takes a call to another case, where it is the same call. @param into id or number */
export function moveCall(messageId: string, into: string): Promise<CaseOperation> {
  return api(`/calls/${messageId}/move`, { method: 'POST', body: { into } });
}

/**
 * Who has a number that begins or ends like this; asked from three digits on.
 * @param channelId the line, which says where numbers without a country code are from
 */
export function useCallers(number: string, channelId: string) {
  const digits = number.replace(/\D/g, '');
  return useQuery({
    queryKey: ['callers', number, channelId],
    queryFn: ({ signal }) =>
      api<{ items: Caller[] }>('/calls/callers', {
        query: { number, ...(channelId && { channel: channelId }) },
        signal,
      }),
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
