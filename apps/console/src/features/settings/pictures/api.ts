import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Agent, Session } from '@loket/contracts/access.js';
import { api } from '../../../api/client.js';
import { keys } from '../../../api/keys.js';
import { sessionKey, useMe } from '../../../api/session.js';

/** One's own, or that of somebody else for admins. */
function usePath(agentId: string): string {
  const me = useMe();
  return me.id === agentId ? '/me/picture' : `/agents/${agentId}/picture`;
}

function changed(client: QueryClient, agentId: string, picture: string | null): Promise<void> {
  client.setQueryData<Session>(sessionKey, (session) =>
    session?.agent.id === agentId ? { agent: { ...session.agent, picture } } : session,
  );
  return client.invalidateQueries({ queryKey: keys.agents });
}

export function useSetPicture(agentId: string) {
  const client = useQueryClient();
  const path = usePath(agentId);
  return useMutation({
    mutationFn: (picture: Blob) => {
      const body = new FormData();
      body.append('file', picture, 'picture');
      return api<Agent>(path, { method: 'PUT', body });
    },
    onSuccess: ({ picture }) => changed(client, agentId, picture),
  });
}

export function useRemovePicture(agentId: string) {
  const client = useQueryClient();
  const path = usePath(agentId);
  return useMutation({
    mutationFn: () => api<void>(path, { method: 'DELETE' }),
    onSuccess: () => changed(client, agentId, null),
  });
}
