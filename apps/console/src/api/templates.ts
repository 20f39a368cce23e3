import { useQuery } from '@tanstack/react-query';
import type { Template } from '@loket/contracts/templates.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Texts that the channel has approved beforehand. Asked for when somebody wants to choose one. */
export function useTemplates(channelId: string) {
  return useQuery({
    queryKey: keys.templates(channelId),
    queryFn: ({ signal }) => api<{ items: Template[] }>(`/channels/${channelId}/templates`, { signal }),
    select: (page) => page.items,
    staleTime: 60_000,
  });
}
