import { z } from 'zod';

const widSchema = z.union([
  z.string(),
  z.object({ _serialized: z.string() }).transform((wid) => wid._serialized),
]);
const optional = <T extends z.ZodType>(schema: T) => schema.nullish().catch(null);

export const rawKeySchema = z.object({
  fromMe: z.boolean(),
  remote: widSchema,
  id: z.string().min(1).max(512),
  participant: optional(widSchema),
});
export type RawKey = z.infer<typeof rawKeySchema>;

/**
 * What we read of a message as WhatsApp Web holds it. Lenient: it is nobody's contract, and one odd field must not cost
 * a message.
 */
export const rawMessageSchema = z.object({
  id: rawKeySchema,
  t: z.number().int().nonnegative(),
  type: z.string(),
  subtype: optional(z.string()),
  body: optional(z.string()),
  caption: optional(z.string()),
  author: optional(widSchema),
  from: optional(widSchema),
  to: optional(widSchema),
  ack: optional(z.number()),
  notifyName: optional(z.string()),
  isForwarded: optional(z.boolean()),
  isStatusV3: optional(z.boolean()),
  broadcast: optional(z.boolean()),
  isNotification: optional(z.boolean()),
  directPath: optional(z.string()),
  mimetype: optional(z.string()),
  filename: optional(z.string()),
  size: optional(z.number().int().nonnegative()),
  lat: optional(z.number()),
  lng: optional(z.number()),
  loc: optional(z.string()),
  isLive: optional(z.boolean()),
  vcardList: optional(z.array(z.object({ vcard: z.string() }))),
  quotedStanzaID: optional(z.string().min(1).max(512)),
  quotedParticipant: optional(widSchema),
  latestEditSenderTimestampMs: optional(z.number()),
  protocolMessageKey: optional(rawKeySchema),
});
export type RawMessage = z.infer<typeof rawMessageSchema>;

/** Notices of WhatsApp itself, and what is no message at all. */
const notices = new Set([
  'broadcast_notification',
  'call_log',
  'ciphertext',
  'debug',
  'e2e_notification',
  'gp2',
  'group_notification',
  'notification',
  'notification_template',
  'pinned_message',
  'poll_update',
  'protocol',
  'reaction',
  'revoked',
]);

/** Whether it is something that somebody said to us, in a chat that we read. */
export function isConversation(message: RawMessage, groups: boolean): boolean {
  if (notices.has(message.type) || message.isNotification || message.isStatusV3) return false;
  return (
    isReadChat(message.id.remote, groups) && !(message.broadcast && message.id.remote.endsWith('@broadcast'))
  );
}

/** Status updates, broadcast lists and channels are not conversations; groups only where they are wanted. */
export function isReadChat(chat: string, groups: boolean): boolean {
  if (chat === '0@c.us') return false;
  return /@(c\.us|lid)$/.test(chat) || (groups && chat.endsWith('@g.us'));
}
