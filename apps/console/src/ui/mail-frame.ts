import type { Attachment } from '@loket/contracts/cases.js';

export interface MailFrame {
  srcdoc: string;
  /** remote pictures that wait to be asked for */
  remoteImages: number;
}

/**
 * The document shown in a sandboxed frame for a mail's HTML. The server has sanitised it; here `cid:` pictures get
 * their addresses, remote ones only when wanted, and a policy forbids everything but pictures and inline style.
 *
 * @param origin of this page: the frame may load pictures from it
 */
export function mailFrame(
  html: string,
  attachments: readonly Pick<Attachment, 'contentId' | 'url'>[],
  options: { showRemote: boolean; origin: string },
): MailFrame {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const byContentId = new Map(attachments.flatMap((a) => (a.contentId ? [[a.contentId, a.url]] : [])));
  let remoteImages = 0;
  for (const image of parsed.querySelectorAll('img')) {
    const remote = image.getAttribute('data-remote-src');
    const source = image.getAttribute('src') ?? '';
    if (remote) {
      remoteImages++;
      if (options.showRemote) image.setAttribute('src', remote);
    } else if (source.startsWith('cid:')) {
      const url = byContentId.get(decode(source.slice(4)));
      if (url) image.setAttribute('src', new URL(url, options.origin).href);
      else image.removeAttribute('src');
    }
  }
  const images = `${options.origin} data:${options.showRemote ? ' https: http:' : ''}`;
  const policy = `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'`;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="referrer" content="no-referrer">',
    '<base target="_blank">',
    `<style>${style}</style>`,
  ].join('');
  return {
    srcdoc: `<!doctype html><html><head>${head}</head><body>${parsed.body.innerHTML}</body></html>`,
    remoteImages,
  };
}

const style =
  'html{overflow:hidden}body{margin:0;padding:14px 16px;font:14px/1.5 "Inter Variable",system-ui,sans-serif;' +
  'color:#1d2123;background:#fff;overflow-wrap:anywhere;overflow-x:auto}img{max-width:100%;height:auto}' +
  'img:not([src]){display:none}pre{white-space:pre-wrap}blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #d3d0c8}' +
  'table{max-width:100%}body>:first-child{margin-top:0}body>:last-child{margin-bottom:0}';

/** RFC 2392: the id stands percent-encoded in the URL. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
