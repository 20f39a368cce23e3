import sanitize from 'sanitize-html';
import { nestsTooDeep, stripTags } from './html-depth.js';
import { cleanStyle } from './html-style.js';

/** Characters of all `data:` images of one document together. */
const maxDataImageChars = 2_000_000;
const maxUrlChars = 4_000;
/** Reply chains of Outlook nest a table per answer; deeper than this is no layout any more. */
const maxDepth = 250;

const tags =
  `a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl
  dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby
  s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr`.split(
    /\s+/,
  );

/** Elements that go together with what they hold. Others that are not allowed only lose their tags. */
const droppedWithContent =
  `script style title textarea option select datalist noscript noembed noframes iframe frameset object applet embed
  template svg math xmp plaintext audio video canvas portal slot`.split(/\s+/);

const common = ['style', 'dir', 'lang', 'title', 'align', 'valign', 'bgcolor', 'width', 'height'];
const attributes: Record<string, string[]> = {
  '*': common,
  a: ['href', 'rel', 'target'],
  img: ['src', 'alt', 'data-remote-src'],
  font: ['color', 'face', 'size'],
  table: ['border', 'cellpadding', 'cellspacing', 'rules', 'frame'],
  td: ['colspan', 'rowspan', 'nowrap'],
  th: ['colspan', 'rowspan', 'nowrap', 'scope'],
  col: ['span'],
  colgroup: ['span'],
  ol: ['start', 'type'],
  ul: ['type'],
  li: ['value'],
  time: ['datetime'],
};

const linkPattern = /^(?:https?:\/\/|mailto:|tel:)/i;
const remotePattern = /^(?:https?:)?\/\//i;
const cidPattern = /^cid:[^\s<>"'`\\]{1,998}$/i;
const dataImagePattern = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]*$/i;
/** What browsers skip inside an address, and so what hides a scheme from a filter. */

const invisible = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;

/**
 * Makes HTML from outside safe to show: an allow-list of elements, attributes and CSS properties; no scripts, handlers,
 * forms, frames, objects, SVG, style sheets, ids or classes. Links open in a new tab and tell nothing about us. Remote
 * images do not load: their address stands in `data-remote-src`, for the reader to ask for. `cid:` images stay; `data:`
 * images stay when they are PNG, JPEG, GIF or WebP, up to 2 million characters together.
 *
 * Documents nested beyond all reason keep their words only. Idempotent: sanitising the result again changes nothing. The result still belongs in a sandboxed frame
 * (defence in depth). Meant for up to 5 million characters; linear in them.
 */
export function sanitiseHtml(html: string): string {
  if (nestsTooDeep(html)) return `<p>${escape(stripTags(html))}</p>`;
  let dataImageChars = 0;
  const image = (source: sanitize.Attributes): sanitize.Attributes => {
    const { src: given, 'data-remote-src': waiting, ...rest } = source;
    const src = (given ?? '').replace(invisible, '');
    if (cidPattern.test(src)) return { ...rest, src };
    if (dataImagePattern.test(src) && dataImageChars + src.length <= maxDataImageChars) {
      dataImageChars += src.length;
      return { ...rest, src };
    }
    const remote = src === '' ? (waiting ?? '').replace(invisible, '') : src;
    if (remotePattern.test(remote) && remote.length <= maxUrlChars) {
      return { ...rest, 'data-remote-src': remote.startsWith('//') ? `https:${remote}` : remote };
    }
    return rest;
  };

  return sanitize(html, {
    allowedTags: tags,
    allowedAttributes: attributes,
    nonTextTags: droppedWithContent,
    disallowedTagsMode: 'discard',
    nestingLimit: maxDepth,
    enforceHtmlBoundary: false,
    parseStyleAttributes: false,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
    allowProtocolRelative: false,
    transformTags: {
      '*': (tagName, source) => {
        const attribs = { ...source };
        if (attribs.style !== undefined) {
          const style = cleanStyle(attribs.style);
          if (style === '') delete attribs.style;
          else attribs.style = style;
        }
        if (tagName === 'img') return { tagName, attribs: image(attribs) };
        if (tagName === 'a') return { tagName, attribs: link(attribs) };
        return { tagName, attribs };
      },
    },
  });
}

function link(source: sanitize.Attributes): sanitize.Attributes {
  const { href: given, rel: _rel, target: _target, ...rest } = source;
  // Relative addresses would lead into our own pages, so only absolute ones stay.
  const href = (given ?? '').trim();
  if (!linkPattern.test(href.replace(invisible, '')) || href.length > maxUrlChars) return rest;
  return { ...rest, href, target: '_blank', rel: 'noopener noreferrer nofollow' };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
