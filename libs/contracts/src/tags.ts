import { z } from 'zod';
import { idSchema, instantSchema } from './primitives.js';

/** A tag is one word or a few, as it stands on cases. */
export const tagNameSchema = z.string().trim().min(1).max(50);

/** Hues that the console has in both themes; red and amber mean time there, and nothing else. */
export const tagColours = ['grey', 'teal', 'blue', 'violet', 'green', 'orange'] as const;
export const tagColourSchema = z.enum(tagColours);
export type TagColour = z.infer<typeof tagColourSchema>;

/** A tag that the company has agreed on. Cases hold its name alone, so that free words may stand beside it. */
export const tagSchema = z
  .strictObject({
    id: idSchema,
    /** unique, whatever the case of its letters */
    name: tagNameSchema,
    colour: tagColourSchema,
    /** when it is to be used, in a few words */
    description: z.string(),
    /** offered no more; cases keep it */
    archived: z.boolean(),
    /** cases still come over from another name */
    updating: z.boolean(),
    version: z.number().int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Tag' });
export type Tag = z.infer<typeof tagSchema>;
export const tagListSchema = z.strictObject({ items: z.array(tagSchema) });

const descriptionSchema = z.string().trim().max(200);

export const createTagSchema = z
  .strictObject({
    name: tagNameSchema,
    colour: tagColourSchema.default('grey'),
    description: descriptionSchema.default(''),
  })
  .meta({ id: 'CreateTag' });
export type CreateTag = z.infer<typeof createTagSchema>;

/** Another name goes to all cases that have the tag, in the background. */
export const updateTagSchema = z
  .strictObject({
    name: tagNameSchema.optional(),
    colour: tagColourSchema.optional(),
    description: descriptionSchema.optional(),
    archived: z.boolean().optional(),
    /** the version that was seen; a stale one is refused with 409 `version_conflict` and the tag as it is */
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateTag' });
export type UpdateTag = z.infer<typeof updateTagSchema>;

/** POST /tags/{id}/merge: cases get the other tag instead, and this one is gone. */
export const mergeTagSchema = z.strictObject({ intoId: idSchema }).meta({ id: 'MergeTag' });
export type MergeTag = z.infer<typeof mergeTagSchema>;

/** GET /tags/usage: every word that stands on a case, agreed on or not. */
export const tagUsageSchema = z
  .strictObject({
    name: z.string(),
    cases: z.number().int(),
    /** of these, not done yet */
    open: z.number().int(),
  })
  .meta({ id: 'TagUsage' });
export type TagUsage = z.infer<typeof tagUsageSchema>;
export const tagUsageListSchema = z.strictObject({ items: z.array(tagUsageSchema) });
