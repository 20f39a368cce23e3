import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Agent,
  createdTokenSchema,
  CreateToken,
  Locale,
  Role,
  sessionInfoSchema,
  tokenSchema,
  UpdateAgent,
} from '@loket/contracts/access.js';
import type { HandedOver, Handover } from '@loket/contracts/bulk.js';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Page } from '@loket/contracts/primitives.js';
import type { MatchingSettings, UpdateMatchingSettings } from '@loket/contracts/settings.js';
import type { visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import type { z } from 'zod';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { sessionKey } from '../../api/session.js';

export type Token = z.infer<typeof tokenSchema>;
export type CreatedToken = z.infer<typeof createdTokenSchema>;
export type SessionInfo = z.infer<typeof sessionInfoSchema>;

const tokensKey = ['tokens'] as const;
const sessionsKey = ['sessions'] as const;

/** With their accounts: for admins. */
export function useAgents(enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...keys.agents, 'list'],
    queryFn: ({ signal }) => api<Page<Agent>>('/agents', { signal }),
    select: (page) => page.items,
  });
}

export interface NewAgent {
  name: string;
  email: string;
  role: Role;
  password: string;
  locale: Locale;
}

export function useCreateAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAgent) => api<Agent>('/agents', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.agents }),
  });
}

export function useUpdateAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateAgent & { id: string }) =>
      api<Agent>(`/agents/${id}`, { method: 'PATCH', body }),
    onSuccess: (agent) => {
      client.setQueryData<{ agent: Agent }>(sessionKey, (session) =>
        session?.agent.id === agent.id ? { agent } : session,
      );
      return client.invalidateQueries({ queryKey: keys.agents });
    },
  });
}

/** All that somebody has not finished goes to a colleague, or back to its teams. */
export function useHandOver() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Handover & { id: string }) =>
      api<HandedOver>(`/agents/${id}/handover`, { method: 'POST', body }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.agents }),
  });
}

export function useTokens() {
  return useQuery({
    queryKey: tokensKey,
    queryFn: ({ signal }) => api<Page<Token>>('/tokens', { signal }),
    select: (page) => page.items,
  });
}

export function useCreateToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateToken) => api<CreatedToken>('/tokens', { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}

export function useRevokeToken() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api<void>(`/tokens/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
}

export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api<Page<SessionInfo>>('/sessions', { signal }),
    select: (page) => page.items,
    staleTime: 0,
  });
}

export function useRevokeSession() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api<void>(`/sessions/${id}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionsKey }),
  });
}

/** The newest case; null while there is none. */
export function useNewestCase() {
  return useQuery({
    queryKey: ['newest-case'],
    queryFn: async ({ signal }) => {
      const query = { status: 'all', sort: 'newest', limit: 1 };
      const page = await api<Page<CaseSummary>>('/cases', { query, signal });
      return page.items[0] ?? null;
    },
  });
}

export function useMatchingSettings() {
  return useQuery({
    queryKey: keys.settings('matching'),
    queryFn: ({ signal }) => api<MatchingSettings>('/settings/matching', { signal }),
  });
}

export function useUpdateMatchingSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateMatchingSettings) =>
      api<MatchingSettings>('/settings/matching', { method: 'PATCH', body }),
    onSuccess: (settings) => client.setQueryData(keys.settings('matching'), settings),
  });
}

/** A key with which a site signs who its visitors are; the one before stops counting. Its answer is shown once. */
export function useNewVisitorKey(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      api<z.infer<typeof visitorKeySchema>>(`/channels/${channelId}/visitor-key`, {
        method: 'POST',
        secret: true,
      }),
    // the settings have moved on by it: what is saved next is based on these
    onSuccess: () => client.invalidateQueries({ queryKey: keys.channels }),
    gcTime: 0,
  });
}
