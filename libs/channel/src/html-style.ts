/** No `position`, `z-index`, `transform`, `content`, `cursor`: nothing that leaves its place or draws over others. */
const properties = new Set(
  `color background background-color font font-family font-size font-style font-weight font-variant line-height
  letter-spacing word-spacing text-align text-decoration text-decoration-line text-indent text-transform
  vertical-align white-space word-break word-wrap overflow-wrap direction unicode-bidi
  width height min-width max-width min-height max-height
  margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left
  border border-top border-right border-bottom border-left border-color border-style border-width border-radius
  border-top-color border-right-color border-bottom-color border-left-color border-top-style border-right-style
  border-bottom-style border-left-style border-top-width border-right-width border-bottom-width border-left-width
  border-collapse border-spacing caption-side empty-cells table-layout display list-style list-style-type
  float clear`.split(/\s+/),
);

/** Functions are colours only; so no `url()`, `image()`, `expression()`, `attr()`, `var()`. No escapes, no comments. */
const valuePattern = /^(?:[\w\s#%.,'"!/+-]|(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]*\))*$/i;
const displays = /^(?:none|block|inline|inline-block|list-item|table[a-z-]*)$/i;
const maxStyleChars = 4_000;

/**
 * The declarations of a `style` attribute that may stay, joined by `;`. Declarations that are not understood whole are
 * dropped whole. Idempotent, linear.
 */
export function cleanStyle(style: string): string {
  if (style.length > maxStyleChars) return '';
  const kept: string[] = [];
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const name = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    if (!properties.has(name) || value === '' || !valuePattern.test(value)) continue;
    if (name === 'display' && !displays.test(value)) continue;
    // Negative margins pull content over its neighbours.
    if (name.startsWith('margin') && /(?:^|\s)-/.test(value)) continue;
    if (name === 'text-indent' && value.startsWith('-')) continue;
    kept.push(`${name}:${value}`);
  }
  return kept.join(';');
}
