import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { EventData, LiveEvent } from '@loket/contracts/events.js';
import type { AgentWork, Availability } from '@loket/contracts/teams.js';
import { api } from './client.js';
import { keys } from './keys.js';

interface WorkList {
  items: AgentWork[];
}

function patch(client: QueryClient, agentId: string, change: Partial<AgentWork>): void {
  client.setQueryData<WorkList>(
    keys.agentWork,
    (list) =>
      list && {
        items: list.items.map((one) => (one.agent.id === agentId ? { ...one, ...change } : one)),
      },
  );
}

/** Somebody came or went: said by the event itself, so nobody asks for the whole list. */
export function applyAvailability(client: QueryClient, event: LiveEvent): void {
  const { agentId, to, since } = event.data as EventData<'agent.availability_changed'>;
  patch(client, agentId, { availability: to, since });
}

/** Says that I am here, away or off: painted at once, put back when the server does not take it. */
export function useChooseAvailability(me: string) {
  const client = useQueryClient();
  const now = () => client.getQueryData<WorkList>(keys.agentWork)?.items.find(({ agent }) => agent.id === me);
  return useMutation({
    mutationFn: (availability: Availability) =>
      api<AgentWork>('/me/availability', { method: 'PUT', body: { availability } }),
    scope: { id: 'availability' },
    onMutate: (availability) => {
      const before = now();
      patch(client, me, { availability });
      return { before };
    },
    onSuccess: (work) => patch(client, me, work),
    onError: (_error, _chosen, context) => context?.before && patch(client, me, context.before),
  });
}
