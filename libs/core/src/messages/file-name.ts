const longest = 255;

/**
 * A file name as it may be shown and offered for saving. The bytes never stand under it, so this only keeps people from
 * being misled: no path, no control or invisible characters, no reversed reading order, no leading dot
 * (FreeScout CVE-2026-28289).
 */
export function cleanFileName(name: string): string {
  const visible = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '')
    .replace(/^.*[/\\]/s, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\.+/, '');
  if (visible === '') return 'file';
  if (visible.length <= longest) return visible;
  const extension = /\.[^.]{1,15}$/.exec(visible)?.[0] ?? '';
  return (
    [...visible]
      .slice(0, 120)
      .join('')
      .slice(0, longest - extension.length) + extension
  );
}

/**
 * Content-Disposition for a name in any script: a plain form for old clients and RFC 8187's for the others
 * (RFC 6266 §4.3).
 */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const clean = cleanFileName(name);
  const plain = clean.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** Types that a browser shows or plays without running anything in them. Everything else is only offered for saving. */
const shown = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp'],
  ...['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/amr', 'audio/wav', 'audio/webm'],
  ...['video/mp4', 'video/webm', 'video/3gpp', 'video/quicktime'],
]);

export function mayShowInline(mediaType: string): boolean {
  return shown.has(mediaType.toLowerCase().split(';')[0]?.trim() ?? '');
}
