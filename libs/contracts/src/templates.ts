import { z } from 'zod';

/** One blank of a template. */
export const templateBlankSchema = z.strictObject({
  /** `body.1`, `body.name`, `header.1`, `header.media`, `button.0` */
  key: z.string(),
  /** what is not text is filled with the one file of the answer */
  kind: z.enum(['text', 'image', 'video', 'document']),
  /** what the channel was shown when it was approved */
  example: z.string().nullable(),
});
export type TemplateBlank = z.infer<typeof templateBlankSchema>;

/** A text that the channel has approved beforehand, as people choose it. GET /channels/{id}/templates */
export const templateSchema = z
  .strictObject({
    name: z.string(),
    language: z.string(),
    category: z.string(),
    header: z.string().nullable(),
    body: z.string(),
    footer: z.string().nullable(),
    buttons: z.array(z.string()),
    blanks: z.array(templateBlankSchema),
  })
  .meta({ id: 'Template' });
export type Template = z.infer<typeof templateSchema>;
export const templateListSchema = z.strictObject({ items: z.array(templateSchema) });

/** A template chosen for an answer. `values` by key of blank; media blanks have none. */
export const chosenTemplateSchema = z.strictObject({
  name: z.string().min(1).max(512),
  language: z.string().min(1).max(20),
  values: z.record(z.string().max(100), z.string().max(1000)).default({}),
});
export type ChosenTemplate = z.infer<typeof chosenTemplateSchema>;
