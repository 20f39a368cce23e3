/**
 * A web chat channel's colour may be anything; what can be read on it, and in it, is computed. Shared by the widget and by
 * the preview in the settings, without the validator's weight.
 */
type Rgb = [number, number, number];

const parse = (hex: string): Rgb => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};
const format = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
const blend = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((part, i) => part + (b[i]! - part) * share) as Rgb;

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @returns 1 to 21 */
export function contrast(a: string, b: string): number {
  const [high, low] = [luminance(parse(a)), luminance(parse(b))].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/**
 * The colour, moved towards black or white until it can be read on `ground`.
 *
 * @param least 4.5 for text, 3 for marks and edges (WCAG 2.2 AA)
 */
export function readableOn(colour: string, ground: string, least = 4.5): string {
  const end: Rgb = luminance(parse(ground)) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += 0.04) {
    const tried = format(blend(parse(colour), end, share));
    if (contrast(tried, ground) >= least) return tried;
  }
  return format(end);
}

/** White where it can be read, else black: one of the two always can. */
export function inkOn(colour: string): string {
  return contrast(colour, '#ffffff') >= 4.5 ? '#ffffff' : '#000000';
}

export type ChatTheme = 'light' | 'dark';
/** What the chat is drawn on. */
export const chatSurfaces: Record<ChatTheme, string> = { light: '#ffffff', dark: '#191c1e' };

/** What becomes of a channel's colour in the chat; the settings show the same. */
export function chatColours(colour: string, theme: ChatTheme) {
  const ground = chatSurfaces[theme];
  // a fill needs an edge against the surface, words on it and words in its colour have to be legible
  const accent = readableOn(colour, ground, 1.3);
  return {
    accent,
    onAccent: inkOn(accent),
    accentText: readableOn(colour, ground),
    focus: readableOn(colour, ground, 3),
    accentSoft: theme === 'dark' ? '#2a3336' : '#ebe9e4',
  };
}
