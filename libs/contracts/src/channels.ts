import { z } from 'zod';
import { phoneConfigSchema } from './calls.js';
import { identityKindSchema } from './inbound.js';
import { idSchema, instantSchema, page } from './primitives.js';
import { signatureSchema } from './signatures.js';
import { webchatConfigSchema } from './webchat-config.js';

export const channelKinds = ['email', 'whatsapp', 'webchat', 'phone'] as const;
export const channelKindSchema = z.enum(channelKinds);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/**
 * How a call proves whose it is: `hub_sha256` HMAC-SHA256 over the raw bytes in `X-Hub-Signature-256`, with the handshake
 * of WebSub · `timed_sha256` the same over `<X-Loket-Timestamp>.<bytes>` in `X-Loket-Signature`, within five minutes ·
 * `twilio` HMAC-SHA1 over our public address and the form in `X-Twilio-Signature` · `bearer` the secret itself in
 * `Authorization`, for systems that cannot sign.
 */
export const webhookSignatures = ['hub_sha256', 'timed_sha256', 'twilio', 'bearer'] as const;
export type WebhookSignature = (typeof webhookSignatures)[number];
const webhookForm = {
  signature: z.enum(webhookSignatures),
  /** media type under which a call is stored, and given to the adapter */
  mediaType: z.string(),
};

/** How calls of the other side are told from those of strangers, before anything of them is stored. */
export const webhookSchema = z.strictObject({
  /** section of the settings that holds the secrets */
  section: z.string(),
  ...webhookForm,
  /** key of that section: the secret that signs */
  secret: z.string(),
  /** key of that section: the token that the handshake has to name; null = there is no handshake */
  verifyToken: z.string().nullable(),
  /** where a key of that section says in which form calls come: what is otherwise then, by its value */
  forms: z
    .strictObject({ key: z.string(), of: z.record(z.string(), z.strictObject(webhookForm)) })
    .optional(),
});
export type WebhookRules = z.infer<typeof webhookSchema>;

/** What an adapter can do. Core and console read these; they never ask for the kind. */
export const capabilitiesSchema = z
  .strictObject({
    /** agents can answer through it at all */
    send: z.boolean(),
    /** kinds of identity that it can write to; empty when it cannot send */
    sendsTo: z.array(identityKindSchema),
    /** part of the config without which a channel cannot send, e.g. `smtp`; then answers are blocked as `no_smtp` */
    sendNeeds: z.string().optional(),
    /** part of the config that stands below every answer that a person writes (`Signature`) */
    signature: z.string().optional(),
    /** an answer can be looked at as it will go out: POST /cases/{ref}/messages/preview */
    preview: z.boolean().optional(),
    subject: z.boolean(),
    html: z.boolean(),
    /** replies are tied to one thread by the ids they answer (mail), not by the chat they stand in */
    threading: z.enum(['references', 'conversation', 'none']),
    attachments: z.boolean(),
    /** bytes of one file, and of all files of one message */
    maxAttachmentBytes: z.number().int().nonnegative(),
    maxMessageBytes: z.number().int().nonnegative(),
    typing: z.boolean(),
    /** an answer can quote one message of the chat */
    quotes: z.boolean(),
    /** tells of reactions */
    reactions: z.boolean(),
    /** delivery states beyond `sent` that it reports */
    receipts: z.array(z.enum(['delivered', 'read'])),
    /** hours after the customer's last message in which free text is allowed; null = always */
    replyWindowHours: z.number().positive().nullable(),
    /** beyond that window, texts that were approved beforehand can still be sent */
    templates: z.boolean(),
    /** the customer can be told that his message was read */
    markRead: z.boolean(),
    /** a person links a phone before it works: /channels/{id}/session */
    session: z.boolean(),
    /** calls that the other side makes to /channels/{id}/webhook */
    webhook: webhookSchema.nullable(),
    /**
     * people reach it through the public surface for visitors (/visitors of REST and of the socket): media type under
     * which what they send is given to the adapter; without one that surface is closed
     */
    visitors: z.string().optional(),
    /** it can look for trouble before it is saved: POST /channels/test */
    test: z.boolean(),
    /** takes raw originals of these media types at POST /channels/{id}/inbound */
    rawMediaTypes: z.array(z.string()),
  })
  .meta({ id: 'ChannelCapabilities' });
export type ChannelCapabilities = z.infer<typeof capabilitiesSchema>;

/** Kinds without an adapter are fed by `POST /channels/{id}/inbound` with JSON and cannot be answered through. */
export const ingressOnlyCapabilities: ChannelCapabilities = {
  send: false,
  sendsTo: [],
  subject: false,
  html: false,
  threading: 'conversation',
  attachments: false,
  maxAttachmentBytes: 0,
  maxMessageBytes: 0,
  typing: false,
  quotes: false,
  reactions: false,
  receipts: [],
  replyWindowHours: null,
  templates: false,
  markRead: false,
  session: false,
  webhook: null,
  test: false,
  rawMediaTypes: [],
};

/**
 * `connecting` until the adapter first succeeds; `disconnected` = trying again by itself with backoff;
 * `paused` = waits for a person (wrong password, secrets missing); `ingress_only` = ready, and has no live connection to
 * keep: what comes in is brought to it, by an MTA, a webhook or JSON.
 */
export const channelStatuses = [
  'connecting',
  'connected',
  'disconnected',
  'paused',
  'disabled',
  'ingress_only',
] as const;
export const channelStatusSchema = z.enum(channelStatuses);
export type ChannelStatus = z.infer<typeof channelStatusSchema>;

const port = z.number().int().min(1).max(65535);
export const securitySchema = z.enum(['tls', 'starttls', 'none']);

/** IMAP account. `password` is write-only: it is never sent back. */
export const imapConfigSchema = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: port.default(993),
  security: securitySchema.default('tls'),
  user: z.string().min(1).max(320),
  password: z.string().max(1024).optional(),
  /** folders to read */
  mailboxes: z.array(z.string().min(1).max(255)).min(1).max(20).default(['INBOX']),
  /** what happens to a mail once it is stored */
  afterStore: z.enum(['leave', 'mark_seen', 'move']).default('mark_seen'),
  /** target folder of `move`; created when missing */
  moveTo: z.string().min(1).max(255).default('Loket'),
  /** take in mails that were there before the channel was connected */
  importExisting: z.boolean().default(false),
  /** accept a certificate that cannot be verified (self-hosted servers) */
  allowInvalidCertificate: z.boolean().default(false),
});
export type ImapConfig = z.infer<typeof imapConfigSchema>;

export const smtpConfigSchema = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: port.default(587),
  security: securitySchema.default('starttls'),
  /** empty = no sign-in */
  user: z.string().max(320).optional(),
  password: z.string().max(1024).optional(),
  allowInvalidCertificate: z.boolean().default(false),
});
export type SmtpConfig = z.infer<typeof smtpConfigSchema>;

/** Every part may be left out: a channel without `imap` is fed by the raw ingress, one without `smtp` cannot answer. */
export const emailConfigSchema = z
  .strictObject({
    /** the address that customers write to and that answers come from */
    address: z.email().max(320).optional(),
    /** name beside the address in answers */
    displayName: z.string().max(120).optional(),
    /** below every answer that a person writes */
    signature: signatureSchema.optional(),
    imap: imapConfigSchema.optional(),
    smtp: smtpConfigSchema.optional(),
    /** the mail server delivers local+anything@domain too, so answers carry a Reply-To that names the case */
    plusAddressing: z.boolean().default(false),
    /** other addresses that lead here; mail from them is ours, not a customer's */
    aliases: z.array(z.email().max(320)).max(50).default([]),
    /** authserv-ids (RFC 8601) of our own mail servers, whose Authentication-Results count as proof */
    trustedAuthservIds: z.array(z.string().min(1).max(253)).max(10).default([]),
    /** where none of those servers said anything: check DKIM signatures ourselves; asks DNS for the signers' keys */
    checkDkim: z.boolean().default(true),
    /** bytes; larger mails are quarantined */
    maxBytes: z.number().int().min(10_000).max(100_000_000).default(35_000_000),
  })
  .meta({ id: 'EmailConfig' });
export type EmailConfig = z.infer<typeof emailConfigSchema>;

/** Settings that every kind of chat and call has. */
export const genericConfigSchema = z
  .strictObject({
    /** the number, site or account as people know it */
    address: z.string().max(320).optional(),
    /** ISO 3166 region for numbers written without a country code */
    defaultRegion: z.string().length(2).default('ID'),
    /** hours in which a new message on the same chat reopens a resolved case */
    reopenWithinHours: z.number().int().min(0).max(8760).default(72),
    /**
     * a caller's number may find the customer who has proven that very number on another channel; it never shows the
     * caller anything (DESIGN §4)
     */
    trustCallerId: z.boolean().default(true),
  })
  .meta({ id: 'GenericChannelConfig' });

const metaId = z.string().regex(/^\d{1,32}$/);
/** A number on Meta's official Cloud API. The three secrets are write-only. */
export const whatsappCloudSchema = z.strictObject({
  phoneNumberId: metaId,
  /** whose templates may be sent; without it there are none */
  businessAccountId: metaId.optional(),
  /** secret */
  accessToken: z.string().max(1024).optional(),
  /** secret: signs the webhook's calls */
  appSecret: z.string().max(256).optional(),
  /** secret: proves that the webhook is ours when it is set up */
  verifyToken: z.string().max(256).optional(),
  /** take in group chats */
  groups: z.boolean().default(false),
  /** when an agent answers, the customer's messages show as read */
  markRead: z.boolean().default(true),
});
export type WhatsappCloudConfig = z.infer<typeof whatsappCloudSchema>;

/** A phone linked as WhatsApp Web would be. Unofficial. */
export const whatsappWebSchema = z.strictObject({
  /** take in group chats */
  groups: z.boolean().default(false),
  /** take the session back when it is opened elsewhere */
  takeoverOnConflict: z.boolean().default(false),
});
export type WhatsappWebConfig = z.infer<typeof whatsappWebSchema>;

/** At most one of `cloud` and `web`; without either the channel is fed by the JSON ingress and cannot answer. */
export const whatsappConfigSchema = genericConfigSchema
  .extend({ cloud: whatsappCloudSchema.optional(), web: whatsappWebSchema.optional() })
  .refine(({ cloud, web }) => cloud === undefined || web === undefined, {
    path: ['web'],
    message: 'a channel is either on the Cloud API or a linked phone',
  })
  .meta({ id: 'WhatsappConfig' });
export type WhatsappConfig = z.infer<typeof whatsappConfigSchema>;

/** A site's chat: what its visitors see, and what only we need to know. */
export const webchatChannelSchema = genericConfigSchema
  .extend(webchatConfigSchema.shape)
  .extend({
    /** an answer that did not reach the visitor's screen goes on by mail, to an address that he has proven */
    continuity: z
      .strictObject({
        on: z.boolean().default(true),
        /** how long to wait for his screen */
        afterSeconds: z.number().int().min(0).max(86_400).default(60),
      })
      .prefault({}),
  })
  .meta({ id: 'WebchatChannelConfig' });
export type WebchatChannelConfig = z.infer<typeof webchatChannelSchema>;

/** A telephone line. Without `masterCsv` and `webhook` calls are written down by agents, imported, or told as JSON. */
export const phoneChannelConfigSchema = z
  .strictObject({
    ...genericConfigSchema.shape,
    ...phoneConfigSchema.shape,
    /** the least role that may listen to recordings; every time is written down */
    recordings: z.enum(['agent', 'supervisor', 'admin']).default('agent'),
  })
  .meta({ id: 'PhoneChannelConfig' });
export type PhoneChannelConfig = z.infer<typeof phoneChannelConfigSchema>;

/** The settings of each kind; core looks here rather than asking for the kind. */
export const channelConfigSchemas = {
  email: emailConfigSchema,
  whatsapp: whatsappConfigSchema,
  webchat: webchatChannelSchema,
  phone: phoneChannelConfigSchema,
} as const satisfies Record<ChannelKind, z.ZodType>;

/** Sections of the settings that make the adapter keep a connection open; without any of them there is only the ingress. */
export const liveSections: Record<ChannelKind, readonly string[]> = {
  email: ['imap'],
  whatsapp: ['web'],
  webchat: [],
  phone: ['masterCsv'],
};

/** Secrets, by path, without which a channel that has their section neither receives nor sends. */
export const neededSecrets: Record<ChannelKind, readonly string[]> = {
  email: [],
  whatsapp: ['cloud.accessToken', 'cloud.appSecret', 'cloud.verifyToken'],
  webchat: [],
  phone: ['webhook.secret'],
};

const createFields = { name: z.string().trim().min(1).max(120), enabled: z.boolean().default(true) };
export const createChannelSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('email'), ...createFields, config: emailConfigSchema.prefault({}) }),
    z.strictObject({
      kind: z.literal('whatsapp'),
      ...createFields,
      config: whatsappConfigSchema.prefault({}),
    }),
    z.strictObject({
      kind: z.literal('webchat'),
      ...createFields,
      config: webchatChannelSchema.prefault({}),
    }),
    z.strictObject({
      kind: z.literal('phone'),
      ...createFields,
      config: phoneChannelConfigSchema.prefault({}),
    }),
  ])
  .meta({ id: 'CreateChannel' });
export type CreateChannel = z.infer<typeof createChannelSchema>;

/** `config`, when given, replaces the whole config; a password left out keeps the stored one. */
export const updateChannelSchema = z
  .strictObject({
    name: createFields.name.optional(),
    enabled: z.boolean().optional(),
    config: z.record(z.string(), z.unknown()).optional(),
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateChannel' });
export type UpdateChannel = z.infer<typeof updateChannelSchema>;

/** Config as it is sent back: passwords are replaced by `hasPassword`. */
export const channelSchema = z
  .strictObject({
    id: idSchema,
    kind: channelKindSchema,
    name: z.string(),
    address: z.string().nullable(),
    enabled: z.boolean(),
    config: z.record(z.string(), z.unknown()),
    capabilities: capabilitiesSchema,
    status: channelStatusSchema,
    /** stable code of why it is not connected, e.g. `imap_auth_failed`; the console translates it */
    statusCode: z.string().nullable(),
    /** the server's own words, for the curious */
    statusDetail: z.string().nullable(),
    statusAt: instantSchema,
    version: z.number().int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Channel' });
export type Channel = z.infer<typeof channelSchema>;
export const channelPageSchema = page(channelSchema);

/** Test a connection before saving. `channelId` lends the stored passwords for fields left empty. */
export const testChannelSchema = z
  .strictObject({
    kind: channelKindSchema,
    config: z.record(z.string(), z.unknown()),
    channelId: idSchema.optional(),
  })
  .meta({ id: 'TestChannel' });
export type TestChannel = z.infer<typeof testChannelSchema>;

/** One line of a connection test, in the order in which it ran. */
export const connectionStepSchema = z.strictObject({
  /** what was tried: `imap_connect` `imap_login` `imap_mailbox` `smtp_connect` `smtp_login` */
  step: z.string(),
  ok: z.boolean(),
  ms: z.number().int(),
  /** stable code of the failure; the console has a sentence for each */
  code: z.string().nullable(),
  /** the server's own words */
  detail: z.string().nullable(),
  /** figures worth showing, e.g. `{messages: 1284, mailbox: "INBOX"}` */
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export const connectionReportSchema = z
  .strictObject({ ok: z.boolean(), steps: z.array(connectionStepSchema) })
  .meta({ id: 'ConnectionReport' });
export type ConnectionStep = z.infer<typeof connectionStepSchema>;
export type ConnectionReport = z.infer<typeof connectionReportSchema>;
