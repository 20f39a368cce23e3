import { z } from 'zod';
import type { Ringing } from './call-views.js';
import type { LiveEvent } from './events.js';
import type { Notice } from './notices.js';
import { idSchema } from './primitives.js';
import type { VisitorPage } from './visitors.js';

/**
 * Rooms of the namespace `/agents`. `inbox`: every case event without its item · `case:{id}`: all events of one case ·
 * `calls`: telephones that ring · `presence`: who is on which case, of all cases (supervisors) · `admin`: channels,
 * quarantine, people (admins only).
 */
export const roomSchema = z.union([
  z.literal('inbox'),
  z.literal('calls'),
  z.literal('presence'),
  z.literal('admin'),
  z.templateLiteral(['case:', z.uuid()]),
]);
export type Room = z.infer<typeof roomSchema>;

/** `rooms` replaces what the socket was in before. With `after`, everything since that cursor is sent first. */
export const subscribeSchema = z.strictObject({
  rooms: z.array(roomSchema).max(50),
  after: z.string().max(100).optional(),
});
export type Subscribe = z.infer<typeof subscribeSchema>;
/**
 * `expired`: `after` is too old; refetch, then go on from `cursor` · `present`: who is on the cases of these rooms now; on
 * those that it does not name is nobody.
 */
export type SubscribeAck =
  | { ok: true; cursor: string; expired: boolean; present: PresenceUpdate[] }
  | { ok: false; code: string; message: string };

export const presenceSchema = z.strictObject({
  caseId: idSchema,
  state: z.enum(['viewing', 'typing', 'left']),
});
export type Presence = z.infer<typeof presenceSchema>;
/** Who is on a case now; sent to `case:{id}` and `presence` on every change. Entries lapse after 25 s. */
export type PresenceUpdate = {
  caseId: string;
  agents: { agentId: string; name: string; state: 'viewing' | 'typing' }[];
};

/** The customer is writing (or has stopped); sent to `case:{id}` and `inbox`, never stored. Lapses after 6 s. */
export type CustomerTyping = { caseId: string; channelId: string; name: string | null; typing: boolean };

/**
 * A visitor of a web chat came to a page, went on to another, or left; sent to `case:{id}` of his customer's cases, at most
 * once a second for each visitor. Not an event, never sent again: his card says where he is.
 */
export interface VisitorSign {
  customerId: string;
  visitorId: string;
  online: boolean;
  /** null = not known to have changed */
  page: VisitorPage | null;
  at: string;
}

export interface ServerToClient {
  event: (event: LiveEvent) => void;
  presence: (update: PresenceUpdate) => void;
  typing: (typing: CustomerTyping) => void;
  visitor: (sign: VisitorSign) => void;
  /** a telephone rings or was taken up; not an event, never sent again */
  ringing: (call: Ringing) => void;
  /** news for whoever is signed in here; it stands in GET /me/notices too. Sent again when the reason comes later */
  notice: (notice: Notice) => void;
}
export interface ClientToServer {
  subscribe: (request: Subscribe, ack: (answer: SubscribeAck) => void) => void;
  presence: (state: Presence) => void;
  /** the person did something just now; told about once a minute, so that he counts as there */
  activity: () => void;
}
