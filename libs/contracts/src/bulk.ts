import { z } from 'zod';
import { caseStatusSchema, prioritySchema } from './cases.js';
import { idSchema, instantSchema } from './primitives.js';

/** Cases at a time. */
export const mostInBulk = 500;

const tagsSchema = z.array(z.string().trim().min(1).max(50)).max(50);
const reasonSchema = z.string().trim().min(1).max(500).optional();

export const bulkFieldsSchema = z
  .strictObject({
    status: caseStatusSchema.optional(),
    priority: prioritySchema.optional(),
    addTags: tagsSchema.optional(),
    removeTags: tagsSchema.optional(),
    snoozedUntil: instantSchema.nullable().optional(),
    /** null = nobody */
    agentId: idSchema.nullable().optional(),
    /** without `agentId` the cases wait for somebody of that team */
    teamId: idSchema.nullable().optional(),
  })
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), {
    message: 'say what is to be changed',
  });
export type BulkFields = z.infer<typeof bulkFieldsSchema>;

/** POST /cases/bulk: the same change to many cases. */
export const bulkChangeSchema = z
  .strictObject({
    caseIds: z.array(idSchema).min(1).max(mostInBulk),
    change: bulkFieldsSchema,
    /** stands in the history of each case that somebody else gets */
    reason: reasonSchema,
  })
  .meta({ id: 'BulkChange' });
export type BulkChange = z.infer<typeof bulkChangeSchema>;

/** POST /cases/moves: each case to somebody of its own, as a rebalance does. */
export const moveCasesSchema = z
  .strictObject({
    moves: z
      .array(z.strictObject({ caseId: idSchema, agentId: idSchema.nullable(), teamId: idSchema.optional() }))
      .min(1)
      .max(mostInBulk),
    reason: reasonSchema,
  })
  .meta({ id: 'MoveCases' });
export type MoveCases = z.infer<typeof moveCasesSchema>;

export const bulkResultSchema = z
  .strictObject({
    /** undoes it: POST /bulk/{id}/undo. null when nothing was changed */
    id: idSchema.nullable(),
    changed: z.array(idSchema),
    /** cases that were so already */
    unchanged: z.array(idSchema),
    /** codes as those of PATCH /cases/{id} */
    refused: z.array(z.strictObject({ caseId: idSchema, code: z.string() })),
  })
  .meta({ id: 'BulkResult' });
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const bulkUndoSchema = z
  .strictObject({
    changed: z.array(idSchema),
    /** cases that somebody changed since, in the very thing; they stay as they are */
    kept: z.array(idSchema),
  })
  .meta({ id: 'BulkUndo' });
export type BulkUndo = z.infer<typeof bulkUndoSchema>;

/** POST /bulk/{id}/reason: why the cases were moved, said after they were. */
export const bulkReasonSchema = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'BulkReason' });
export type BulkReason = z.infer<typeof bulkReasonSchema>;
export const bulkReasonedSchema = z
  .strictObject({
    /** in their history it stands now, and in the news of whoever got or lost them */
    told: z.array(idSchema),
    /** cases that somebody moved on since, or that were not moved at all */
    left: z.array(idSchema),
  })
  .meta({ id: 'BulkReasoned' });
export type BulkReasoned = z.infer<typeof bulkReasonedSchema>;

/** POST /agents/{id}/handover: all that somebody has not finished. */
export const handoverSchema = z
  .strictObject({
    /** null: each case waits for somebody of its team again */
    toId: idSchema.nullable(),
    reason: reasonSchema,
  })
  .meta({ id: 'Handover' });
export type Handover = z.infer<typeof handoverSchema>;
export const handedOverSchema = z
  .strictObject({
    /** cases that somebody else has now, or nobody */
    cases: z.number().int(),
    /** each undoes a part of it: POST /bulk/{id}/undo */
    bulkIds: z.array(idSchema),
  })
  .meta({ id: 'HandedOver' });
export type HandedOver = z.infer<typeof handedOverSchema>;
