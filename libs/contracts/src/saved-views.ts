import { z } from 'zod';
import { caseFilterFields } from './cases.js';
import { idSchema } from './primitives.js';

/** What a saved view shows: the fields of GET /cases, of no customer in particular. */
const { customer: _, ...filterFields } = caseFilterFields;
export const savedFilterSchema = z.strictObject(filterFields).meta({ id: 'SavedFilter' });
export type SavedFilter = z.infer<typeof savedFilterSchema>;

const fields = {
  name: z.string().trim().min(1).max(60),
  filter: savedFilterSchema,
  /** everybody sees it; only supervisors share */
  shared: z.boolean(),
};
export const savedViewSchema = z
  .strictObject({ id: idSchema, ...fields, ownerId: idSchema, version: z.number().int() })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedViewSchema>;
/** Mine in my order, then those that others share. */
export const savedViewListSchema = z.strictObject({ items: z.array(savedViewSchema) });

export const createSavedViewSchema = z
  .strictObject({ ...fields, shared: fields.shared.default(false) })
  .meta({ id: 'CreateSavedView' });
export type CreateSavedView = z.infer<typeof createSavedViewSchema>;
export const updateSavedViewSchema = z
  .strictObject({
    name: fields.name.optional(),
    filter: fields.filter.optional(),
    shared: fields.shared.optional(),
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateSavedView' });
export type UpdateSavedView = z.infer<typeof updateSavedViewSchema>;

/** PUT /views/order: mine, as they are to stand. What is left out stands after them, as before. */
export const orderSavedViewsSchema = z
  .strictObject({ ids: z.array(idSchema).max(100) })
  .meta({ id: 'OrderSavedViews' });
