import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createInstance } from 'i18next';
import { evidenceText, scoreText } from './evidence-text.js';
import { createFormat } from './format.js';
import { loadPhoneNumbers } from './phone-numbers.js';

beforeAll(loadPhoneNumbers);

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const core = '../../../../libs/core/src/';

/** What finds reasons in core: the rules, the scores, the linkage, the finders. */
function sources(): { file: string; text: string }[] {
  const rooms = ['matching', 'suggestions', 'intake'].flatMap((room) =>
    readdirSync(fileURLToPath(new URL(core + room, import.meta.url)), { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file.replaceAll('\\', '/')}`)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts')),
  );
  return [...rooms, 'cases/match-case.ts'].map((file) => ({ file, text: read(core + file) }));
}

/** codes of other things than evidence in these folders */
const others = new Set(['intake_failed']);

function codesInSources(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { file, text } of sources()) {
    const plain = [...text.matchAll(/\bcode: '([a-z_]+)'/g), ...text.matchAll(/\badd\(\s*'([a-z_]+)'/g)];
    for (const [, code = ''] of plain) found.set(code, file);
    for (const [, a = '', b = ''] of text.matchAll(/\bcode(?::| =) [^'\n]*\? '([a-z_]+)' : '([a-z_]+)'/g)) {
      found.set(a, file);
      found.set(b, file);
    }
    for (const [, start = '', name = ''] of text.matchAll(/\bcode: `([a-z_]+)\$\{(\w+)\}`/g)) {
      const [, union = ''] = new RegExp(`type \\w*${name} = ([^;]+);`, 'i').exec(text) ?? [];
      const endings = [...union.matchAll(/'([a-z_]+)'/g)].map(([, ending = '']) => ending);
      expect([file, endings.length > 0]).toEqual([file, true]);
      for (const ending of endings) found.set(start + ending, file);
    }
  }
  for (const code of others) found.delete(code);
  return found;
}

describe.each(['id', 'en'] as const)('reasons in %s', (language) => {
  const texts = JSON.parse(read(`locales/${language}.json`)) as { reason: Record<string, string> };
  const i18n = createInstance();
  void i18n.init({
    lng: language,
    resources: { [language]: { translation: { ui: texts } } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  const format = createFormat(language, 'Asia/Jakarta');
  const say = (code: string, data?: Record<string, string | number | null>) =>
    evidenceText(i18n.t, format, data ? { code, data } : { code });

  it('has a sentence for every code that core writes', () => {
    const codes = codesInSources();
    expect(codes.size).toBeGreaterThan(45);
    const missing = [...codes].filter(([code]) => !texts.reason[code]?.trim());
    expect(missing).toEqual([]);
  });

  it('shows a code that nobody knows as words with its figures', () => {
    expect(say('moon_phase', { hours: 3, share: 0.5, nothing: null })).toBe(
      `Moon phase · hours ${language === 'id' ? '3 jam' : '3 h'} · share 0.5`,
    );
    expect(say('moon_phase')).toBe('Moon phase');
  });

  it('falls back to words when a figure is missing, and never shows a gap', () => {
    expect(say('same_entity', { type: 'order' })).not.toContain('{{');
    expect(say('same_entity', { type: 'order', value: 'RS-1' })).toContain('RS-1');
    expect(say('number_in_subject')).toBe('Number in subject');
  });

  it('gives figures as people read them', () => {
    expect(say('same_number', { value: '+6281288412207' })).toContain('0812-8841-2207');
    expect(say('text_similar', { percent: 87, words: 'mug, retak' })).toMatch(/87\s?%.*mug, retak/);
    expect(say('customers', { count: 6, hours: 0.42 })).toContain(language === 'id' ? '25 mnt' : '25 min');
  });

  it.each([
    [1, 'certain'],
    [0.93, 'very'],
    [0.75, 'likely'],
    [0.5, 'maybe'],
    [0.1, 'weak'],
  ])('puts %s in words', (score, word) => {
    const words = (texts as unknown as { score: Record<string, string> }).score[word] ?? '—';
    expect(scoreText(i18n.t, format, score)).toContain(words);
    expect(scoreText(i18n.t, format, score)).toMatch(/\d+\s?%/);
  });
});
