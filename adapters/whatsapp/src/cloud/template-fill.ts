import { z } from 'zod';
import { fail } from './send-failure.js';

const parameterSchema = z.strictObject({
  type: z.enum(['text', 'payload', 'image', 'video', 'document']),
  text: z.string().optional(),
  payload: z.string().optional(),
  parameter_name: z.string().optional(),
  image: z.strictObject({ id: z.string() }).optional(),
  video: z.strictObject({ id: z.string() }).optional(),
  document: z.strictObject({ id: z.string(), filename: z.string().optional() }).optional(),
});
type Parameter = z.infer<typeof parameterSchema>;

/** A template with its blanks filled, as the Cloud API wants it. */
export const filledTemplateSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  language: z.strictObject({ code: z.string().min(2).max(20) }),
  components: z
    .array(
      z.strictObject({
        type: z.enum(['header', 'body', 'button']),
        sub_type: z.enum(['url', 'quick_reply']).optional(),
        index: z.string().optional(),
        parameters: z.array(parameterSchema),
      }),
    )
    .optional(),
});
export type FilledTemplate = z.infer<typeof filledTemplateSchema>;

/** One blank of a template. */
export interface TemplateBlank {
  /** `body.1`, `body.name`, `header.1`, `header.media`, `button.0` */
  key: string;
  kind: 'text' | 'image' | 'video' | 'document';
  /** what Meta was shown when it was approved */
  example: string | null;
}

/** A template as people choose it. */
export interface Template {
  name: string;
  language: string;
  category: string;
  header: string | null;
  body: string;
  footer: string | null;
  buttons: string[];
  blanks: TemplateBlank[];
}

const blankForm = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names of the blanks of a text: numbered ones by number, as Meta counts parameters, others as they first stand there. */
export function blanksOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(blankForm)].map(([, name = '']) => name))];
  return names.every((name) => /^\d+$/.test(name)) ? names.toSorted((a, b) => Number(a) - Number(b)) : names;
}

/**
 * Fills a template.
 *
 * @param values by key of blank; of media blanks the id of an uploaded file
 * @throws ChannelError `whatsapp_template_value_missing`, with the key as detail
 */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>): FilledTemplate {
  const parameters = (prefix: string): Parameter[] =>
    template.blanks
      .filter(({ key }) => key.startsWith(`${prefix}.`))
      .map(({ key, kind }) => parameter(kind, key.slice(prefix.length + 1), valueOf(values, key)));
  const components: NonNullable<FilledTemplate['components']> = [];
  for (const type of ['header', 'body'] as const) {
    if (parameters(type).length > 0) components.push({ type, parameters: parameters(type) });
  }
  for (const { key } of template.blanks.filter(({ key: k }) => k.startsWith('button.'))) {
    const text = valueOf(values, key);
    components.push({
      type: 'button',
      sub_type: 'url',
      index: key.slice('button.'.length),
      parameters: [{ type: 'text', text }],
    });
  }
  const { name, language } = template;
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

/** The words that the customer will see, for the timeline. */
export function renderTemplate(template: Template, values: Readonly<Record<string, string>>): string {
  const put = (part: string, prefix: string): string =>
    part.replace(blankForm, (blank, name: string) => values[`${prefix}.${name}`] ?? blank);
  return [template.header && put(template.header, 'header'), put(template.body, 'body'), template.footer]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}

function valueOf(values: Readonly<Record<string, string>>, key: string): string {
  // Meta refuses line ends, tabs and long gaps inside a blank (132018).
  const value = values[key]?.replace(/\s+/g, ' ').trim();
  if (!value) throw fail('rejected', 'whatsapp_template_value_missing', { detail: key });
  return value.toWellFormed();
}

function parameter(kind: TemplateBlank['kind'], name: string, value: string): Parameter {
  if (kind !== 'text') return { type: kind, [kind]: { id: value } };
  return { type: 'text', ...(/^\d+$/.test(name) ? {} : { parameter_name: name }), text: value };
}
