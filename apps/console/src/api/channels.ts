import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Channel,
  ChannelKind,
  ConnectionReport,
  TestChannel,
  UpdateChannel,
} from '@loket/contracts/channels.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { ChannelSignature } from '@loket/contracts/signatures.js';
import { api, ApiError } from './client.js';
import { keys } from './keys.js';

/** Live events fetch it again whenever a channel or its state changes. Agents get it without the settings. */
export function useChannels() {
  return useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }) => api<Page<Channel>>('/channels', { signal }),
    select: (page) => page.items,
  });
}

/** What stands below answers, of every channel that has a signature; its blanks open. */
export function useSignatures() {
  return useQuery({
    queryKey: keys.signatures,
    queryFn: ({ signal }) => api<{ items: ChannelSignature[] }>('/channels/signatures', { signal }),
    select: ({ items }) => items,
  });
}

/** What goes out when a channel is made; the server fills in and checks the rest (`createChannelSchema`). */
export interface NewChannel {
  kind: ChannelKind;
  name: string;
  config: Record<string, unknown>;
}

function usePutChannel() {
  const client = useQueryClient();
  return (channel: Channel) =>
    client.setQueryData<Page<Channel>>(keys.channels, (page) => {
      if (!page) return page;
      const at = page.items.findIndex((other) => other.id === channel.id);
      return { ...page, items: at < 0 ? [...page.items, channel] : page.items.with(at, channel) };
    });
}

export function useCreateChannel() {
  const put = usePutChannel();
  return useMutation({
    mutationFn: (body: NewChannel) => api<Channel>('/channels', { method: 'POST', body }),
    onSuccess: put,
  });
}

export function useUpdateChannel() {
  const put = usePutChannel();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateChannel & { id: string }) =>
      api<Channel>(`/channels/${id}`, { method: 'PATCH', body }),
    onSuccess: put,
    onError: (error) => {
      const current = conflictingChannel(error);
      if (current) put(current);
    },
  });
}

/** @returns the channel as it is now, when somebody else changed it first */
export function conflictingChannel(error: unknown): Channel | null {
  if (!(error instanceof ApiError) || error.code !== 'version_conflict') return null;
  const { data } = error;
  if (typeof data !== 'object' || data === null || !('current' in data)) return null;
  return data.current as Channel;
}

/** Tries settings without saving them. */
export function useTestChannel() {
  return useMutation({
    mutationFn: (body: TestChannel) => api<ConnectionReport>('/channels/test', { method: 'POST', body }),
  });
}
