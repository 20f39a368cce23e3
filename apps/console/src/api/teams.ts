import { useQuery } from '@tanstack/react-query';
import type { AgentWork, Team } from '@loket/contracts/teams.js';
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
