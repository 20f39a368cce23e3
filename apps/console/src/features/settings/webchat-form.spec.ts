import { describe, expect, it } from '@jest/globals';
import { webchatChannelSchema } from '@loket/contracts/channels.js';
import { configOf, formOf, hasKey, nameOf, type StoredConfig, type WebchatForm } from './webchat-form.js';
import { fieldOf, problemsIn, tabOf } from './webchat-problems.js';

/** As the server reads what goes over the wire. */
const parse = (config: unknown) => webchatChannelSchema.parse(JSON.parse(JSON.stringify(config)));

const full = {
  ...{ address: 'toko.example', defaultRegion: 'SG', reopenWithinHours: 5, trustCallerId: false },
  ...{ allowedOrigins: ['https://toko.example', 'http://localhost:5173'], title: 'Toko', colour: '#ffd54a' },
  ...{ theme: 'auto', language: 'en', credit: false, continueBy: ['phone', 'email'] },
  greeting: { id: 'Halo', en: 'Hello' },
  awayGreeting: { id: 'Tutup' },
  launcher: { side: 'start', inset: 8, bottom: 120 },
  officeHours: {
    timeZone: 'Asia/Makassar',
    week: [
      { day: 1, from: '08:00', to: '12:00' },
      { day: 1, from: '13:00', to: '17:00' },
      { day: 6, from: '22:00', to: '02:00' },
    ],
  },
  preChat: [
    { id: 'name', kind: 'name', label: { id: 'Nama' }, required: true, options: [] },
    { id: 'topic', kind: 'choice', label: { en: 'About' }, required: false, options: ['A', 'B'] },
  ],
  consentText: { id: 'Setuju?', en: 'Agreed?' },
  files: { types: ['image/png', 'text/calendar'], maxBytes: 2_500_000 },
  continuity: { on: false, afterSeconds: 0 },
  identity: { on: true, hasSecret: true },
};
const channel = { name: 'Toko', config: full as unknown as Record<string, unknown> };

describe('the settings of a web chat', () => {
  it('are those that the server would take by itself, where nothing is typed', () => {
    expect(parse(configOf(formOf(undefined)))).toEqual(webchatChannelSchema.parse({}));
    expect(formOf({ name: '', config: webchatChannelSchema.parse({}) })).toEqual(formOf(undefined));
  });

  it('come back as they were, but for the key, which stays where it is', () => {
    const config = configOf(formOf(channel), full as unknown as StoredConfig);
    expect(config).toEqual({ ...full, identity: { on: true } });
    expect(parse(config)).toEqual(config);
    expect(hasKey(channel)).toBe(true);
    expect(hasKey({ config: { identity: { on: true } } })).toBe(false);
  });

  it('keep what this form does not know, at every depth', () => {
    const stored = {
      ...full,
      newer: [1],
      greeting: { ...full.greeting, jv: 'Sugeng' },
      launcher: { ...full.launcher, shape: 'round' },
      officeHours: { ...full.officeHours, lunch: '12:00' },
      files: { ...full.files, scan: true },
      continuity: { ...full.continuity, from: 'x' },
      identity: { ...full.identity, alg: 'HS256' },
    } as unknown as StoredConfig;
    const form = formOf({ name: 'Toko', config: stored });
    const { hasSecret: _, ...identity } = stored.identity as Record<string, unknown>;
    expect(configOf(form, stored)).toEqual({ ...stored, identity });
  });

  it('leave out what was emptied, and switch off without forgetting', () => {
    const form: WebchatForm = {
      ...formOf(channel),
      title: ' ',
      address: '',
      greeting: { id: ' ', en: 'Hi' },
    };
    form.hours = { ...form.hours, on: false };
    form.files = { ...form.files, on: false };
    const config = configOf(form, full as unknown as StoredConfig);
    expect(config).toMatchObject({ greeting: { en: 'Hi' }, officeHours: null, files: null });
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['title']));
    expect(Object.keys(config)).not.toEqual(expect.arrayContaining(['address']));
    expect(form.hours.week).toHaveLength(3);
  });

  it('have no choices where nothing is to choose', () => {
    const form = formOf(channel);
    form.preChat = form.preChat.map((question) => ({ ...question, kind: 'text' }));
    expect(parse(configOf(form)).preChat.map(({ options }) => options)).toEqual([[], []]);
  });

  it.each([
    [{ name: ' Obrolan ', sites: ['https://toko.example'] }, 'Obrolan'],
    [{ name: '', sites: ['https://www.toko.example:8443'] }, 'toko.example:8443'],
    [{ name: '', sites: ['*.toko'] }, ''],
    [{ name: '', sites: [] }, ''],
  ])('a channel of %j is called "%s"', (form, name) => {
    expect(nameOf(form)).toBe(name);
  });
});

describe('what is wrong with them', () => {
  const good = formOf(channel);
  const first = good.preChat[0]!;

  it('is nothing where the server has nothing to say either', () => {
    expect([...problemsIn(good)]).toEqual([]);
    expect([...problemsIn({ ...formOf(undefined), name: 'Toko' })]).toEqual([]);
  });

  it.each<[Partial<WebchatForm>, string, string, string]>([
    [{ name: '', sites: [] }, 'name', 'name', 'site'],
    [{ sites: ['toko'] }, 'allowedOrigins', 'site', 'site'],
    [{ sites: ['https://*.toko.example'] }, 'allowedOrigins', 'wildcard', 'site'],
    [
      { sites: Array.from({ length: 51 }, (_, n) => `https://t${String(n)}.example`) },
      'allowedOrigins',
      'tooManySites',
      'site',
    ],
    [{ colour: '#12' }, 'colour', 'colour', 'look'],
    [{ inset: 201 }, 'launcher.inset', 'inset', 'look'],
    [{ bottom: '' }, 'launcher.bottom', 'bottom', 'look'],
    [
      { hours: { ...good.hours, week: [{ day: 1, from: '09:00', to: '' }] } },
      'officeHours.week.0',
      'time',
      'hours',
    ],
    [{ preChat: [{ ...first, label: { id: ' ', en: '' } }] }, 'preChat.0.label', 'label', 'start'],
    [{ preChat: [{ ...first, kind: 'choice' }] }, 'preChat.0.options', 'options', 'start'],
    [{ preChat: [{ ...first, id: '1st' }] }, 'preChat.0.id', 'answerName', 'start'],
    [{ preChat: [first, first] }, 'preChat.1.id', 'answerTwice', 'start'],
    [{ files: { on: true, types: [], maxMegabytes: 1 } }, 'files.types', 'types', 'rules'],
    [{ files: { on: true, types: ['image/png'], maxMegabytes: 25.1 } }, 'files.maxBytes', 'size', 'rules'],
    [{ continuity: { on: true, afterSeconds: 1.5 } }, 'continuity.afterSeconds', 'afterSeconds', 'rules'],
    [{ defaultRegion: 'IDN' }, 'defaultRegion', 'region', 'rules'],
    [{ reopenWithinHours: 9000 }, 'reopenWithinHours', 'reopen', 'rules'],
  ])('%j: %s is %s, on the tab %s', (part, field, problem, tab) => {
    expect(problemsIn({ ...good, ...part }).get(field)).toBe(problem);
    expect(tabOf(field)).toBe(tab);
  });

  it('is nobody’s business while it is switched off', () => {
    const off = problemsIn({
      ...good,
      hours: { ...good.hours, on: false, week: [{ day: 1, from: '', to: '' }] },
      files: { on: false, types: [], maxMegabytes: '' },
      continuity: { on: false, afterSeconds: '' },
    });
    expect([...off]).toEqual([]);
  });

  it.each([
    ['config.allowedOrigins.3', 'allowedOrigins', 'site'],
    ['config.officeHours.week.2.from', 'officeHours.week.2', 'hours'],
    ['config.officeHours.timeZone', 'officeHours.timeZone', 'hours'],
    ['config.preChat.1.label.id', 'preChat.1.label', 'start'],
    ['config.preChat.1.options.0', 'preChat.1.options', 'start'],
    ['config.greeting.en', 'greeting.en', 'look'],
    ['config.files.types.0', 'files.types', 'rules'],
    ['name', 'name', 'site'],
    ['config.trustCallerId', 'trustCallerId', null],
  ])('of the server’s answer about %s, the field %s on the tab %s says so', (path, field, tab) => {
    expect(fieldOf(path)).toBe(field);
    expect(tabOf(field)).toBe(tab);
  });
});
