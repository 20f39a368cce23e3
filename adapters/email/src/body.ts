import type { TreeNode } from 'mailparser';
import { cleanText } from './charset.js';
import { htmlToText } from './html-text.js';

export interface MailBody {
  /** from text/plain; null when no usable one is there */
  plain: string | null;
  html: string | null;
}

interface Segment {
  plain: string | null;
  html: string | null;
}

/** What senders put into text/plain when they mean "look at the other part". */
const notice =
  /(?:does(?: not|n't) (?:support|display)|tidak (?:mendukung|dapat menampilkan)|enable|requires?|memerlukan)[^.\n]{0,60}html|html[^.\n]{0,40}(?:compatible|viewer)|(?:view|lihat) (?:this|it|the|email|pesan)[^.\n]{0,40}(?:browser|online|web)/i;

/** The body that a reader would see: alternatives chosen, parts one after the other (RFC 2046 §5.1). */
export function bodyOf(tree: TreeNode | null): MailBody {
  const segments = tree ? collect(tree) : [];
  const texts = segments.map((s) => ({ ...s, plain: usablePlain(s) }));
  if (texts.length === 0) return { plain: null, html: null };
  const plain = texts.some((s) => s.plain !== null)
    ? texts.map((s) => (s.plain ?? htmlToText(s.html ?? '')).trimEnd()).join('\n\n')
    : null;
  const html = texts.some((s) => s.html !== null)
    ? texts.map((s) => s.html ?? textToHtml(s.plain ?? '')).join('<br>\n')
    : null;
  return { plain, html };
}

/** HTML that shows plain text as it is. */
export function textToHtml(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<div style="white-space:pre-wrap">${escaped}</div>`;
}

function collect(node: TreeNode): Segment[] {
  if (node.contentType === 'multipart/alternative') {
    const parts = node.children.flatMap(collect);
    const plain = parts.filter((p) => p.plain !== null).map((p) => p.plain);
    const html = parts.filter((p) => p.html !== null).map((p) => p.html);
    if (plain.length + html.length === 0) return [];
    return [
      { plain: plain.length ? plain.join('\n') : null, html: html.length ? html.join('<br>\n') : null },
    ];
  }
  if (node.isAttachment === false && node.textContent !== undefined) {
    const text = cleanText(node.textContent);
    const isHtml = node.contentType === 'text/html' || /^\s*(?:<!doctype html|<html[\s>])/i.test(text);
    return [isHtml ? { plain: null, html: text } : { plain: text, html: null }];
  }
  return node.children.flatMap(collect);
}

function usablePlain({ plain, html }: Segment): string | null {
  if (plain === null || html === null) return plain;
  if (plain.trim() === '') return null;
  if (plain.length < 1_000 && notice.test(plain)) {
    const full = htmlToText(html);
    if (full.length > plain.length * 1.2) return null;
  }
  return plain;
}
