import type { Template, TemplateBlank } from '@loket/contracts/templates.js';

/** A piece of a template's text: words, or a blank with what was put into it. */
export interface Piece {
  text: string;
  /** key of the blank; null for words */
  blank: string | null;
}

const blankForm = /\{\{\s*([A-Za-z0-9_]+)\s*\}\}/g;

/** @param part `header` or `body`: the first half of its blanks' keys */
export function pieces(
  text: string,
  part: 'header' | 'body',
  values: Readonly<Record<string, string>>,
): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(blankForm)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), blank: null });
    const key = `${part}.${match[1] ?? ''}`;
    found.push({ text: values[key]?.trim() || match[0].replace(/\s/g, ''), blank: key });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ text: text.slice(from), blank: null });
  return found;
}

/** Blanks that take words, and the one that takes a file; templates have at most one header. */
export function fieldsOf(template: Template): { words: TemplateBlank[]; file: TemplateBlank | null } {
  return {
    words: template.blanks.filter((blank) => blank.kind === 'text'),
    file: template.blanks.find((blank) => blank.kind !== 'text') ?? null,
  };
}

export type BlankFault = 'empty' | 'tooLong' | 'spaces';
const longest = 1000;

/** What the channel refuses in a blank: nothing, line ends and tabs, more than four spaces in a row. */
export function blankFault(value: string | undefined): BlankFault | null {
  const text = value?.trim() ?? '';
  if (text === '') return 'empty';
  if (text.length > longest) return 'tooLong';
  return /[\n\r\t]| {5}/.test(text) ? 'spaces' : null;
}

const fileTypes: Record<Exclude<TemplateBlank['kind'], 'text'>, RegExp> = {
  image: /^image\/(jpeg|png)$/i,
  video: /^video\/(mp4|3gpp)$/i,
  document: /./,
};

export function fileFits(blank: TemplateBlank, mediaType: string): boolean {
  return blank.kind !== 'text' && fileTypes[blank.kind].test(mediaType.split(';', 1)[0]?.trim() ?? '');
}

/** What a file input offers. */
export function acceptedTypes(blank: TemplateBlank): string | undefined {
  return {
    image: 'image/jpeg,image/png',
    video: 'video/mp4,video/3gpp',
    document: undefined,
    text: undefined,
  }[blank.kind];
}

/** @returns trimmed values of the blanks that take words, and nothing else */
export function valuesOf(
  template: Template,
  typed: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(fieldsOf(template).words.map(({ key }) => [key, typed[key]?.trim() ?? '']));
}

/** Blanks that ask for the customer's name by their own name are filled with it from the start. */
export function firstValues(template: Template, customerName: string | null): Record<string, string> {
  if (!customerName) return {};
  return Object.fromEntries(
    fieldsOf(template).words.flatMap(({ key }) =>
      /^(?:body|header)\.(?:customer_?name|name|nama|nama_pelanggan)$/i.test(key)
        ? [[key, customerName]]
        : [],
    ),
  );
}

/** Words to find it by; those in the agent's own language first, then by name. */
export function findTemplates(
  all: readonly Template[],
  words: string,
  language: string,
  locale: string,
): Template[] {
  const q = words.trim().toLowerCase();
  const own = ({ language: code }: Template) => (code.toLowerCase().startsWith(locale) ? 0 : 1);
  return all
    .filter((one) => language === '' || one.language === language)
    .filter((one) =>
      [one.name.replaceAll('_', ' '), one.name, one.header, one.body].some((text) =>
        text?.toLowerCase().includes(q),
      ),
    )
    .toSorted(
      (a, b) => own(a) - own(b) || a.name.localeCompare(b.name) || a.language.localeCompare(b.language),
    );
}

/** Its name without underscores, as a person would write it. */
export function templateTitle(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `1` or `nama`: what stands between the braces. */
export function blankName(key: string): string {
  return key.split('.').slice(1).join('.');
}
