import { z } from 'zod';
import { channelKindSchema } from './channels.js';
import { idSchema, instantSchema, page } from './primitives.js';
import { visitorErrors, visitorLimits, type VisitorErrorCode } from './visitor-limits.js';
import { visitorLanguageSchema, webchatConfigSchema } from './webchat-config.js';

/**
 * Web chat: what crosses between a visitor's browser (`apps/widget`) and the server.
 *
 * For every call and every packet the server checks, before anything else: that `Origin` is one of the channel's
 * `allowedOrigins` (CORS answers name that one origin, never `*`, and never allow credentials: the token is the only
 * proof and no cookie counts), that the token is of this channel **and** of this origin, that the packet fits its
 * strict schema and `visitorLimits.packetBytes`, and the rates per token, per IP address and per channel.
 * A visitor reads and writes one conversation, his own. Notes, events, names of rules, other visitors' files and other
 * people's addresses have no place in any schema below, so they cannot leak through one.
 */
export const visitorNamespace = '/visitors';

const text = (max: number) => z.string().max(max);

/** Made by the browser, once for each message or file: what is sent again under it is never there twice. */
export const clientIdSchema = z.uuid();
export const visitorErrorCodeSchema = z.enum(
  Object.keys(visitorErrors) as [VisitorErrorCode, ...VisitorErrorCode[]],
);
/** Refusal of a packet; REST refuses with problem+json, whose `code` is one of the same. */
export const visitorRefusalSchema = z.strictObject({
  ok: z.literal(false),
  code: visitorErrorCodeSchema,
  /** milliseconds to wait at least, with `rate_limited` and `unavailable` */
  retryAfter: z.number().int().nonnegative().max(3_600_000).optional(),
});
export type VisitorRefusal = z.infer<typeof visitorRefusalSchema>;

// ------------------------------------------------------------------------------------------------------------ REST

/** Whether somebody is there, and when. */
export const visitorStatusSchema = z.strictObject({
  /** within office hours, and somebody can answer */
  online: z.boolean(),
  /** what the last answers took, rounded; null when there is nothing to go by */
  expectedMinutes: z.number().int().nonnegative().max(100_000).nullable(),
  /** out of office hours: when they begin again */
  opensAt: instantSchema.nullable(),
});
export type VisitorStatus = z.infer<typeof visitorStatusSchema>;

/**
 * `GET /api/v1/visitors/{channelId}/config` — the public part of the settings. Needs no token; `Origin` is checked.
 * Cacheable for a minute (`Cache-Control: public, max-age=60`, `Vary: Origin`).
 */
export const visitorConfigSchema = z
  .strictObject({
    ...webchatConfigSchema.omit({ allowedOrigins: true, identity: true, officeHours: true }).shape,
    title: text(60),
    status: visitorStatusSchema,
  })
  .meta({ id: 'VisitorConfig' });
export type VisitorConfig = z.infer<typeof visitorConfigSchema>;

/**
 * Claims of a host site's signed identity: a JWT with `alg: HS256` and no other, signed with the channel's secret.
 * The server checks signature (constant time), `aud` = channel id, `exp` (at most 24 h ahead, 60 s of leeway) and that
 * identities are switched on. Anything wrong → `not_proven`, and the visitor stays who he was.
 */
export const visitorIdentityClaimsSchema = z.object({
  /** the site's own, lasting id of the person */
  sub: z.string().min(1).max(200),
  aud: idSchema,
  /** seconds since 1970 */
  exp: z.number().int(),
  name: text(120).optional(),
  email: z.email().max(320).optional(),
  /** E.164 */
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/)
    .optional(),
});
export type VisitorIdentityClaims = z.infer<typeof visitorIdentityClaimsSchema>;

/**
 * `POST /api/v1/visitors/{channelId}/token` — without `Authorization`: a new visitor; with `Bearer <token>`: the same
 * visitor, a new token. Tokens are random (256 bits), stored hashed, bound to channel and origin.
 *
 * A token opens the socket and REST for `expiresIn` (24 h), and can be exchanged for 180 days after its last use.
 * Because an answer may be lost on the way, the old token stays good until the new one is used for the first time, and
 * 60 s longer for the other tabs; a token that comes later than that is refused, and all tokens of that visitor with it.
 * Unknown or revoked → 401 `token`; the browser then begins as a new visitor.
 */
export const visitorTokenRequestSchema = z.strictObject({
  identity: text(visitorLimits.token).optional(),
  /** when the visitor agreed to `consentText`; required where there is one */
  consentAt: instantSchema.optional(),
});
export type VisitorTokenRequest = z.infer<typeof visitorTokenRequestSchema>;

export const visitorTokenSchema = z.strictObject({
  token: z.string().min(20).max(visitorLimits.token),
  /** changes when a signed identity leads to somebody else; what the browser shows of the other one goes away */
  visitorId: idSchema,
  /** seconds from now after which to ask for the next one; spans, because browsers' clocks are wrong */
  renewIn: z.number().int().positive(),
  /** seconds from now after which it opens nothing any more, and can still be exchanged */
  expiresIn: z.number().int().positive(),
});
export type VisitorToken = z.infer<typeof visitorTokenSchema>;

/**
 * A file, either way. `url` is a path on this server with a signature that lasts a day and opens this one file; it is
 * served as `Content-Disposition: attachment` unless it is one of the image types, always with `nosniff` and
 * `Content-Security-Policy: sandbox`.
 */
export const visitorFileSchema = z.strictObject({
  id: idSchema,
  name: text(visitorLimits.fileName),
  mediaType: text(255),
  /** bytes */
  size: z.number().int().nonnegative(),
  url: text(visitorLimits.url).startsWith('/'),
});
export type VisitorFile = z.infer<typeof visitorFileSchema>;

/**
 * `POST /api/v1/visitors/{channelId}/files` — multipart: `clientId`, then one part `file`. Answers with a VisitorFile;
 * the same `clientId` again answers with the same file. The server counts bytes while they come, takes the type from the
 * bytes and compares it with the channel's list (`file_type`), re-encodes nothing, and drops a file that no message
 * names within a day.
 */
export const visitorUploadFieldsSchema = z.strictObject({ clientId: clientIdSchema });

/** `sent`: stored · `delivered`: on an agent's (or, of an answer, the visitor's) screen · `read`. */
export const visitorMessageStateSchema = z.enum(['sent', 'delivered', 'read']);
export type VisitorMessageState = z.infer<typeof visitorMessageStateSchema>;

/** One message as the visitor may see it. Only messages of his own threads and answers to them; never a note. */
export const visitorMessageSchema = z
  .strictObject({
    id: idSchema,
    /** of his own messages, the id that his browser gave */
    clientId: clientIdSchema.nullable(),
    from: z.enum(['visitor', 'agent']),
    /** name that the agent shows to customers; null for the visitor's own */
    name: text(120).nullable(),
    /** path of a picture on this server */
    picture: text(visitorLimits.url).startsWith('/').nullable(),
    /** plain; an answer written as html comes as its text */
    text: text(200_000),
    attachments: z.array(visitorFileSchema).max(50),
    at: instantSchema,
    state: visitorMessageStateSchema,
    /** how it travelled: an answer that went on by mail is shown here too */
    via: channelKindSchema,
  })
  .meta({ id: 'VisitorMessage' });
export type VisitorMessage = z.infer<typeof visitorMessageSchema>;

/** `GET /api/v1/visitors/{channelId}/messages?cursor&limit` — newest first. */
export const visitorHistoryQuerySchema = z.strictObject({
  cursor: text(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(visitorLimits.page),
});
export const visitorHistorySchema = page(visitorMessageSchema);
export type VisitorHistory = z.infer<typeof visitorHistorySchema>;

// ---------------------------------------------------------------------------------------------------- socket: from him

/** `io('/visitors', {auth})`. Refused with `connect_error`, whose message is a VisitorErrorCode. */
export const visitorHandshakeSchema = z.strictObject({
  channelId: idSchema,
  token: z.string().min(20).max(visitorLimits.token),
  language: visitorLanguageSchema,
});
export type VisitorHandshake = z.infer<typeof visitorHandshakeSchema>;

/** Answers of the form before the chat; with the first message only, so that both arrive or neither. */
export const preChatAnswersSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/), text(visitorLimits.answer))
  .refine((answers) => Object.keys(answers).length <= 8, { message: 'too many answers' });

/**
 * The server stores it by (channel, visitor, `clientId`) under a unique key and acknowledges only after that commit.
 * The browser sends one at a time, in the order in which they were written, and the next one only after the
 * acknowledgement: order holds over any number of tabs and repeats.
 */
export const visitorSendSchema = z
  .strictObject({
    clientId: clientIdSchema,
    text: text(visitorLimits.text),
    /** ids of files that this visitor uploaded */
    attachments: z.array(idSchema).max(visitorLimits.files),
    preChat: preChatAnswersSchema.optional(),
  })
  .refine((m) => m.text.trim() !== '' || m.attachments.length > 0, { message: 'text or files needed' });
export type VisitorSend = z.infer<typeof visitorSendSchema>;
export const visitorSendAckSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), clientId: clientIdSchema, messageId: idSchema, at: instantSchema }),
  visitorRefusalSchema,
]);
export type VisitorSendAck = z.infer<typeof visitorSendAckSchema>;

/** At most one each 3 s while he types; lapses after 6 s. What he types is not sent. */
export const visitorTypingSchema = z.strictObject({ typing: z.boolean() });
/** Everything up to this message of an agent's is on his screen, or read. Later marks of the same win; none takes back. */
export const visitorSeenSchema = z.strictObject({
  messageId: idSchema,
  state: z.enum(['delivered', 'read']),
});
export type VisitorSeen = z.infer<typeof visitorSeenSchema>;
/** Where he is. After each connection and each change. A text for agents: never fetched, never a link that opens by itself. */
export const visitorPageSchema = z.strictObject({
  url: text(visitorLimits.url),
  title: text(300),
  referrer: text(visitorLimits.url),
});
export type VisitorPage = z.infer<typeof visitorPageSchema>;

/** A signed identity (see VisitorIdentityClaims) while connected. */
export const visitorIdentifySchema = z.strictObject({ jwt: text(visitorLimits.token) });
/** `token` is there when the identity is somebody else's conversation: the browser drops this one and comes again. */
export const visitorIdentifyAckSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), token: visitorTokenSchema.nullable() }),
  visitorRefusalSchema,
]);
export type VisitorIdentifyAck = z.infer<typeof visitorIdentifyAckSchema>;

/**
 * "Answer me here when I am gone." Stored as `claimed`, opens nothing. A one-time code goes there (single use, 10
 * minutes, 5 tries, at most 3 codes an hour for one address and one visitor); the answer is the same whether the
 * address is known or not, in the same time, and the mail carries nothing that the visitor wrote.
 */
export const visitorClaimSchema = z.union([
  z.strictObject({ email: z.email().max(320) }),
  z.strictObject({
    phone: z
      .string()
      .max(40)
      .regex(/^[+\d][\d ().-]{5,}$/),
  }),
]);
export type VisitorClaim = z.infer<typeof visitorClaimSchema>;
/** The code of the last claim. Right → that identity is `verified` and its customer is joined. */
export const visitorConfirmSchema = z.strictObject({
  code: z.string().regex(new RegExp(`^\\d{${visitorLimits.code}}$`)),
});
export const visitorAckSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  visitorRefusalSchema,
]);
export type VisitorAck = z.infer<typeof visitorAckSchema>;

// ------------------------------------------------------------------------------------------------------ socket: to him

/** The visitor's own message, or an answer, has got further. Holds for all before it, too. */
export const visitorStateSchema = z.strictObject({
  messageId: idSchema,
  state: z.enum(['delivered', 'read']),
});
export type VisitorState = z.infer<typeof visitorStateSchema>;
/** Lapses by itself after 6 s. */
export const visitorAgentTypingSchema = z.strictObject({ name: text(120) });
export type VisitorAgentTyping = z.infer<typeof visitorAgentTypingSchema>;
/** Who answers here; null = nobody yet. */
export const visitorAgentSchema = z
  .strictObject({
    name: text(120),
    picture: text(visitorLimits.url).startsWith('/').nullable(),
  })
  .nullable();
export type VisitorAgent = z.infer<typeof visitorAgentSchema>;
export const visitorErrorSchema = z.strictObject({ code: visitorErrorCodeSchema });
export type VisitorError = z.infer<typeof visitorErrorSchema>;

/** Packets of the browser. The ones without acknowledgement are dropped silently when they do not fit. */
export interface VisitorToServer {
  message: (message: VisitorSend, ack: (answer: VisitorSendAck) => void) => void;
  typing: (typing: z.infer<typeof visitorTypingSchema>) => void;
  seen: (seen: VisitorSeen) => void;
  page: (page: VisitorPage) => void;
  identify: (
    identity: z.infer<typeof visitorIdentifySchema>,
    ack: (answer: VisitorIdentifyAck) => void,
  ) => void;
  claim: (claim: VisitorClaim, ack: (answer: VisitorAck) => void) => void;
  confirm: (code: z.infer<typeof visitorConfirmSchema>, ack: (answer: VisitorAck) => void) => void;
}
/**
 * Packets of the server, to every open tab of the visitor. After each connection it sends `status` and `agent`; what was
 * missed meanwhile the browser reads from the history.
 */
export interface ServerToVisitor {
  /** also his own messages, so that his other tabs have them; may come twice */
  message: (message: VisitorMessage) => void;
  typing: (typing: VisitorAgentTyping) => void;
  state: (state: VisitorState) => void;
  agent: (agent: VisitorAgent) => void;
  status: (status: VisitorStatus) => void;
  /** just before the server closes the socket */
  error: (error: VisitorError) => void;
}
