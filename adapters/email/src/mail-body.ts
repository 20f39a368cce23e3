import type { OutboundMessage } from '@loket/contracts/outbound.js';

/**
 * The words of a mail: the answer, and below it the signature. In plain text after `-- `, which tells every program, ours
 * too, where it begins (RFC 3676 §4.3). A signature with looks makes HTML also of an answer without.
 */
export function bodyOf({ text, html, signature }: Pick<OutboundMessage, 'text' | 'html' | 'signature'>): {
  text: string;
  html: string | undefined;
} {
  if (!signature) return { text, html: html ?? undefined };
  const below = `-- \n${signature.text}`;
  return {
    text: text.trim() === '' ? below : `${text.trimEnd()}\n\n${below}`,
    html:
      html || signature.html
        ? `${html || paragraphs(text)}<div style="margin-top:16px">${tight(signature.html ?? lines(signature.text))}</div>`
        : undefined,
  };
}

/** A signature is lines, not paragraphs with room between them. */
function tight(html: string): string {
  return html.replaceAll('<p>', '<p style="margin:0">');
}

function paragraphs(text: string): string {
  const parts = text.trim().split(/\n{2,}/);
  return parts.map((part) => (part === '' ? '' : `<p>${lines(part)}</p>`)).join('');
}

function lines(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replaceAll('\n', '<br>');
}
