import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { channelKinds, channelStatuses } from '@loket/contracts/channels.js';
import { roles, scopes } from '@loket/contracts/access.js';
import { mailFailureCodes } from '@loket/contracts/mail-failures.js';
import { mailPresetHints, mailPresets } from '@loket/contracts/mail-presets.js';
import { whatsappChannelCodes, whatsappTestSteps } from '@loket/contracts/whatsapp-codes.js';

const locales = ['id', 'en'] as const;
const features = ['access', 'settings', 'quarantine'] as const;

function texts(feature: string, locale: string): Record<string, string> {
  const url = new URL(`../${feature}/locales/${locale}.json`, import.meta.url);
  return flat(JSON.parse(readFileSync(url, 'utf8')));
}

/** `{a: {b: "x"}}` → `{"a.b": "x"}` */
function flat(tree: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : Object.entries(flat(value, `${prefix}${key}.`)),
    ),
  );
}

const mailSteps = ['imap_connect', 'imap_login', 'imap_mailbox', 'smtp_connect', 'smtp_login'];
const steps = [...mailSteps, ...whatsappTestSteps];
/** what core and the adapters' host put into a channel's `statusCode` themselves */
const coreCodes = ['no_adapter_host', 'channel_secrets_unreadable', 'connect_failed', 'secrets_missing'];
const failures = new Set([...mailFailureCodes, ...whatsappChannelCodes, ...coreCodes, 'other']);
const needed = [
  ...[...failures].map((code) => `failure.${code}`),
  ...channelStatuses.flatMap((status) => [`status.${status}`, `status.means.${status}`]),
  ...channelKinds.map((kind) => `channels.kind.${kind}`),
  ...steps.flatMap((step) => [`step.${step}.ok`, `step.${step}.failed`]),
  ...mailPresetHints.map((hint) => `hint.any.${hint}`),
  ...mailPresets.filter(({ name }) => name === null).map(({ id }) => `preset.${id}`),
  ...roles.map((role) => `people.may.${role}`),
  ...scopes.map((scope) => `tokens.scope.${scope}`),
];
const quarantineCodes = [
  'parse_failed',
  'parse_timeout',
  'too_large',
  'not_a_mail',
  'intake_failed',
  'other',
];

describe.each(locales)('sentences in %s', (locale) => {
  it.each(needed)('has one for %s', (key) => {
    expect(texts('settings', locale)[key]).toMatch(/\S/);
  });

  it.each(quarantineCodes)('says why a message is quarantined: %s', (code) => {
    expect(texts('quarantine', locale)[`code.${code}`]).toMatch(/\S/);
  });

  it('has no sentence for codes that do not exist any more', () => {
    const known = new Set<string>(needed);
    const left = Object.keys(texts('settings', locale)).filter(
      (key) => key.startsWith('failure.') && !known.has(key),
    );
    expect(left).toEqual([]);
  });

  it('gives hints only for providers and hints that exist', () => {
    const real = mailPresets.flatMap(({ id, hints }) => hints.map((hint) => `hint.${id}.${hint}`));
    const given = Object.keys(texts('settings', locale)).filter(
      (key) => key.startsWith('hint.') && !key.startsWith('hint.any.'),
    );
    expect(given.filter((key) => !real.includes(key))).toEqual([]);
  });
});

describe.each(features)('both languages of %s', (feature) => {
  const id = texts(feature, 'id');
  const en = texts(feature, 'en');
  // Indonesian has no plural forms
  const singular = (keys: string[]) => keys.filter((key) => !key.endsWith('_one')).sort();

  it('have the same texts', () => {
    expect(singular(Object.keys(id))).toEqual(singular(Object.keys(en)));
  });

  it('fill in the same values', () => {
    const values = (tree: Record<string, string>) =>
      singular(Object.keys(tree)).map((key) => [key, (tree[key]?.match(/\{\{\w+\}\}/g) ?? []).sort()]);
    expect(values(en)).toEqual(values(id));
  });
});
