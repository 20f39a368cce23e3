import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TagSettings } from '@loket/contracts/settings.js';
import type { CreateTag, Tag, TagColour, TagUsage, UpdateTag } from '@loket/contracts/tags.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Tags that were agreed on, archived ones too, by name. Live events keep them fresh. */
export function useTags(enabled = true) {
  return useQuery({
    queryKey: keys.tags,
    queryFn: ({ signal }) => api<{ items: Tag[] }>('/tags', { signal }),
    select: (page) => page.items,
    enabled,
  });
}

/** The colour of a word on a case; undefined for free words. */
export function useTagColours(): (name: string) => TagColour | undefined {
  const { data } = useTags();
  return useMemo(() => {
    const colours = new Map(data?.map(({ name, colour }) => [name, colour]));
    return (name) => colours.get(name);
  }, [data]);
}

/** How many cases have which word. */
export function useTagUsage() {
  return useQuery({
    queryKey: keys.tagUsage,
    queryFn: ({ signal }) => api<{ items: TagUsage[] }>('/tags/usage', { signal }),
    select: (page) => page.items,
    staleTime: 0,
  });
}

/** Whether words may be put on cases that are no agreed tags. */
export function useTagSettings() {
  return useQuery({
    queryKey: keys.settings('tags'),
    queryFn: ({ signal }) => api<TagSettings>('/settings/tags', { signal }),
  });
}

export function useUpdateTagSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (free: boolean) => api<TagSettings>('/settings/tags', { method: 'PATCH', body: { free } }),
    onSuccess: (settings) => client.setQueryData(keys.settings('tags'), settings),
  });
}

function useAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.tags });
}

export function useCreateTag() {
  const again = useAgain();
  return useMutation({
    mutationFn: (body: CreateTag) => api<Tag>('/tags', { method: 'POST', body }),
    onSuccess: again,
  });
}

export function useUpdateTag() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateTag & { id: string }) =>
      api<Tag>(`/tags/${id}`, { method: 'PATCH', body }),
    onSuccess: again,
  });
}

export function useMergeTag() {
  const again = useAgain();
  return useMutation({
    mutationFn: ({ id, intoId }: { id: string; intoId: string }) =>
      api<Tag>(`/tags/${id}/merge`, { method: 'POST', body: { intoId } }),
    onSuccess: again,
  });
}
