import type { Template, TemplateBlank } from '@loket/contracts/templates.js';
import { fail } from './send-failure.js';

interface Parameter {
  type: TemplateBlank['kind'];
  text?: string;
  parameter_name?: string;
  image?: { id: string };
  video?: { id: string };
  document?: { id: string; filename: string };
}

/** A template with its blanks filled, as the Cloud API wants it. */
export interface FilledTemplate {
  name: string;
  language: { code: string };
  components?: {
    type: 'header' | 'body' | 'button';
    sub_type?: 'url';
    index?: string;
    parameters: Parameter[];
  }[];
}

/** A file that was uploaded. */
export interface TemplateFile {
  id: string;
  name: string;
}

/**
 * Fills a template.
 *
 * @param values by key of blank; of blanks of text
 * @param file for the one blank that is a file
 * @throws ChannelError `whatsapp_template_value_missing`, with the key as detail
 */
export function fillTemplate(
  { name, language, blanks }: Template,
  values: Readonly<Record<string, string>>,
  file: TemplateFile | null = null,
): FilledTemplate {
  const parameters = (prefix: string): Parameter[] =>
    blanks
      .filter(({ key }) => key.startsWith(`${prefix}.`))
      .map((blank) => (blank.kind === 'text' ? words(blank, values) : picture(blank, file)));
  const components: NonNullable<FilledTemplate['components']> = [];
  for (const type of ['header', 'body'] as const) {
    if (parameters(type).length > 0) components.push({ type, parameters: parameters(type) });
  }
  for (const { key } of blanks.filter(({ key: k }) => k.startsWith('button.'))) {
    components.push({
      type: 'button',
      sub_type: 'url',
      index: key.slice('button.'.length),
      parameters: [{ type: 'text', text: valueOf(values, key) }],
    });
  }
  return { name, language: { code: language }, ...(components.length > 0 ? { components } : {}) };
}

function valueOf(values: Readonly<Record<string, string>>, key: string): string {
  // Meta refuses line ends, tabs and long gaps inside a blank (132018).
  const value = values[key]?.replace(/\s+/g, ' ').trim();
  if (!value) throw fail('rejected', 'whatsapp_template_value_missing', { detail: key });
  return value.toWellFormed();
}

function words({ key }: TemplateBlank, values: Readonly<Record<string, string>>): Parameter {
  const name = key.slice(key.indexOf('.') + 1);
  const named = /^\d+$/.test(name) ? {} : { parameter_name: name };
  return { type: 'text', ...named, text: valueOf(values, key) };
}

function picture({ key, kind }: TemplateBlank, file: TemplateFile | null): Parameter {
  if (!file) throw fail('rejected', 'whatsapp_template_value_missing', { detail: key });
  const { id, name } = file;
  if (kind === 'document') return { type: kind, document: { id, filename: name } };
  return { type: kind, [kind]: { id } };
}
