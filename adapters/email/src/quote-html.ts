import { DomUtils, parseDocument } from 'htmlparser2';
import { nestsTooDeep } from '@loket/channel/html-depth.js';

/** Places that are looked into for an Outlook header; each costs the length of what it holds. */
const maxRules = 50;

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: Record<string, string> }>;

/** Element that stands for quoted text; `htmlToText` marks its lines with `>`. */
export const quoteTag = 'x-quote';

/** Wrappers that hold nothing but what was quoted: Gmail, Yahoo, Proton, Tuta, Zoho, Thunderbird, Apple, Roundcube … */
const quoteClass =
  /(?:^|\s)(?:gmail_attr|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-cite-prefix|freshdesk_quote|front-blockquote|airmail_ext_on|ymail_quoted|iosymail|hey_quote|sh-quoted-content|skiff_quote)(?:\s|$)/i;
const quoteId = /^(?:yahoo_quoted|ymail_quoted|reply-intro|_origmsg_|isReplyContent$)/i;

/** Places after which all is history: Outlook on the web, desktop and phone, Hotmail, Zimbra, Spark. */
const cutId =
  /^(?:divRplyFwdMsg|appendonsend|x_divRplyFwdMsg|x_appendonsend|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|OLK_SRC_BODY_SECTION|stopSpelling|zwchr|replySplit|previousMessage)/i;
const cutClass =
  /(?:^|\s)(?:OutlookMessageHeader|ms-outlook-mobile-reference-message|yahoo-style-wrap-quoted|replyHeader)(?:\s|$)/i;
/** The line above the header that Outlook writes: `border:none;border-top:solid #E1E1E1 1.0pt`. */
const outlookRule = /border:\s*none;?.{0,40}border-top:\s*solid\s+(?:#?[0-9a-z]{3,12})\s+1(?:\.0)?pt/i;

/**
 * Marks what was quoted by the structure that mail programs give their HTML. The words stay in order.
 *
 * @returns null when the HTML has no such structure
 */
export function markQuotes(html: string): string | null {
  if (
    !/blockquote|quote|_attr|_prefix|RplyFwd|appendonsend|reference-message|border-top|OLK_|stopSpelling|zwchr|replySplit|_origmsg_|OutlookMessageHeader|reply-intro|iosymail|zmail|messageReplySection|x_divR/i.test(
      html,
    )
  ) {
    return null;
  }
  if (nestsTooDeep(html)) return null;
  const document = parseDocument(html);
  const history: Node[] = [];
  let found = false;
  let rest = false;
  let rules = 0;

  const walk = (nodes: Node[]): void => {
    for (const node of [...nodes]) {
      if (rest) {
        DomUtils.removeElement(node);
        history.push(node);
      } else if (!isElement(node)) {
        continue;
      } else if (isCut(node) || (rules < maxRules && isOutlookHeader(node, () => rules++))) {
        rest = found = true;
        DomUtils.removeElement(node);
        history.push(node);
      } else if (isQuote(node)) {
        found = true;
        node.name = quoteTag;
        node.attribs = {};
      } else {
        walk(node.children);
      }
    }
  };
  walk(document.children);
  if (!found) return null;
  const fresh = DomUtils.getOuterHTML(document.children);
  return history.length === 0
    ? fresh
    : `${fresh}<${quoteTag}>${DomUtils.getOuterHTML(history)}</${quoteTag}>`;
}

function isElement(node: Node): node is Element {
  return 'attribs' in node;
}

function isQuote(element: Element): boolean {
  const { class: classes = '', id = '', style = '', type = '', name = '' } = element.attribs;
  if (element.name === 'blockquote') {
    // A blockquote alone may be the writer's own indentation.
    return (
      type.toLowerCase() === 'cite' ||
      /(?:^|\s)(?:gmail_quote|protonmail_quote|clean_bq|quote|crm_quote)(?:\s|$)/i.test(classes) ||
      /border-left(?:-width|-style|-color)?\s*:/i.test(style) ||
      element.attribs.cite !== undefined
    );
  }
  return quoteClass.test(classes) || quoteId.test(id) || /^messageReplySection/i.test(name);
}

function isCut(element: Element): boolean {
  const { class: classes = '', id = '' } = element.attribs;
  return cutId.test(id) || cutClass.test(classes);
}

function isOutlookHeader(element: Element, count: () => void): boolean {
  if (!outlookRule.test(element.attribs.style ?? '')) return false;
  count();
  // The same line also stands above footers; a header block names its fields.
  return (
    (DomUtils.textContent(element)
      .slice(0, 2_000)
      .match(/\S\s*[:：]\s/g)?.length ?? 0) >= 3
  );
}
