import { z } from 'zod';
import { idSchema, instantSchema } from '@loket/contracts/primitives.js';
import { messageRefSchema } from './message-key.js';

/** One address of a person, verbatim: `whatsapp` = wa_id (digits), `lid` = digits before `@lid`, `bsuid` = `ID.…`. */
export const whatsappAddressSchema = z.strictObject({
  kind: z.enum(['whatsapp', 'lid', 'bsuid']),
  value: z.string().min(1).max(255),
});
export type WhatsappAddress = z.infer<typeof whatsappAddressSchema>;

export const personSchema = z.strictObject({
  ...whatsappAddressSchema.shape,
  /** the name that the person goes by; anything, also nothing */
  name: z.string().nullable(),
  /** further addresses of the same person that WhatsApp itself vouches for */
  also: z.array(whatsappAddressSchema).max(10),
});
export type Person = z.infer<typeof personSchema>;

export const messageKinds = [
  'text',
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
  'location',
  'contacts',
  'unsupported',
] as const;
export const messageKindSchema = z.enum(messageKinds);
export type MessageKind = z.infer<typeof messageKindSchema>;

export const mediaSchema = z.strictObject({
  /** by which the driver finds the bytes: a media id (Cloud); empty where the message itself leads to them (web) */
  reference: z.string().max(1000),
  mediaType: z.string().min(1).max(255),
  /** bytes, when known beforehand */
  size: z.number().int().nonnegative().nullable(),
  fileName: z.string().nullable(),
});
export type Media = z.infer<typeof mediaSchema>;

export const locationSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().nullable(),
  address: z.string().nullable(),
  /** moves on after it was sent; only where it began is kept */
  live: z.boolean(),
});
export type Location = z.infer<typeof locationSchema>;

export const contactCardSchema = z.strictObject({
  name: z.string(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  organization: z.string().nullable(),
});
export type ContactCard = z.infer<typeof contactCardSchema>;

const group = z.strictObject({ id: z.string().min(1).max(255), name: z.string().nullable() });

/** Something said, by a customer or (`ref.fromMe`) on the company's own phone. */
export const messageEventSchema = z.strictObject({
  type: z.literal('message'),
  ref: messageRefSchema,
  /** the chat it stands in, the same for all its messages */
  chat: z.string().min(1).max(255),
  /** who said it; of `fromMe` the account itself */
  from: personSchema,
  /** whom our own side wrote to; only with `fromMe`, and not in groups */
  to: personSchema.nullish(),
  at: instantSchema,
  kind: messageKindSchema,
  /** what was written, or the caption */
  text: z.string().nullable(),
  media: mediaSchema.nullable(),
  location: locationSchema.nullable(),
  contacts: z.array(contactCardSchema),
  /** what it answers */
  quoted: messageRefSchema.nullable(),
  forwarded: z.boolean(),
  group: group.nullable(),
  /** WhatsApp's own word for a kind that we do not know; only with `unsupported` */
  unsupported: z.string().nullable(),
});
export type MessageEvent = z.infer<typeof messageEventSchema>;

const aboutMessage = {
  /** the message that it is about */
  ref: messageRefSchema,
  chat: z.string().min(1).max(255),
  /** who did it; null when WhatsApp does not say */
  by: personSchema.nullable(),
  at: instantSchema,
};

/** Other words in the place of those of before. May arrive before the message itself. */
export const editEventSchema = z.strictObject({ type: z.literal('edit'), ...aboutMessage, text: z.string() });
export type EditEvent = z.infer<typeof editEventSchema>;

/** Taken back for everyone. */
export const revokeEventSchema = z.strictObject({ type: z.literal('revoke'), ...aboutMessage });
export type RevokeEvent = z.infer<typeof revokeEventSchema>;

/** One reaction a person; null takes it away. */
export const reactionEventSchema = z.strictObject({
  type: z.literal('reaction'),
  ...aboutMessage,
  emoji: z.string().max(64).nullable(),
});
export type ReactionEvent = z.infer<typeof reactionEventSchema>;

/** How far a message of ours has come. In any order, and `read` without `delivered`: core only ever moves on. */
export const receiptEventSchema = z.strictObject({
  type: z.literal('receipt'),
  ref: messageRefSchema,
  state: z.enum(['sent', 'delivered', 'read', 'failed']),
  at: instantSchema,
  /** stable code of a failure, e.g. `whatsapp_not_on_whatsapp` */
  reason: z.string().max(100).nullable(),
  /** our own id of the message, where the driver could send it along: finds what a lost answer left in doubt */
  messageId: idSchema.nullable(),
});
export type ReceiptEvent = z.infer<typeof receiptEventSchema>;

/** All that both drivers tell. Serialisable, so that it crosses from a session's process. */
export const whatsappEventSchema = z.discriminatedUnion('type', [
  messageEventSchema,
  editEventSchema,
  revokeEventSchema,
  reactionEventSchema,
  receiptEventSchema,
]);
export type WhatsappEvent = z.infer<typeof whatsappEventSchema>;
