import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Agent, Session, SignIn, UpdateMe } from '@loket/contracts/access.js';
import { api, ApiError } from './client.js';

export const sessionKey = ['session'] as const;

/** null = nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api<Session>('/session', { signal });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Infinity,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The person who is signed in. Only for screens behind the gate. */
export function useMe(): Agent {
  const { data } = useSession();
  if (!data) throw new Error('used outside the session gate');
  return data.agent;
}

export function useSetupState(enabled: boolean) {
  return useQuery({
    queryKey: ['setup'],
    queryFn: ({ signal }) => api<{ required: boolean }>('/setup', { signal }),
    enabled,
    staleTime: Infinity,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => api<Session>('/session', { method: 'POST', body }),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api<void>('/session', { method: 'DELETE' }),
    // the gate then forgets everything else
    onSettled: () => client.setQueryData(sessionKey, null),
  });
}

/** PATCH /me answers with the agent. */
export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateMe) => api<Agent>('/me', { method: 'PATCH', body }),
    onSuccess: (agent) => client.setQueryData(sessionKey, { agent }),
  });
}
