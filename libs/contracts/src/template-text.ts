import type { Template } from './templates.js';

const blankForm = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** Names of the blanks of a text: numbered ones by number, others as they first stand there. */
export function blanksOf(text: string): string[] {
  const names = [...new Set([...text.matchAll(blankForm)].map(([, name = '']) => name))];
  return names.every((name) => /^\d+$/.test(name)) ? names.toSorted((a, b) => Number(a) - Number(b)) : names;
}

/** The words that the customer will see. Blanks without a value stay as they are. */
export function renderTemplate(template: Template, values: Readonly<Record<string, string>>): string {
  const put = (part: string, prefix: string): string =>
    part.replace(blankForm, (blank, name: string) => values[`${prefix}.${name}`] ?? blank);
  return [template.header && put(template.header, 'header'), put(template.body, 'body'), template.footer]
    .filter((part) => part !== null && part !== '')
    .join('\n\n');
}
