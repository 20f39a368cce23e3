import { z } from 'zod';
import { callRecordSchema } from './calls.js';
import { attachmentRefSchema, blobRefSchema, idSchema, instantSchema } from './primitives.js';

export const identityKinds = ['email', 'phone', 'whatsapp', 'lid', 'bsuid', 'visitor', 'external'] as const;
export const identityKindSchema = z.enum(identityKinds);
export type IdentityKind = z.infer<typeof identityKindSchema>;

/** Level of proof that a stored identity belongs to its customer (DESIGN §4). */
export const proofSchema = z.enum(['verified', 'claimed']);
export type Proof = z.infer<typeof proofSchema>;

/** Proof of one message's sender. `failed`: the sender's own domain disowns the message (DMARC fail). */
export const senderProofSchema = z.enum(['verified', 'claimed', 'failed']);
export type SenderProof = z.infer<typeof senderProofSchema>;

export const automaticKinds = [
  'auto_reply',
  'bounce',
  'feedback_report',
  'receipt',
  'list',
  'newsletter',
] as const;
export const automaticKindSchema = z.enum(automaticKinds);
export type AutomaticKind = z.infer<typeof automaticKindSchema>;

/** A further address of the same sender: the phone behind a `@lid`, what a signed widget identity or a form says. */
export const furtherAddressSchema = z.strictObject({
  kind: identityKindSchema,
  value: z.string().min(1).max(320),
  /** `verified` only when the channel itself vouches for it; what somebody typed is `claimed` */
  proof: proofSchema.default('claimed'),
  /** where it comes from, a short stable word: `form` `signed_identity` `lid_mapping` … */
  source: z.string().min(1).max(50).default('sender'),
});
export type FurtherAddress = z.infer<typeof furtherAddressSchema>;

export const senderSchema = z.strictObject({
  kind: identityKindSchema,
  /** verbatim, as the channel wrote it; core normalises */
  value: z.string().min(1).max(320),
  name: z.string().max(255).nullish(),
  proof: senderProofSchema.default('claimed'),
  /** why, in short stable words: `dmarc=pass by mx.example.com` */
  evidence: z.array(z.string().max(500)).max(20).default([]),
  also: z.array(furtherAddressSchema).max(10).optional(),
});
export type Sender = z.infer<typeof senderSchema>;

export const recipientSchema = z.strictObject({
  role: z.enum(['to', 'cc', 'bcc', 'reply_to']),
  kind: identityKindSchema,
  value: z.string().min(1).max(320),
  name: z.string().max(255).nullish(),
});
export type Recipient = z.infer<typeof recipientSchema>;

/** An id of the channel's own: a Message-ID without brackets, a WhatsApp id. Longer ones are given as `sha256:<hex>`. */
export const externalIdSchema = z.string().min(1).max(255);

export const threadHintsSchema = z.strictObject({
  /** the channel's own conversation, where it has one: chat id, session id, call id */
  conversation: externalIdSchema.nullish(),
  /** ids that this message answers or belongs to, oldest first */
  references: z.array(externalIdSchema).max(200).default([]),
  /** the one it answers directly; also the last of `references` when known */
  inReplyTo: externalIdSchema.nullish(),
  /** our own signed case tokens found in addresses or ids; core checks the signatures */
  tokens: z.array(z.string().max(120)).max(20).default([]),
  /** the sender passed an older message on to us: a new matter, unless it is its own thread */
  forwarded: z.boolean().default(false),
});

/** What a bounce is about (RFC 3464). */
export const bounceSchema = z.strictObject({
  /** ids of the message that bounced, as far as the report holds them */
  about: z.array(externalIdSchema).max(20),
  tokens: z.array(z.string().max(120)).max(20).default([]),
  recipient: z.string().max(320).nullable(),
  /** enhanced status code, e.g. `5.1.1` */
  status: z.string().max(20).nullable(),
  permanent: z.boolean(),
  diagnostic: z.string().max(2000).nullable(),
});
export type Bounce = z.infer<typeof bounceSchema>;

/** One message as every channel delivers it to core (DESIGN §3.1). Serialisable; bytes stand in the blob store. */
export const normalizedMessageSchema = z
  .strictObject({
    channelId: idSchema,
    /** unique within the channel, the same for every delivery of the same message */
    externalId: externalIdSchema,
    thread: threadHintsSchema.prefault({}),
    sender: senderSchema,
    recipients: z.array(recipientSchema).max(500).default([]),
    /** when the sender says that it was sent */
    sentAt: instantSchema,
    subject: z.string().max(1000).nullish(),
    /** newly written words only, always legible; may be empty when there are only files */
    text: z.string().max(2_000_000),
    /** the message that the sender chose to quote, where a chat has such a thing */
    quote: externalIdSchema.nullish(),
    /** what was folded away: quoted history and signature */
    quoted: z.string().max(2_000_000).nullish(),
    /** sanitised by the adapter through `libs/channel/html`; sanitised again for JSON from outside */
    html: z.string().max(5_000_000).nullish(),
    attachments: z.array(attachmentRefSchema).max(1000).default([]),
    automatic: automaticKindSchema.nullish(),
    bounce: bounceSchema.nullish(),
    /** the telephone call that this stands for; `text` tells it in words */
    call: callRecordSchema.nullish(),
    /** brought in long after it happened: nobody has to do anything about it any more */
    history: z.boolean().optional(),
    raw: blobRefSchema.nullish(),
    /** things that a reader should know: `parts_over_limit`, `charset_guessed`, … */
    warnings: z.array(z.string().max(100)).max(20).default([]),
  })
  .meta({ id: 'NormalizedMessage' });
export type NormalizedMessage = z.infer<typeof normalizedMessageSchema>;

const aboutMessage = {
  channelId: idSchema,
  /** the message that it happened to; it may not have come in yet */
  externalId: externalIdSchema,
  /** who did it; null when the channel does not say */
  by: senderSchema.nullable(),
  at: instantSchema,
};
/** What happens to a message after it was sent, and what our own side wrote past Loket. May be told any number of times. */
export const inboundEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('edited'), ...aboutMessage, text: z.string().max(2_000_000) }),
  /** taken back for everyone */
  z.strictObject({ type: z.literal('revoked'), ...aboutMessage }),
  /** one reaction a person; null takes it away */
  z.strictObject({ type: z.literal('reacted'), ...aboutMessage, emoji: z.string().max(64).nullable() }),
  /** written on the company's own phone; `message.sender` is the account, `to` the customer when the channel tells */
  z.strictObject({
    type: z.literal('sent_elsewhere'),
    message: normalizedMessageSchema,
    to: senderSchema.nullable(),
  }),
]);
export type InboundEvent = z.infer<typeof inboundEventSchema>;

/** Body of the JSON ingress: the channel stands in the URL, and a plain message needs only these five fields. */
export const inboundJsonSchema = normalizedMessageSchema
  .extend({ channelId: idSchema.optional() })
  .meta({ id: 'InboundMessage' });
export type InboundJson = z.infer<typeof inboundJsonSchema>;

/** DESIGN §5. The number of the rule stands in `matchRules`. */
export const matchRules = {
  duplicate_delivery: 1,
  signed_token: 2,
  thread_reference: 3,
  case_number: 4,
  bounced_original: 5,
  same_conversation: 6,
  duplicate_text: 7,
  new_case: 0,
} as const;
export type MatchRule = keyof typeof matchRules;
export const matchRuleSchema = z.enum(Object.keys(matchRules) as [MatchRule, ...MatchRule[]]);

/** One reason, as a stable code with figures; the console has a sentence for each code. */
export const evidenceSchema = z.strictObject({
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const matchSchema = z
  .strictObject({ rule: matchRuleSchema, score: z.number().min(0).max(1), evidence: z.array(evidenceSchema) })
  .meta({ id: 'Match' });
export type Match = z.infer<typeof matchSchema>;

/**
 * Answer of intake, after commit. Ids are null for quarantined messages, and where an original was taken that tells no
 * message: a telephone that rings.
 */
export const intakeResultSchema = z
  .strictObject({
    status: z.enum(['accepted', 'duplicate', 'quarantined']),
    messageId: idSchema.nullable(),
    caseId: idSchema.nullable(),
    caseNumber: z.number().int().nullable(),
    customerId: idSchema.nullable(),
    match: matchSchema.nullable(),
    /** when quarantined */
    quarantineId: idSchema.nullish(),
    reason: z.string().nullish(),
  })
  .meta({ id: 'IntakeResult' });
export type IntakeResult = z.infer<typeof intakeResultSchema>;
