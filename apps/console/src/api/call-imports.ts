import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CallImport, CallImportPreview, CallImportSettings } from '@loket/contracts/call-imports.js';
import { api } from './client.js';

const key = (channelId: string) => ['call-imports', channelId];
const pathOf = (channelId: string, id = '') => `/channels/${channelId}/imports${id && `/${id}`}`;

/** While one runs, how far it is, about once a second. */
export function useCallImports(channelId: string) {
  return useQuery({
    queryKey: key(channelId),
    queryFn: ({ signal }) => api<{ items: CallImport[] }>(pathOf(channelId), { signal }),
    select: ({ items }) => items,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'running') ? 1000 : false),
  });
}

export function useUploadCalls(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.set('file', file, file.name);
      return api<CallImport>(pathOf(channelId), { method: 'POST', body });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: key(channelId) }),
  });
}

/** @param settings null: as the server guesses */
export function useCallPreview(channelId: string, id: string, settings: CallImportSettings | null) {
  return useQuery({
    queryKey: ['call-preview', id, settings],
    queryFn: () =>
      api<CallImportPreview>(`${pathOf(channelId, id)}/preview`, {
        method: 'POST',
        body: settings ? { settings } : {},
      }),
    placeholderData: (before) => before,
  });
}

export function useStartImport(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, settings }: { id: string; settings: CallImportSettings }) =>
      api<CallImport>(`${pathOf(channelId, id)}/start`, { method: 'POST', body: { settings } }),
    onSuccess: () => client.invalidateQueries({ queryKey: key(channelId) }),
  });
}

export const problemsUrl = (channelId: string, id: string) => `/api/v1${pathOf(channelId, id)}/problems`;
