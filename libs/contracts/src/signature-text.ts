import { cannedVariables } from './canned-text.js';

/** What may stand in `{{…}}` in a signature: all that an answer may have, and who writes for whom. */
export const signatureVariables = [
  'agent.name',
  'agent.firstName',
  'agent.title',
  'agent.phone',
  'workspace.name',
  ...cannedVariables.filter((name) => !name.startsWith('agent.')),
] as const;
export type SignatureVariable = (typeof signatureVariables)[number];
export type SignatureValues = Partial<Record<SignatureVariable, string | null>>;

/** What stands below an answer. `html` is the same with looks; null where it has none. */
export interface SignatureWords {
  text: string;
  html: string | null;
}

const blank = /\{\{\s*([\w.]+)\s*\}\}/g;
/** between the parts of a line: `Sari · +62 21 555` */
const separator = /(\s+[·•|–—-]\s+|,\s+)/;
const lineEnd = /(<\/?(?:p|div|li|ul|ol|blockquote)\b[^>]*>|<br\s*\/?>)/i;
const gone = '\u0000';

/**
 * A signature with its blanks filled. A blank that nobody knows (a phone number that an agent has not given) takes its
 * part of the line along, and the line when nothing is left of it, so that no customer ever sees the blank.
 *
 * @returns null when nothing is left at all. `html` has to be made safe like any other.
 */
export function fillSignature(
  { text, html }: { text: string; html?: string | null | undefined },
  values: SignatureValues,
): SignatureWords | null {
  const lines = text.split('\n').flatMap((line) => fillLine(line, values) ?? []);
  const filled = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  if (filled === '') return null;
  return { text: filled, html: html ? fillHtml(html, values) : null };
}

/** @returns null when it consisted of nothing but what nobody knows */
function fillLine(line: string, values: SignatureValues): string | null {
  const parts = line.split(separator);
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const part = fillPart(parts[at] ?? '', values);
    if (part === null) continue;
    if (kept.length > 0) kept.push(parts[at - 1] ?? '');
    kept.push(part);
  }
  return kept.length === 0 ? null : kept.join('');
}

function fillPart(part: string, values: SignatureValues): string | null {
  const names = [...part.matchAll(blank)].map(([, name = '']) => name);
  const valueOf = (name: string): string => (values as Record<string, string | null>)[name] ?? '';
  if (names.length > 0 && names.every((name) => valueOf(name) === '')) return null;
  return part.replaceAll(blank, (_, name: string) => valueOf(name));
}

function fillHtml(html: string, values: SignatureValues): string {
  const escaped = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value && escapeHtml(value)]),
  ) as SignatureValues;
  return (
    html
      // an empty line, which would have no height
      .replaceAll('<p></p>', '<p><br></p>')
      .split(lineEnd)
      .map((piece, at) => (at % 2 === 1 ? piece : (fillLine(piece, escaped) ?? gone)))
      .join('')
      .replaceAll(new RegExp(`<br\\s*/?>${gone}|${gone}(?:<br\\s*/?>)?`, 'gi'), '')
      .replaceAll(/<li><p><\/p><\/li>|<(p|div|li)><\/\1>/g, '')
      .replaceAll(/<(ul|ol|blockquote)><\/\1>/g, '')
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
