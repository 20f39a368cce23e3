import { z } from 'zod';
import { uploadSchema } from './cases.js';
import { idSchema, instantSchema } from './primitives.js';

/** What it is a draft of: `note`, or `reply`, or `reply:` and the channel that it is meant for. */
export const draftSlotSchema = z.string().regex(/^(note|reply(:[0-9a-f-]{36})?)$/);

/** What an agent has written and not sent. */
export const draftBodySchema = z
  .strictObject({
    text: z.string().max(200_000),
    html: z.string().max(500_000).optional(),
    attachments: z.array(uploadSchema).max(50).default([]),
    quoteId: idSchema.nullable().default(null),
    /** version of the case when he began */
    version: z.number().int().nullable().default(null),
    /** instant of what was newest in the case when he began */
    seenAt: instantSchema.nullish(),
    /** of a note: the only colleague whom it is for */
    toAgentId: idSchema.nullish(),
  })
  .meta({ id: 'DraftBody' });
export type DraftBody = z.infer<typeof draftBodySchema>;

export const draftSchema = z
  .strictObject({ slot: draftSlotSchema, body: draftBodySchema, savedAt: instantSchema })
  .meta({ id: 'Draft' });
export type Draft = z.infer<typeof draftSchema>;
export const draftListSchema = z.strictObject({ items: z.array(draftSchema) });

/** PUT /cases/{ref}/drafts/{slot} */
export const saveDraftSchema = z
  .strictObject({
    body: draftBodySchema,
    /** when it was written, by the browser's clock; an older one than is kept here changes nothing */
    savedAt: instantSchema,
  })
  .meta({ id: 'SaveDraft' });
export type SaveDraft = z.infer<typeof saveDraftSchema>;
