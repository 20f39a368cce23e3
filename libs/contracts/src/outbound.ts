import { z } from 'zod';
import { attachmentRefSchema, idSchema, instantSchema } from './primitives.js';
import { externalIdSchema, identityKindSchema, recipientSchema } from './inbound.js';
import { filledSignatureSchema } from './signatures.js';
import { chosenTemplateSchema } from './templates.js';

/** `uncertain`: the channel may or may not have taken it; not resent blindly (RFC 1047). */
export const deliveryStates = [
  'pending',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'uncertain',
] as const;
export const deliveryStateSchema = z.enum(deliveryStates);
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** What core hands to an adapter to send. The same `messageId` must always give the same external id. */
export const outboundMessageSchema = z.strictObject({
  messageId: idSchema,
  caseNumber: z.number().int(),
  /** signed case token; the adapter puts it where answers bring it back */
  token: z.string(),
  to: z.strictObject({ kind: identityKindSchema, value: z.string(), name: z.string().nullish() }),
  /** others who take part, already approved by core */
  others: z.array(recipientSchema).default([]),
  subject: z.string().nullish(),
  text: z.string(),
  html: z.string().nullish(),
  /** stands below the words, where the channel has such a thing; sanitised */
  signature: filledSignatureSchema.nullish(),
  /** external id of the message that the agent quotes; never to be taken from `thread` */
  quote: externalIdSchema.nullish(),
  /** goes out in the place of the text, which is what it reads like */
  template: chosenTemplateSchema.nullish(),
  attachments: z.array(attachmentRefSchema).default([]),
  thread: z.strictObject({
    conversation: externalIdSchema.nullish(),
    inReplyTo: externalIdSchema.nullish(),
    references: z.array(externalIdSchema).default([]),
  }),
  /** the name that the customer sees */
  agentName: z.string().nullish(),
  /** not written by a person: carries RFC 3834 marks and never answers automatic mail */
  automatic: z.boolean().default(false),
  createdAt: instantSchema,
  /** 1 for the first try */
  attempt: z.number().int().min(1),
});
export type OutboundMessage = z.infer<typeof outboundMessageSchema>;

const mailboxSchema = z.strictObject({ name: z.string(), address: z.string() });

/** What an adapter would send: just what `channel.send` of the same message makes of it. */
export const outboundPreviewSchema = z
  .strictObject({
    from: mailboxSchema,
    to: z.array(mailboxSchema),
    cc: z.array(mailboxSchema),
    /** where an answer goes, when not to `from` */
    replyTo: z.string().nullable(),
    subject: z.string(),
    /** all of the words, with what stands below them */
    text: z.string(),
    /** null: it goes as plain text alone */
    html: z.string().nullable(),
    attachments: z.array(z.strictObject({ name: z.string(), mediaType: z.string(), size: z.number().int() })),
  })
  .meta({ id: 'OutboundPreview' });
export type OutboundPreview = z.infer<typeof outboundPreviewSchema>;

export const sendResultSchema = z.strictObject({
  externalId: externalIdSchema,
  /** ids that belong to the thread from now on, the external id included */
  references: z.array(externalIdSchema).default([]),
  conversation: externalIdSchema.nullish(),
  /** the other side's words, e.g. the SMTP reply */
  detail: z.string().max(1000).nullish(),
});
export type SendResult = z.infer<typeof sendResultSchema>;

/** Adapter failures (DESIGN §7). */
export const channelErrorCodes = ['temporary', 'rejected', 'auth', 'ambiguous', 'window_closed'] as const;
export const channelErrorCodeSchema = z.enum(channelErrorCodes);
export type ChannelErrorCode = z.infer<typeof channelErrorCodeSchema>;

export const channelFailureSchema = z.strictObject({
  code: channelErrorCodeSchema,
  /** finer stable code for people, e.g. `smtp_recipient_refused`, `imap_auth_failed` */
  reason: z.string().max(100),
  detail: z.string().max(1000).nullable(),
  retryAfterMs: z.number().int().nullish(),
});
export type ChannelFailure = z.infer<typeof channelFailureSchema>;

export const sendOutcomeSchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), result: sendResultSchema }),
  z.strictObject({ ok: z.literal(false), failure: channelFailureSchema }),
]);
export type SendOutcome = z.infer<typeof sendOutcomeSchema>;
