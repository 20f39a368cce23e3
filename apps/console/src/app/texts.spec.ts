import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) =>
  file.split(sep).join('/'),
);

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, prefix: string): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${prefix}.${key}`] : flat(value, `${prefix}.${key}`),
  );
}

function load(language: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const file of files) {
    const [, folder] = new RegExp(`(?:^|/)([\\w-]+)/locales/${language}\\.json$`).exec(file) ?? [];
    if (!folder) continue;
    const texts = JSON.parse(readFileSync(join(root, file), 'utf8')) as Texts;
    for (const key of flat(texts, folder)) all.set(key, at(texts, key.split('.').slice(1)));
  }
  return all;
}

function at(texts: Texts, path: string[]): string {
  return path.reduce<Texts | string>((node, key) => (node as Texts)[key] ?? '', texts) as string;
}

const id = load('id');
const en = load('en');
/** `newer_one` and `newer_other` are found as `newer` */
const plain = new Set([...en.keys()].flatMap((key) => [key, key.replace(/_(one|other)$/, '')]));
const code = files
  .filter((file) => /\.tsx?$/.test(file) && !/\.spec\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

describe('texts', () => {
  it('exist in both languages under exactly the same keys', () => {
    // Indonesian has one form for all numbers, English has two
    const shared = (texts: Map<string, string>) =>
      [...texts.keys()].filter((key) => !key.endsWith('_one')).sort();
    expect(shared(id)).toEqual(shared(en));
    const plurals = [...en.keys()].filter((key) => key.endsWith('_other'));
    expect(plurals.filter((key) => !en.has(key.replace(/_other$/, '_one')))).toEqual([]);
    expect(en.size).toBeGreaterThan(100);
  });

  it('are never empty, and hold the same figures in both languages', () => {
    const figures = (text: string | undefined) =>
      [...(text ?? '').matchAll(/{{(\w+)}}/g)].map((m) => m[1]).sort();
    for (const [key, text] of en) {
      expect([key, id.get(key)?.trim(), text.trim()]).not.toContain('');
      if (id.has(key)) expect([key, figures(id.get(key))]).toEqual([key, figures(text)]);
    }
  });

  it('exist for every key that the code names', () => {
    const missing: string[] = [];
    for (const { file, text } of code) {
      for (const [, key] of text.matchAll(/\bt\(\s*'([\w.]+)'/g))
        if (key && !plain.has(key)) missing.push(`${file}: ${key}`);
      // keys chosen by a condition stand as plain strings, and so do those kept in tables
      for (const [, key] of text.matchAll(
        /'((?:app|api|ui|inbox|case|customer|settings|access|quarantine|operations|suggestions|incidents|calls|notices|views|presence)\.[\w]+(?:\.\w+)*)'/g,
      )) {
        if (key && !plain.has(key) && /\.\w/.test(key) && !key.endsWith('.js') && !isEventName(key))
          missing.push(`${file}: ${key}`);
      }
    }
    expect([...new Set(missing)]).toEqual([]);
  });

  it('exist below every key that the code builds', () => {
    const missing: string[] = [];
    for (const { file, text } of code) {
      for (const [, start] of text.matchAll(/\bt\(\s*`([\w.]+)\$\{/g)) {
        if (start && ![...plain].some((key) => key.startsWith(start))) missing.push(`${file}: ${start}…`);
      }
    }
    expect([...new Set(missing)]).toEqual([]);
  });
});

/** Names of live events look like keys: `case.opened`. */
function isEventName(text: string): boolean {
  return /^(case|channel|message|customer|quarantine|agent|note|operation|identity|suggestion|incident|settings)\.(opened|reopened|updated|assigned|reason_given|received|queued|state_changed|added|created|status_changed|resolved|merged|split|linked|unlinked|undone|settled)$/.test(
    text,
  );
}
