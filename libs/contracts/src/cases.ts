import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { callbackSchema, callViewSchema } from './call-views.js';
import { channelKinds, channelKindSchema } from './channels.js';
import {
  automaticKindSchema,
  identityKindSchema,
  matchSchema,
  recipientSchema,
  senderProofSchema,
} from './inbound.js';
import { deliveryStateSchema } from './outbound.js';
import { chosenTemplateSchema } from './templates.js';
import { cursorQuery, idSchema, instantSchema, page, sha256Schema } from './primitives.js';

/** `open`: we owe an answer · `pending`: the customer does · `resolved`: done, reopened by a new message. */
export const caseStatuses = ['open', 'pending', 'resolved'] as const;
export const caseStatusSchema = z.enum(caseStatuses);
export type CaseStatus = z.infer<typeof caseStatusSchema>;

export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const prioritySchema = z.enum(priorities);
export type Priority = z.infer<typeof prioritySchema>;

/** A case as lists show it. Small on purpose: it also travels with every event. */
export const caseSummarySchema = z
  .strictObject({
    id: idSchema,
    number: z.number().int(),
    subject: z.string(),
    status: caseStatusSchema,
    priority: prioritySchema,
    assignee: agentRefSchema.nullable(),
    /** whose work it is, whether somebody of them has it or not */
    team: z.strictObject({ id: idSchema, name: z.string() }).nullable(),
    customer: z.strictObject({ id: idSchema, name: z.string().nullable(), address: z.string().nullable() }),
    channelKinds: z.array(channelKindSchema),
    tags: z.array(z.string()),
    /** first words of the newest message */
    preview: z.string(),
    /** first file of a newest message without words */
    previewFile: z.strictObject({ name: z.string(), mediaType: z.string() }).nullable(),
    /** who spoke last */
    lastDirection: z.enum(['inbound', 'outbound']).nullable(),
    messageCount: z.number().int(),
    /** since when the customer waits for an answer; null when he does not */
    waitingSince: instantSchema.nullable(),
    snoozedUntil: instantSchema.nullable(),
    /** the task to call the customer back; null when there is none */
    callback: callbackSchema.nullable(),
    lastMessageAt: instantSchema,
    createdAt: instantSchema,
    resolvedAt: instantSchema.nullable(),
    /** the case that it was merged into and that stands for it from then on; such cases are in no list */
    mergedInto: z.strictObject({ id: idSchema, number: z.number().int() }).nullable(),
    incident: z.strictObject({ id: idSchema, number: z.number().int(), title: z.string() }).nullable(),
    /** counts up with every change of the case; a merge or split lifts it above all that was seen of either case */
    version: z.number().int(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummarySchema>;
/** A list can be read in both directions, from anywhere. */
export const casePageSchema = page(caseSummarySchema).extend({
  /** given as `before` it leads back; null at the top */
  previousCursor: z.string().nullable(),
  /** of a search that nothing fits as it was typed: the words that were looked for instead */
  similar: z.array(z.string()),
});
export type CasePage = z.infer<typeof casePageSchema>;

/** One way to answer: a channel, an identity of the customer on it, and the thread that would go on. */
export const replyOptionSchema = z.strictObject({
  channelId: idSchema,
  channelName: z.string(),
  channelKind: channelKindSchema,
  channelAddress: z.string().nullable(),
  identityId: idSchema,
  address: z.string(),
  /** the one used when the agent chooses nothing */
  preferred: z.boolean(),
  /** null = can be used; else a stable code: `channel_disabled` `no_smtp` `undeliverable` `unproven` `window_closed` */
  blocked: z.string().nullable(),
  /** the sender of the newest message gave no proof, or its proof failed: warn before answering */
  caution: z.string().nullable(),
  /** until when free text can be sent; null = always. Past it `blocked` is `window_closed`, and templates still go */
  windowClosesAt: instantSchema.nullable(),
  /** under which the other side knows the conversation; null where the channel has no subjects */
  subject: z.string().nullish(),
});
export type ReplyOption = z.infer<typeof replyOptionSchema>;

export const caseSchema = caseSummarySchema
  .extend({
    replyOptions: z.array(replyOptionSchema),
    /** cases that were merged into this one: their numbers lead here */
    merged: z.array(z.strictObject({ id: idSchema, number: z.number().int(), subject: z.string() })),
    /** who hears of it though it is not his, those first who began first */
    followers: z.array(agentRefSchema),
  })
  .meta({ id: 'Case' });
export type CaseDetail = z.infer<typeof caseSchema>;

/**
 * `teams`: of the teams that one is in · `mentions`: in which a colleague named one, or whispered · `following` ·
 * `snoozed`: that come back by themselves later · `callback`: somebody waits to be called back, whatever their status
 */
export const caseViews = [
  'mine',
  'teams',
  'unassigned',
  'mentions',
  'following',
  'snoozed',
  'all',
  'callback',
] as const;
export const caseViewSchema = z.enum(caseViews);
export type CaseView = z.infer<typeof caseViewSchema>;

/** Values of one kind with commas between them: `high,urgent`. Any of them is meant. */
const anyOf = (values: readonly [string, ...string[]]) =>
  z.string().regex(new RegExp(`^(${values.join('|')})(,(${values.join('|')}))*$`));

export const caseSorts = ['newest', 'oldest', 'waiting'] as const;
/** What a list of cases can be narrowed by; each further field narrows it more. */
export const caseFilterFields = {
  view: caseViewSchema.default('all'),
  status: z.union([caseStatusSchema, z.literal('all')]).default('all'),
  /** `me`: whoever asks · `none`: nobody */
  assignee: z.union([idSchema, z.enum(['me', 'none'])]).optional(),
  team: z.union([idSchema, z.literal('none')]).optional(),
  channel: idSchema.optional(),
  /** kinds of channel that occur in it, e.g. `whatsapp,phone` */
  kind: anyOf(channelKinds).optional(),
  /** e.g. `high,urgent` */
  priority: anyOf(priorities).optional(),
  tag: z.string().trim().min(1).max(50).optional(),
  /** the customer has waited for an answer at least so long */
  waitingMinutes: z.coerce.number().int().min(1).max(525_600).optional(),
  customer: idSchema.optional(),
  /** words in subject and messages, `#number`, name or address of the customer */
  q: z.string().trim().max(200).optional(),
  /** `waiting`: who waits longest first, for an answer or, in the view `callback`, for our call */
  sort: z.enum(caseSorts).default('newest'),
};
export const listCasesQuery = z.strictObject({
  ...caseFilterFields,
  ...cursorQuery,
  /** in the place of `cursor`: the rows just above it */
  before: cursorQuery.cursor,
  /** in the place of both: how many rows stand above the page. It costs as much as reading them: for a jump, not for the way on */
  offset: z.coerce.number().int().min(0).max(1_000_000).optional(),
});
export type ListCases = z.infer<typeof listCasesQuery>;

/** Until service levels say more: who has waited so long for an answer is about to be lost. */
export const riskMinutes = 60;

/** GET /cases/total: how many cases a list holds. */
export const caseTotalQuery = z.strictObject(caseFilterFields);
export type CaseTotalQuery = z.infer<typeof caseTotalQuery>;
export const caseTotalSchema = z
  .strictObject({
    total: z.number().int(),
    /** there are more: it was counted no further */
    capped: z.boolean(),
  })
  .meta({ id: 'CaseTotal' });
export type CaseTotal = z.infer<typeof caseTotalSchema>;

/** GET /cases/ids: the cases of a list by their names only, in its order, for a change of all of them. */
export const caseIdsQuery = z.strictObject({
  ...caseFilterFields,
  cursor: cursorQuery.cursor,
  limit: z.coerce.number().int().min(1).max(5_000).default(5_000),
});
export type CaseIdsQuery = z.infer<typeof caseIdsQuery>;
export const caseNameSchema = z
  .strictObject({ id: idSchema, number: z.number().int() })
  .meta({ id: 'CaseName' });
export type CaseName = z.infer<typeof caseNameSchema>;
export const caseNamePageSchema = page(caseNameSchema);

/** GET /cases/counts: open cases per view, counted up to 1,000. */
export const caseCountsSchema = z
  .strictObject({
    mine: z.number().int(),
    teams: z.number().int(),
    unassigned: z.number().int(),
    mentions: z.number().int(),
    following: z.number().int(),
    snoozed: z.number().int(),
    all: z.number().int(),
    /** to be called back, whatever their status */
    callback: z.number().int(),
    /** whose customer has waited for an answer for `riskMinutes` */
    atRisk: z.number().int(),
    /** by team: those that one is in, for supervisors all */
    queues: z.record(idSchema, z.number().int()),
    /** by saved view: mine and shared ones of work that is left; none that looks for words, or also lists what is done */
    views: z.record(idSchema, z.number().int()),
    capped: z.boolean(),
  })
  .meta({ id: 'CaseCounts' });
export type CaseCounts = z.infer<typeof caseCountsSchema>;

export const updateCaseSchema = z
  .strictObject({
    status: caseStatusSchema.optional(),
    priority: prioritySchema.optional(),
    subject: z.string().trim().min(1).max(1000).optional(),
    tags: z.array(z.string().trim().min(1).max(50)).max(50).optional(),
    snoozedUntil: instantSchema.nullable().optional(),
    /** nobody has to be called back any more */
    callbackDone: z.literal(true).optional(),
    /** the version that the agent saw; a stale one is refused with 409 and the current case */
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateCase' });
export type UpdateCase = z.infer<typeof updateCaseSchema>;

export const assignCaseSchema = z
  .strictObject({
    agentId: idSchema.nullable().optional(),
    /** without `agentId` the case waits for somebody of that team */
    teamId: idSchema.nullable().optional(),
    version: z.number().int(),
    /** why, in words; it stands in the history of the case */
    reason: z.string().trim().min(1).max(500).optional(),
  })
  .meta({ id: 'AssignCase' });
export type AssignCase = z.infer<typeof assignCaseSchema>;

/** A file uploaded before with POST /attachments. */
export const uploadSchema = z
  .strictObject({
    sha256: sha256Schema,
    name: z.string().min(1).max(255),
    mediaType: z.string().max(255),
    size: z.number().int(),
  })
  .meta({ id: 'Upload' });
export type Upload = z.infer<typeof uploadSchema>;

export const createReplySchema = z
  .strictObject({
    text: z.string().max(200_000),
    html: z.string().max(500_000).optional(),
    channelId: idSchema.optional(),
    identityId: idSchema.optional(),
    attachments: z.array(uploadSchema).max(50).default([]),
    /** a message of this case and channel to quote */
    quoteId: idSchema.optional(),
    /** in the place of the text, which must then be empty */
    template: chosenTemplateSchema.optional(),
    /** status after sending, in the same step */
    status: caseStatusSchema.optional(),
    /** the version that the agent saw; when the customer or a colleague wrote since, 409 `case_changed` */
    version: z.number().int().optional(),
  })
  .refine((r) => r.text.trim() !== '' || r.attachments.length > 0 || r.template !== undefined, {
    path: ['text'],
    message: 'text, attachments or a template needed',
  })
  .refine((r) => r.template === undefined || (r.text.trim() === '' && r.html === undefined), {
    path: ['template'],
    message: 'a template has its own text',
  })
  .meta({ id: 'CreateReply' });
export type CreateReply = z.infer<typeof createReplySchema>;

export const createNoteSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(200_000),
    attachments: z.array(uploadSchema).max(50).default([]),
    /** colleagues who are told that they stand in it */
    mentions: z.array(idSchema).max(50).default([]),
    /** a whisper: only this colleague sees it, and whoever wrote it */
    toAgentId: idSchema.nullable().default(null),
    /** an answer that was begun and will not be given: nobody is told of it */
    draft: z.boolean().default(false),
  })
  .refine(({ mentions, toAgentId }) => toAgentId === null || mentions.length === 0, {
    path: ['mentions'],
    message: 'a whisper is for one',
  })
  .meta({ id: 'CreateNote' });
export type CreateNote = z.infer<typeof createNoteSchema>;

/**
 * 409 `case_changed` carries the case as it is now, and beside its fields as `meanwhile` what others did since the version
 * that was seen, oldest first.
 */
export const meanwhileSchema = z
  .strictObject({
    /** of an event; `held_reply.changed`: an answer of a colleague is about to leave */
    type: z.string(),
    at: instantSchema,
    /** null: the customer, or nobody of ours */
    actor: agentRefSchema.nullable(),
    /** the message or note */
    itemId: idSchema.nullable(),
  })
  .meta({ id: 'Meanwhile' });
export type Meanwhile = z.infer<typeof meanwhileSchema>;

export const attachmentSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    mediaType: z.string(),
    size: z.number().int(),
    sha256: sha256Schema,
    inline: z.boolean(),
    contentId: z.string().nullable(),
    /** relative, needs a session */
    url: z.string(),
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof attachmentSchema>;

const itemBase = { id: idSchema, caseId: idSchema, at: instantSchema };

/** What a message quotes, as far as it is here. */
export const timelineQuoteSchema = z.strictObject({
  /** null when that message never came in */
  messageId: idSchema.nullable(),
  direction: z.enum(['inbound', 'outbound']).nullable(),
  /** who wrote it */
  name: z.string().nullable(),
  /** its first words; empty when it has only files */
  text: z.string(),
  /** of its first file */
  mediaType: z.string().nullable(),
});
export type TimelineQuote = z.infer<typeof timelineQuoteSchema>;

/** What happened to a message after it was sent, oldest first. Its own words stay what they were. */
export const messageChangeSchema = z.strictObject({
  type: z.enum(['edited', 'revoked', 'reacted']),
  at: instantSchema,
  /** `customer`: the other side; `own`: ours, on the phone */
  side: z.enum(['customer', 'own']),
  name: z.string().nullable(),
  /** of `edited`: the new words */
  text: z.string().nullable(),
  /** of `reacted`; a reaction that was taken away is left out */
  emoji: z.string().nullable(),
});
export type MessageChange = z.infer<typeof messageChangeSchema>;

export const timelineMessageSchema = z
  .strictObject({
    type: z.literal('message'),
    ...itemBase,
    direction: z.enum(['inbound', 'outbound']),
    channelId: idSchema,
    channelKind: channelKindSchema,
    externalId: z.string().nullable(),
    threadId: idSchema,
    customerId: idSchema,
    from: z.strictObject({
      kind: identityKindSchema,
      value: z.string(),
      name: z.string().nullable(),
      proof: senderProofSchema.nullable(),
      evidence: z.array(z.string()),
    }),
    recipients: z.array(recipientSchema),
    /** null also for what was written on the company's own phone */
    agent: agentRefSchema.nullable(),
    sentAt: instantSchema,
    subject: z.string().nullable(),
    text: z.string(),
    quoted: z.string().nullable(),
    html: z.string().nullable(),
    quote: timelineQuoteSchema.nullable(),
    changes: z.array(messageChangeSchema),
    /** name of the template that an answer was made of */
    template: z.string().nullable(),
    attachments: z.array(attachmentSchema),
    /** the telephone call that this is; `text` tells it in words */
    call: callViewSchema.nullable(),
    automatic: automaticKindSchema.nullable(),
    match: matchSchema.nullable(),
    /** outbound only */
    state: deliveryStateSchema.nullable(),
    /** stable code of the failure, and the other side's words */
    stateReason: z.string().nullable(),
    stateDetail: z.string().nullable(),
    stateAt: instantSchema.nullable(),
    /** a bounce that came back for this message */
    bouncedBy: idSchema.nullable(),
    /** this answer is one that the chat shows already, sent on by mail because the visitor had left */
    copyOf: idSchema.nullish(),
    /** what stood below the words of an answer when it went out */
    signature: z.string().nullish(),
    warnings: z.array(z.string()),
    /** the original can be fetched at /messages/{id}/raw */
    hasRaw: z.boolean(),
    /** counts up with each change of state */
    version: z.number().int(),
  })
  .meta({ id: 'TimelineMessage' });
export type TimelineMessage = z.infer<typeof timelineMessageSchema>;

export const timelineNoteSchema = z
  .strictObject({
    type: z.literal('note'),
    ...itemBase,
    agent: agentRefSchema,
    text: z.string(),
    /** an answer that he had begun when the case was taken from him */
    draft: z.boolean(),
    mentions: z.array(agentRefSchema),
    /** of a whisper: whom it is for; nobody else gets it */
    to: agentRefSchema.nullable(),
    attachments: z.array(attachmentSchema),
  })
  .meta({ id: 'TimelineNote' });

/** What happened to the case: opened, assigned, status changed. `event` is a name of `eventContracts`. */
export const timelineEventSchema = z
  .strictObject({
    type: z.literal('event'),
    ...itemBase,
    event: z.string(),
    actor: agentRefSchema.nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEvent' });

export const timelineItemSchema = z.discriminatedUnion('type', [
  timelineMessageSchema,
  timelineNoteSchema,
  timelineEventSchema,
]);
export type TimelineItem = z.infer<typeof timelineItemSchema>;
/** Oldest first; without a cursor the newest page, `nextCursor` leads to older items. */
export const timelinePageSchema = page(timelineItemSchema);
export const timelineQuery = z.strictObject(cursorQuery);
