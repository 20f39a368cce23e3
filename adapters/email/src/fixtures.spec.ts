import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { normalizedMessageSchema } from '@loket/contracts/inbound.js';
import { parseMail, type MailSettings, type ParsedMail } from './parse-mail.js';

/**
 * Each mail in `fixtures` is named after the oddity that it holds; beside it stands what must come out. Keys are
 * fields of the message (compared in part), or one of these:
 */
interface Expected extends Record<string, unknown> {
  textIncludes?: string[];
  textExcludes?: string[];
  quotedIncludes?: string[];
  htmlIncludes?: string[];
  htmlExcludes?: string[];
  externalIdLike?: string;
  /** name of another fixture that must get the same id */
  sameIdAs?: string;
  warnings?: string[];
  attachments?: { size?: number }[];
}

const folder = new URL('../fixtures/', import.meta.url);
const settings: MailSettings = {
  ownAddresses: ['cs@toko.example', 'halo@toko.example'],
  trustedAuthservIds: ['mx.toko.example'],
  checkDkim: true,
  now: Date.parse('2026-03-11T00:00:00Z'),
};
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => file.slice(0, -4));

async function read(name: string): Promise<ParsedMail> {
  return parseMail(readFileSync(new URL(`${name}.eml`, folder)), settings);
}

describe('mails from the wild', () => {
  it.each(names)('%s', async (name) => {
    const expected = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Expected;
    const mail = await read(name);
    const { files, ...message } = mail;

    const {
      textIncludes,
      textExcludes,
      quotedIncludes,
      htmlIncludes,
      htmlExcludes,
      externalIdLike,
      sameIdAs,
      warnings,
      attachments,
      ...fields
    } = expected;
    expect(message).toMatchObject(fields);
    for (const words of textIncludes ?? []) expect(message.text).toContain(words);
    for (const words of textExcludes ?? []) expect(message.text).not.toContain(words);
    for (const words of quotedIncludes ?? []) expect(message.quoted).toContain(words);
    for (const words of htmlIncludes ?? []) expect(message.html).toContain(words);
    for (const words of htmlExcludes ?? []) expect(message.html).not.toContain(words);
    if (externalIdLike !== undefined) expect(message.externalId).toMatch(new RegExp(externalIdLike));
    if (sameIdAs !== undefined) expect(message.externalId).toBe((await read(sameIdAs)).externalId);
    if (warnings) expect(message.warnings).toEqual(expect.arrayContaining(warnings));
    if (warnings?.length === 0) expect(message.warnings).toEqual([]);
    if (attachments) {
      expect(files.map(({ bytes, ...file }) => ({ ...file, size: bytes.length }))).toMatchObject(attachments);
    }
  });

  it.each(names)('%s: what comes out fits the contract and the database', async (name) => {
    const { files, selfProof, ...message } = await read(name);
    const whole = {
      ...message,
      channelId: '0190a1b2-0000-7000-8000-000000000000',
      attachments: files.map(({ bytes, ...file }) => ({
        ...file,
        size: bytes.length,
        sha256: 'a'.repeat(64),
      })),
    };
    expect(() => normalizedMessageSchema.parse(whole)).not.toThrow();

    expect(JSON.stringify(whole)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  });

  it('holds every mail beside what is expected of it', () => {
    expect(names.length).toBeGreaterThanOrEqual(140);
  });
});
