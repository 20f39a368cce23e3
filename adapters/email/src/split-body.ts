import type { MailBody } from './body.js';
import { htmlToText } from './html-text.js';
import { markQuotes } from './quote-html.js';
import { splitLines, tidy, type SplitText } from './quote-lines.js';
import { splitSignature } from './signature.js';

/**
 * The words of a mail, split into what was newly written and the rest. The structure of the HTML decides where it has
 * one, lines decide otherwise; the words come from text/plain where there is one, because that is what the sender's
 * program meant to be read.
 *
 * @param whole keep everything in `text`: a forward is about what it forwards
 */
export function splitBody(body: MailBody, whole: boolean): SplitText {
  if (whole) return { text: tidy((body.plain ?? htmlToText(body.html ?? '')).split('\n')), quoted: null };
  const marked = body.html === null ? null : markQuotes(body.html);
  const fromHtml = marked === null ? null : splitLines(htmlToText(marked));
  if (body.plain === null) {
    // Nothing newly written: the marks would only be in the way.
    const split = fromHtml?.quoted != null ? fromHtml : splitLines(htmlToText(body.html ?? ''));
    return splitSignature(split);
  }
  const fromPlain = splitLines(body.plain);
  return splitSignature(fromHtml?.quoted == null ? fromPlain : reconcile(body.plain, fromPlain, fromHtml));
}

/** Both found words; the plain ones are taken unless they are cut in the wrong place. */
function reconcile(plain: string, fromPlain: SplitText, fromHtml: SplitText): SplitText {
  const wanted = squash(fromHtml.text);
  const got = squash(fromPlain.text);
  if (got.length > wanted.length * 1.05 + 10) {
    const end = endOfPrefix(plain, wanted);
    if (end !== null) {
      const quoted = tidy(plain.slice(end).split('\n'));
      return { text: tidy(plain.slice(0, end).split('\n')), quoted: quoted === '' ? null : quoted };
    }
  }
  const tooMuch = got.length > wanted.length * 1.25 + 40;
  const tooLittle = wanted.length > got.length * 1.5 + 40;
  if (!tooMuch && !tooLittle) return fromPlain;
  return fromHtml;
}

/** Letters and figures only: programs differ in everything else when they make one form of the other. */
function squash(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Where in the text its first letters have spelled out all of `prefix`; null when they spell something else. */
function endOfPrefix(text: string, prefix: string): number | null {
  if (prefix === '') return null;
  let at = 0;
  for (const { 0: run, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const part = run.slice(0, prefix.length - at);
    if (!prefix.startsWith(part, at)) return null;
    at += part.length;
    if (at === prefix.length) {
      const newline = text.indexOf('\n', index + part.length);
      return newline < 0 ? text.length : newline;
    }
  }
  return null;
}
