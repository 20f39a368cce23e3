import { compile } from 'html-to-text';
import { nestsTooDeep, stripTags } from '@loket/channel/html-depth.js';
import { cleanText } from './charset.js';

const block = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: 20_000_000, maxDepth: 600 },
  formatters: {
    // Cells of one row stay on one line, apart from each other.
    cell: (element, walk, builder) => {
      walk(element.children, builder);
      builder.addInline(' ');
    },
  },
  selectors: [
    {
      selector: 'a',
      options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'], noAnchorUrl: true },
    },
    { selector: 'img', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'x-quote', format: 'blockquote', options: { ...block, trimEmptyLines: true } },
    { selector: 'blockquote', format: 'block', options: block },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'hr', options: { length: 20 } },
    { selector: 'tr', format: 'block', options: block },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
  ],
});

/** Legible text of HTML: one line a paragraph, links beside their words, nothing for images. Never throws. */
export function htmlToText(html: string): string {
  return cleanText(plain(html))
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u200b\u200c\u2060\u00ad\u034f]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function plain(html: string): string {
  if (nestsTooDeep(html)) return stripTags(html);
  try {
    return convert(html);
  } catch {
    return stripTags(html);
  }
}
