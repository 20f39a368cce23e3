import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { HeldReply, HoldReply, RescheduleReply } from '@loket/contracts/held-replies.js';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { api } from './client.js';
import { keys } from './keys.js';

type List = { items: HeldReply[] };

/** Answers in this case that have not left yet. */
export function useHeldReplies(caseId: string) {
  return useQuery({
    queryKey: keys.heldReplies(caseId),
    queryFn: ({ signal }) => api<List>(`/cases/${caseId}/held-replies`, { signal }),
    select: (list) => list.items,
  });
}

/** @param key one uuid per composed message: asking again with the same key never sends twice */
export function holdReply(caseId: string, body: HoldReply, key: string): Promise<HeldReply> {
  const headers = { 'idempotency-key': key };
  return api(`/cases/${caseId}/held-replies`, { method: 'POST', body, headers });
}

/** @throws ApiError `reply_sent` when it was too late */
export function takeBackReply(id: string): Promise<HeldReply> {
  return api(`/held-replies/${id}`, { method: 'DELETE' });
}

export function sendHeldNow(id: string): Promise<TimelineMessage> {
  return api(`/held-replies/${id}/send`, { method: 'POST' });
}

export function rescheduleReply(id: string, body: RescheduleReply): Promise<HeldReply> {
  return api(`/held-replies/${id}`, { method: 'PATCH', body });
}

export function putHeld(client: QueryClient, reply: HeldReply): void {
  client.setQueryData<List>(keys.heldReplies(reply.caseId), (list) => ({
    items: [...(list?.items ?? []).filter(({ id }) => id !== reply.id), reply].toSorted(
      (a, b) => Date.parse(a.sendAt) - Date.parse(b.sendAt),
    ),
  }));
}

export function dropHeld(client: QueryClient, caseId: string, id: unknown): void {
  client.setQueryData<List>(
    keys.heldReplies(caseId),
    (list) => list && { items: list.items.filter((reply) => reply.id !== id) },
  );
}

/** What leaves becomes the message of the same id; what is said meanwhile may keep the others back. */
export function applyHeldEvent(client: QueryClient, { type, caseId, data }: LiveEvent): void {
  if (caseId === null) return;
  const queryKey = keys.heldReplies(caseId);
  if (type === 'held_reply.changed') {
    if (data.state === 'taken_back') dropHeld(client, caseId, data.replyId);
    void client.invalidateQueries({ queryKey });
  }
  if (type === 'message.queued') dropHeld(client, caseId, data.messageId);
  const waits = (client.getQueryData<List>(queryKey)?.items.length ?? 0) > 0;
  const isNews = ['message.received', 'message.queued', 'message.sent_elsewhere', 'case.updated'].includes(
    type,
  );
  if (waits && isNews) void client.invalidateQueries({ queryKey });
}
