import { decodeBytes } from './charset.js';

/** Words of an invitation (RFC 5545) that came without any: what, when, where. Null when it holds none. */
export function calendarText(bytes: Uint8Array): string | null {
  const unfolded = decodeBytes(bytes)
    .text.slice(0, 200_000)
    .replace(/\n[ \t]/g, '');
  const event = unfolded.slice(Math.max(unfolded.indexOf('BEGIN:VEVENT'), 0));
  const field = (name: string): string | null => {
    const value = new RegExp(`^${name}(?:;[^:\\n]{0,300})?:(.*)$`, 'm').exec(event)?.[1]?.trim() ?? '';
    return value === '' ? null : value.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1');
  };
  const when = [field('DTSTART'), field('DTEND')]
    .filter((v) => v !== null)
    .map(readable)
    .join(' – ');
  const lines = [field('SUMMARY'), when === '' ? null : when, field('LOCATION'), field('DESCRIPTION')];
  const text = lines.filter((l) => l !== null).join('\n');
  return text === '' ? null : text;
}

function readable(stamp: string): string {
  return stamp.replace(
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?$/,
    (_all, y: string, m: string, d: string, h?: string, min?: string, z?: string) =>
      h === undefined ? `${y}-${m}-${d}` : `${y}-${m}-${d} ${h}:${min ?? '00'}${z === 'Z' ? ' UTC' : ''}`,
  );
}
