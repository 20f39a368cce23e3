import { describe, expect, it } from '@jest/globals';
import { nestsTooDeep } from './html-depth.js';
import { sanitiseHtml } from './html.js';

/** Ways in which scripts have got through filters, by the kind of hole. */
const attacks = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//x.example/a.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="x"onerror="alert(1)">',
  '<img/src="x"/onerror=alert(1)>',
  '<img src=`x`onerror=alert(1)>',
  '<IMG """><SCRIPT>alert(1)</SCRIPT>">',
  '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">',
  '<img src="data:text/html,<script>alert(1)</script>">',
  '<img srcset="x 1x, javascript:alert(1) 2x">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href=" &#1; javascript:alert(1)">x</a>',
  '<a href="java&#x09;script:alert(1)">x</a>',
  '<a href="jav\u0000ascript:alert(1)">x</a>',
  '<a href="&#106;&#97;vascript:alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
  '<a href="https://x.example" onclick="alert(1)" style="position:fixed;inset:0">x</a>',
  '<a href="/api/v1/session">x</a>',
  '<a href="//x.example">x</a>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea><p title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title><p title="</title><img src=x onerror=alert(1)>"></title>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<noembed><p title="</noembed><img src=x onerror=alert(1)>"></noembed>',
  '<template><img src=x onerror=alert(1)></template>',
  '<select><option><style></select><img src=x onerror=alert(1)></style></option></select>',
  '<form action="https://x.example"><input name=password><button formaction="javascript:alert(1)">x</button></form>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<object data="javascript:alert(1)"></object><embed src="x.swf">',
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="javascript:alert(1)//">',
  '<link rel=stylesheet href="https://x.example/a.css">',
  '<style>@import "https://x.example/a.css";body{background:url(javascript:alert(1))}</style>',
  '<div style="background:url(https://x.example/p.gif)">x</div>',
  '<div style="background-image:\\75rl(https://x.example)">x</div>',
  '<div style="width:expression(alert(1))">x</div>',
  '<div style="position:fixed;top:0;left:0;z-index:9">x</div>',
  '<div style="behavior:url(x.htc);-moz-binding:url(x)">x</div>',
  '<div style="color:red;background:/**/url(x)">x</div>',
  '<div style=\'font-family:"</style><script>alert(1)</script>"\'>x</div>',
  '<table background="javascript:alert(1)"><td background="https://x.example">x</td></table>',
  '<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<p id="x" name="y" class="z" data-x="1">x</p>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<?xml version="1.0"?><img src=x onerror=alert(1)>',
  '<img data-remote-src="javascript:alert(1)">',
  '<p title="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">x</p>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<div><img src="x" alt="&quot; onerror=&quot;alert(1)">',
];

/** Tags and attributes of the result, read strictly: what is left of them must be harmless to any parser. */
function tagsOf(html: string): { name: string; attributes: [string, string][] }[] {
  return [...html.matchAll(/<\/?([a-z0-9]+)((?:\s+[a-z-]+="[^"<>]*")*)\s*\/?>/g)].map(
    ([, name = '', rest = '']) => ({
      name,
      attributes: [...rest.matchAll(/([a-z-]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']): [string, string] => [key, value],
      ),
    }),
  );
}

describe('sanitiseHtml', () => {
  it.each(attacks)('leaves nothing that runs, loads or submits: %s', (attack) => {
    const clean = sanitiseHtml(`<p>awal</p>${attack}<p>akhir</p>`);
    // Every `<` belongs to a tag that reads the same to all parsers.
    expect(clean.replace(/<\/?[a-z0-9]+(?:\s+[a-z-]+="[^"<>]*")*\s*\/?>/g, '')).not.toContain('<');
    for (const { name, attributes } of tagsOf(clean)) {
      expect([
        'script',
        'style',
        'svg',
        'math',
        'iframe',
        'object',
        'embed',
        'form',
        'input',
        'button',
        'meta',
        'base',
        'link',
        'template',
        'video',
      ]).not.toContain(name);
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^on|^(?:id|name|class|srcset|background|action|formaction|srcdoc)$/);
        if (key === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|tel:)/);
        if (key === 'src') expect(value).toMatch(/^(?:cid:|data:image\/(?:png|jpe?g|gif|webp);base64,)/);
        if (key === 'data-remote-src') expect(value).toMatch(/^https?:\/\//);
        if (key === 'style')
          expect(value).not.toMatch(/url|expression|position|behavior|binding|\\|\/\*|z-index/i);
      }
    }
    expect(sanitiseHtml(clean)).toBe(clean);
  });

  it.each([
    ['<p style="color:red;position:absolute">a</p>', '<p style="color:red">a</p>'],
    [
      '<td bgcolor="#fff" align=center colspan=2>a</td>',
      '<td bgcolor="#fff" align="center" colspan="2">a</td>',
    ],
    [
      '<img src="https://x.example/a.png" width="5">',
      '<img width="5" data-remote-src="https://x.example/a.png" />',
    ],
    ['<img src="//x.example/a.png">', '<img data-remote-src="https://x.example/a.png" />'],
    ['<img src="cid:a@b">', '<img src="cid:a@b" />'],
    ['<img src="data:image/png;base64,iVBORw0KGgo=">', '<img src="data:image/png;base64,iVBORw0KGgo=" />'],
    [
      '<a href="https://x.example/?a=1&amp;b=2" target="_self" rel="opener">x</a>',
      '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">x</a>',
    ],
    [
      '<o:p>Halo</o:p><font color=red face=Arial>dunia</font>',
      'Halo<font color="red" face="Arial">dunia</font>',
    ],
    ['1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
  ])('keeps layout and words: %s', (html, expected) => {
    expect(sanitiseHtml(html)).toBe(expected);
  });

  it('bounds the images that a document carries in itself', () => {
    const image = `<img src="data:image/png;base64,${'A'.repeat(900_000)}">`;
    expect(sanitiseHtml(image.repeat(4)).match(/src="data:/g)).toHaveLength(2);
  });

  it('keeps the words of what nests beyond reason', () => {
    const deep = `${'<b>'.repeat(5_000)}Halo <i>kak</i>${'</b>'.repeat(5_000)}`;
    expect(nestsTooDeep(deep)).toBe(true);
    expect(sanitiseHtml(deep).replace(/\s+/g, ' ')).toContain('Halo kak');
    expect(nestsTooDeep('<p>a<br>'.repeat(5_000))).toBe(false);
  });
});
