import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseStatusSchema, createReplySchema, uploadSchema } from './cases.js';
import { channelKindSchema } from './channels.js';
import { idSchema, instantSchema } from './primitives.js';

/**
 * `held`: it leaves in some seconds, unless it is taken back · `scheduled`: it leaves at a chosen time · `kept_back`: its
 * time came and something stood against it, so a person decides
 */
export const heldStates = ['held', 'scheduled', 'kept_back'] as const;
export const heldStateSchema = z.enum(heldStates);
export type HeldState = z.infer<typeof heldStateSchema>;

/** What to do when its time comes and the customer, or a colleague, has written since. */
export const onNewsSchema = z.enum(['keep_back', 'send']);
export type OnNews = z.infer<typeof onNewsSchema>;

/** POST /cases/{ref}/held-replies: an answer that leaves later. */
export const holdReplySchema = z
  .strictObject({
    reply: createReplySchema,
    /** seconds in which it can be taken back */
    holdSeconds: z.number().int().min(1).max(120).optional(),
    /** or when it leaves; at most a year ahead */
    sendAt: instantSchema.optional(),
    onNews: onNewsSchema.optional(),
  })
  .refine(({ holdSeconds, sendAt }) => (holdSeconds === undefined) !== (sendAt === undefined), {
    path: ['sendAt'],
    message: 'either holdSeconds or sendAt',
  })
  .refine(({ reply }) => reply.template === undefined, {
    path: ['reply', 'template'],
    message: 'a template goes at once',
  })
  .meta({ id: 'HoldReply' });
export type HoldReply = z.infer<typeof holdReplySchema>;

/** An answer that has been accepted and has not left. It becomes the message of the same id. */
export const heldReplySchema = z
  .strictObject({
    id: idSchema,
    caseId: idSchema,
    agent: agentRefSchema,
    channelId: idSchema,
    channelKind: channelKindSchema,
    identityId: idSchema,
    address: z.string(),
    text: z.string(),
    html: z.string().nullable(),
    attachments: z.array(uploadSchema),
    quoteId: idSchema.nullable(),
    /** of the case, when it leaves */
    status: caseStatusSchema.nullable(),
    state: heldStateSchema,
    /** of `kept_back`: `customer_wrote` `colleague_wrote` `case_resolved`, or why it could not be sent */
    reason: z.string().nullable(),
    sendAt: instantSchema,
    onNews: onNewsSchema,
    /** what would keep it back now */
    news: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'HeldReply' });
export type HeldReply = z.infer<typeof heldReplySchema>;
/** What leaves first, first. */
export const heldReplyListSchema = z.strictObject({ items: z.array(heldReplySchema) });

/** PATCH /held-replies/{id}: another time. What was kept back waits again. */
export const rescheduleReplySchema = z
  .strictObject({ sendAt: instantSchema, onNews: onNewsSchema.optional() })
  .meta({ id: 'RescheduleReply' });
export type RescheduleReply = z.infer<typeof rescheduleReplySchema>;
