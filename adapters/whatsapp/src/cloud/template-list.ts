import { z } from 'zod';
import { blanksOf } from '@loket/contracts/template-text.js';
import type { Template, TemplateBlank } from '@loket/contracts/templates.js';
import type { GraphClient } from './graph-client.js';

const maxPages = 20;

const pageSchema = z.looseObject({
  data: z.array(z.unknown()),
  paging: z
    .looseObject({
      cursors: z.looseObject({ after: z.string().optional() }).optional(),
      next: z.string().optional(),
    })
    .optional(),
});
const componentSchema = z.looseObject({
  type: z.string(),
  format: z.string().optional(),
  text: z.string().optional(),
  example: z
    .looseObject({
      body_text: z.array(z.array(z.string())).optional(),
      header_text: z.array(z.string()).optional(),
      body_text_named_params: z
        .array(z.looseObject({ param_name: z.string(), example: z.string().optional() }))
        .optional(),
    })
    .optional(),
  buttons: z
    .array(z.looseObject({ type: z.string(), text: z.string().optional(), url: z.string().optional() }))
    .optional(),
});
const templateSchema = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.string().default(''),
  status: z.string(),
  components: z.array(componentSchema),
});

/**
 * The templates that may be sent now, by name and language.
 *
 * @throws GraphError, GraphSilence
 */
export async function listTemplates(
  client: GraphClient,
  { token, businessAccountId }: { token: string; businessAccountId: string },
): Promise<Template[]> {
  const templates: Template[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const query = {
      fields: 'name,language,status,category,components',
      status: 'APPROVED',
      limit: '100',
      ...(after === undefined ? {} : { after }),
    };
    const path = `/${businessAccountId}/message_templates`;
    const page = pageSchema.parse(await client.call({ method: 'GET', path, token, query }));
    templates.push(...page.data.flatMap(readTemplate));
    after = page.paging?.next === undefined ? undefined : page.paging.cursors?.after;
    if (after === undefined) break;
  }
  return templates.toSorted((a, b) => compare(a.name, b.name) || compare(a.language, b.language));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Only what we can fill: templates with parts that we do not know (carousels, catalogues) are left out. */
function readTemplate(element: unknown): Template[] {
  const parsed = templateSchema.safeParse(element).data;
  if (parsed?.status !== 'APPROVED') return [];
  const { name, language, category, components } = parsed;
  const template: Template = {
    name,
    language,
    category,
    header: null,
    body: '',
    footer: null,
    buttons: [],
    blanks: [],
  };
  for (const component of components) {
    switch (component.type) {
      case 'HEADER': {
        const blank = headerBlanks(component);
        if (!blank) return [];
        template.header = component.text ?? null;
        template.blanks.push(...blank);
        break;
      }
      case 'BODY':
        template.body = component.text ?? '';
        template.blanks.push(...bodyBlanks(component));
        break;
      case 'FOOTER':
        template.footer = component.text ?? null;
        break;
      case 'BUTTONS':
        for (const [index, { type, text = '', url = '' }] of (component.buttons ?? []).entries()) {
          if (!['QUICK_REPLY', 'URL', 'PHONE_NUMBER'].includes(type)) return [];
          template.buttons.push(text);
          if (url.includes('{{'))
            template.blanks.push({ key: `button.${String(index)}`, kind: 'text', example: null });
        }
        break;
      default:
        return [];
    }
  }
  return [template];
}

type Component = z.infer<typeof componentSchema>;

function headerBlanks({ format = 'TEXT', text = '', example }: Component): TemplateBlank[] | null {
  if (format === 'TEXT') {
    return blanksOf(text).map((name, index) => ({
      key: `header.${name}`,
      kind: 'text',
      example: example?.header_text?.[index] ?? null,
    }));
  }
  const kind = format.toLowerCase();
  if (kind !== 'image' && kind !== 'video' && kind !== 'document') return null;
  return [{ key: 'header.media', kind, example: null }];
}

function bodyBlanks({ text = '', example }: Component): TemplateBlank[] {
  return blanksOf(text).map((name, index) => ({
    key: `body.${name}`,
    kind: 'text',
    example:
      example?.body_text_named_params?.find(({ param_name }) => param_name === name)?.example ??
      example?.body_text?.[0]?.[index] ??
      null,
  }));
}
