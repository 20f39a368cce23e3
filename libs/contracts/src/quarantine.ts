import { z } from 'zod';
import { cursorQuery, idSchema, instantSchema, page } from './primitives.js';

export const quarantineEntrySchema = z
  .strictObject({
    id: idSchema,
    channelId: idSchema,
    channelName: z.string(),
    /** stable code; the console has a sentence for each */
    code: z.string(),
    reason: z.string(),
    attempts: z.number().int(),
    /** what little is known: subject and sender, when they could be read */
    subject: z.string().nullable(),
    from: z.string().nullable(),
    size: z.number().int().nullable(),
    hasRaw: z.boolean(),
    createdAt: instantSchema,
    lastTriedAt: instantSchema,
    state: z.enum(['waiting', 'replayed', 'dismissed']),
    messageId: idSchema.nullable(),
    caseId: idSchema.nullable(),
  })
  .meta({ id: 'QuarantineEntry' });
export type QuarantineEntry = z.infer<typeof quarantineEntrySchema>;
export const quarantinePageSchema = page(quarantineEntrySchema);
export const listQuarantineQuery = z.strictObject({
  state: z.enum(['waiting', 'replayed', 'dismissed']).default('waiting'),
  ...cursorQuery,
});
