import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AgentWork,
  RoutingSettings,
  Team,
  UpdateAgentWork,
  UpdateTeam,
} from '@loket/contracts/teams.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** All teams, closed ones too. Live events keep them fresh. */
export function useTeams() {
  return useQuery({
    queryKey: keys.teams,
    queryFn: ({ signal }) => api<{ items: Team[] }>('/teams', { signal }),
    select: (page) => page.items,
  });
}

/** Everybody who answers customers: who is there, what he carries, can do and speaks. */
export function useAgentWork(enabled = true) {
  return useQuery({
    queryKey: keys.agentWork,
    queryFn: ({ signal }) => api<{ items: AgentWork[] }>('/agents/work', { signal }),
    select: (page) => page.items,
    enabled,
  });
}

/** What goes out when a team is made (`createTeamSchema`). */
export interface NewTeam {
  name: string;
  memberIds: string[];
  channelIds: string[];
  routing: RoutingSettings;
}

/** Channels leave other teams, and people's teams change: both are looked at again. */
function usePutTeam() {
  const client = useQueryClient();
  return (team: Team) => {
    client.setQueryData<{ items: Team[] }>(keys.teams, (list) => {
      if (!list) return list;
      const at = list.items.findIndex(({ id }) => id === team.id);
      return { items: at < 0 ? [...list.items, team] : list.items.with(at, team) };
    });
    void client.invalidateQueries({ queryKey: keys.teams });
    void client.invalidateQueries({ queryKey: keys.agentWork });
  };
}

export function useCreateTeam() {
  const put = usePutTeam();
  return useMutation({
    mutationFn: (body: NewTeam) => api<Team>('/teams', { method: 'POST', body }),
    onSuccess: put,
  });
}

export function useUpdateTeam() {
  const put = usePutTeam();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateTeam & { id: string }) =>
      api<Team>(`/teams/${id}`, { method: 'PATCH', body }),
    onSuccess: put,
  });
}

/** What somebody can carry, do and speak. */
export function useUpdateAgentWork() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateAgentWork & { id: string }) =>
      api<AgentWork>(`/agents/${id}/work`, { method: 'PATCH', body }),
    onSuccess: (work) => {
      client.setQueryData<{ items: AgentWork[] }>(
        keys.agentWork,
        (list) => list && { items: list.items.map((one) => (one.agent.id === work.agent.id ? work : one)) },
      );
    },
  });
}
