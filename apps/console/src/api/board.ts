import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { Board, Rebalance } from '@loket/contracts/board.js';
import type { BulkFields, BulkReasoned, BulkResult, BulkUndo, MoveCases } from '@loket/contracts/bulk.js';
import type { EventType, LiveEvent } from '@loket/contracts/events.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Everybody at work and every queue. For supervisors and admins. */
export function useBoard() {
  return useQuery({
    queryKey: keys.board,
    queryFn: async ({ signal }) => {
      const asked = performance.now();
      const board = await api<Board>('/board', { signal });
      took = performance.now() - asked;
      return board;
    },
    // what happened while nobody looked was only remembered
    refetchOnWindowFocus: true,
    refetchOnMount: true,
  });
}

/** Others change nothing that the board shows. */
const stirring: ReadonlySet<EventType> = new Set<EventType>([
  'case.opened',
  'case.reopened',
  'case.updated',
  'case.assigned',
  'case.merged',
  'case.split',
  'operation.undone',
  'message.received',
  'message.queued',
  'message.sent_elsewhere',
  'team.created',
  'team.updated',
  'agent.availability_changed',
  'agent.work_updated',
  'agent.created',
  'agent.updated',
]);

/** A burst is one look at the board; a steady stream is one a second, or fewer where the server needs long for it. */
const burstMs = 120;
const atMostEveryMs = 1000;
const rest = 4;
let took = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let looked = 0;

/** Something happened: the board is asked for again, if somebody has it before him. */
export function stirBoard(client: QueryClient, { type }: Pick<LiveEvent, 'type'>): void {
  if (timer !== undefined || !stirring.has(type) || !client.getQueryState(keys.board)) return;
  timer = setTimeout(
    () => {
      timer = undefined;
      // an answer on its way may be from before this event: look again after it
      if (client.isFetching({ queryKey: keys.board }) > 0) return stirBoard(client, { type });
      looked = Date.now();
      void client.invalidateQueries({
        queryKey: keys.board,
        refetchType: document.hidden ? 'none' : 'active',
      });
    },
    Math.max(burstMs, looked + Math.max(atMostEveryMs, took * rest) - Date.now()),
  );
}

export function moveCases(body: MoveCases): Promise<BulkResult> {
  return api('/cases/moves', { method: 'POST', body });
}

/** Why, said after the move; also when the page is being left. */
export function giveReason(bulkId: string, reason: string): Promise<BulkReasoned> {
  return api(`/bulk/${bulkId}/reason`, { method: 'POST', body: { reason }, keepalive: true });
}

export function changeCases(caseIds: readonly string[], change: BulkFields): Promise<BulkResult> {
  return api('/cases/bulk', { method: 'POST', body: { caseIds, change } });
}

export function undoBulk(id: string): Promise<BulkUndo> {
  return api(`/bulk/${id}/undo`, { method: 'POST' });
}

/** What would load the team evenly; nothing moves. */
export function proposeRebalance(teamId: string): Promise<Rebalance> {
  return api(`/teams/${teamId}/rebalance`, { method: 'POST' });
}

/** A note that only this colleague sees, and whoever wrote it. */
export async function whisper(caseId: string, toAgentId: string, text: string): Promise<void> {
  await api(`/cases/${caseId}/notes`, { method: 'POST', body: { text, toAgentId } });
}
