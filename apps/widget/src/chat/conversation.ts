import type { VisitorMessage, VisitorMessageState } from '@loket/contracts/visitors.js';
import type { Queued } from './outbox.js';

const rank: Record<VisitorMessageState, number> = { sent: 0, delivered: 1, read: 2 };
const further = (a: VisitorMessageState, b: VisitorMessageState): VisitorMessageState =>
  rank[a] >= rank[b] ? a : b;

/** Takes in messages, whichever way and however often they come. @returns in the order of their time, then id */
export function merge(known: readonly VisitorMessage[], more: readonly VisitorMessage[]): VisitorMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of more) {
    const before = byId.get(message.id);
    byId.set(message.id, before ? { ...message, state: further(before.state, message.state) } : message);
  }
  return [...byId.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}

/** The newest page after a time without connection: what lies before a gap is left out, and can be read from the server. */
export function catchUp(
  known: readonly VisitorMessage[],
  newest: readonly VisitorMessage[],
): VisitorMessage[] {
  const ids = new Set(newest.map(({ id }) => id));
  const joins = newest.length === 0 || known.some(({ id }) => ids.has(id));
  return merge(joins ? known : [], newest);
}

/** A state holds for that message and for all of the same side before it; it never goes back. */
export function mark(
  messages: readonly VisitorMessage[],
  upTo: string,
  state: VisitorMessageState,
): VisitorMessage[] {
  const last = messages.findIndex(({ id }) => id === upTo);
  const side = messages[last]?.from;
  return messages.map((message, i) =>
    i <= last && message.from === side && rank[message.state] < rank[state] ? { ...message, state } : message,
  );
}

/** @returns the newest of the agents' messages that has not got as far as `state`, or null */
export function notYet(messages: readonly VisitorMessage[], state: VisitorMessageState): string | null {
  return messages.findLast((m) => m.from === 'agent' && rank[m.state] < rank[state])?.id ?? null;
}

export function unreadCount(messages: readonly VisitorMessage[]): number {
  return messages.filter((m) => m.from === 'agent' && m.state !== 'read').length;
}

/** A message of the visitor's own, as the server shows it from its acknowledgement on. */
export function asSent(message: Queued, ack: { messageId: string; at: string }): VisitorMessage {
  const attachments = message.files.flatMap(({ uploaded }) => (uploaded ? [uploaded] : []));
  const { clientId, text } = message;
  const own = { from: 'visitor', name: null, picture: null, via: 'webchat', state: 'sent' } as const;
  return { ...own, id: ack.messageId, clientId, text, attachments, at: ack.at };
}
