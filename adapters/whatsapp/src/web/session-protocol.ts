import { z } from 'zod';
import type { WhatsappSessionReason } from '@loket/contracts/whatsapp-codes.js';
import { messageRefSchema } from '../message-key.js';
import { whatsappEventSchema } from '../whatsapp-event.js';
import { mediaFailures } from './media-failures.js';

/** Two addresses of one person, and under which of them the chat was first seen. */
export const aliasSchema = z.strictObject({
  /** `9990001@lid` */
  lid: z.string(),
  /** `62812…@c.us`; null as long as WhatsApp does not tell */
  pn: z.string().nullable(),
  /** the one of the two that stands for the chat, for ever */
  chat: z.string(),
});
export type Alias = z.infer<typeof aliasSchema>;

export const startSchema = z.strictObject({
  type: z.literal('start'),
  channelId: z.string(),
  /** folder of the session: profile and spool */
  folder: z.string(),
  chromiumPath: z.string(),
  chromiumArgs: z.array(z.string()),
  /** digits; pairs by code instead of QR */
  phoneNumber: z.string().nullable(),
  /** show codes; a session that is paired already asks for none and must not */
  pairing: z.boolean(),
  takeoverOnConflict: z.boolean(),
  groups: z.boolean(),
  /** seconds since the epoch; what is older was taken in before */
  since: z.number(),
  /** seconds since the epoch; from here on for an account that was not there before */
  startedAt: z.number(),
  /** digits of the account that `since` is about; null = none was here */
  account: z.string().nullable(),
  aliases: z.array(aliasSchema),
  /** `fromMe:id` of what was handed over lately, so that it is not fetched again */
  known: z.array(z.string()),
  /** bytes */
  maxMediaBytes: z.number().int(),
  /** milliseconds without a new QR code after which one is asked for */
  qrRefreshMs: z.number().int(),
  mediaMs: z.number().int(),
});
export type StartSession = z.infer<typeof startSchema>;

export const filePartSchema = z.strictObject({
  path: z.string(),
  mediaType: z.string(),
  name: z.string(),
});

export const sendCommandSchema = z.strictObject({
  type: z.literal('send'),
  /** of the call, not of the message */
  call: z.number().int(),
  /** chat id where it is known, else the bare address: digits of a phone */
  to: z.string(),
  /** the ids that its parts get, one each */
  ids: z.array(z.string()).min(1),
  text: z.string(),
  files: z.array(filePartSchema),
  quoted: messageRefSchema.nullable(),
});
export type SendCommand = z.infer<typeof sendCommandSchema>;

/** From the supervisor to the session's process. */
export const toSessionSchema = z.discriminatedUnion('type', [
  startSchema,
  sendCommandSchema,
  z.strictObject({ type: z.literal('probe'), call: z.number().int() }),
  z.strictObject({ type: z.literal('log_out') }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToSession = z.infer<typeof toSessionSchema>;

export const sessionEndings = [
  'stopped',
  'logged_out',
  'unlinked',
  'conflict',
  'auth_failed',
  'code_refused',
  'blocked',
  'browser_died',
  'page_crashed',
  'page_failed',
  'crashed',
] as const satisfies readonly WhatsappSessionReason[];
export type SessionEnding = (typeof sessionEndings)[number];

const inFile = z.strictObject({
  path: z.string(),
  size: z.number().int(),
  mediaType: z.string(),
});

export const sendFailures = ['not_on_whatsapp', 'failed', 'not_ready', 'too_large'] as const;

/** From the session's process to the supervisor. */
export const fromSessionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('listening') }),
  z.strictObject({ type: z.literal('browser'), pid: z.number().int() }),
  /** Live secrets: whoever sees them can take over the account. Shown, never stored or logged. */
  z.strictObject({ type: z.literal('qr'), qr: z.string() }),
  z.strictObject({ type: z.literal('code'), code: z.string() }),
  z.strictObject({ type: z.literal('phase'), phase: z.enum(['authenticating', 'syncing', 'lost']) }),
  z.strictObject({ type: z.literal('ready'), account: z.string(), name: z.string().nullable() }),
  z.strictObject({ type: z.literal('caught_up'), messages: z.number().int() }),
  z.strictObject({ type: z.literal('alias'), alias: aliasSchema }),
  z.strictObject({
    type: z.literal('event'),
    event: whatsappEventSchema,
    media: z.union([inFile, z.enum(mediaFailures)]).nullable(),
    /** all that WhatsApp said, of kinds that we do not know */
    raw: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('probed'), call: z.number().int(), state: z.string().nullable() }),
  /** from here on nobody knows whether it went out, until `sent` or `send_failed` */
  z.strictObject({ type: z.literal('sending'), call: z.number().int() }),
  z.strictObject({
    type: z.literal('sent'),
    call: z.number().int(),
    chat: z.string(),
    refs: z.array(messageRefSchema).min(1),
    /** what was to be quoted is not on the phone any more, and it went out without */
    quoteMissing: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('send_failed'),
    call: z.number().int(),
    reason: z.enum(sendFailures),
    /** parts that did go out before */
    sent: z.number().int(),
    detail: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('ended'), ending: z.enum(sessionEndings), detail: z.string().nullable() }),
]);
export type FromSession = z.infer<typeof fromSessionSchema>;
