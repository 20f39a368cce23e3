import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  HoursSettings,
  UpdateHoursSettings,
  UpdateWorkspaceSettings,
  WorkspaceSettings,
} from '@loket/contracts/settings.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Name, time zone and languages of the company. */
export function useWorkspace() {
  return useQuery({
    queryKey: keys.settings('workspace'),
    queryFn: ({ signal }) => api<WorkspaceSettings>('/settings/workspace', { signal }),
  });
}

export function useUpdateWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateWorkspaceSettings) =>
      api<WorkspaceSettings>('/settings/workspace', { method: 'PATCH', body }),
    onSuccess: (settings) => client.setQueryData(keys.settings('workspace'), settings),
  });
}

/** Business hours and holidays, of teams and chats that have none of their own. */
export function useHours() {
  return useQuery({
    queryKey: keys.settings('hours'),
    queryFn: ({ signal }) => api<HoursSettings>('/settings/hours', { signal }),
  });
}

export function useUpdateHours() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateHoursSettings) =>
      api<HoursSettings>('/settings/hours', { method: 'PATCH', body }),
    onSuccess: (settings) => client.setQueryData(keys.settings('hours'), settings),
  });
}
