import { describe, expect, it } from '@jest/globals';
import { parseMail, type MailSettings, type ParsedMail } from './parse-mail.js';

const settings: MailSettings = {
  ownAddresses: ['cs@toko.example'],
  trustedAuthservIds: ['mx.toko.example'],
  checkDkim: true,
  now: Date.parse('2026-03-11T00:00:00Z'),
};
const read = async (...fields: string[]): Promise<ParsedMail> =>
  parseMail(
    Buffer.from([...fields, 'To: cs@toko.example', 'Subject: Halo', '', 'Halo', ''].join('\r\n'), 'latin1'),
    settings,
  );
const from = 'From: Budi <budi@contoh.example>';
const passed = 'Authentication-Results: mx.toko.example; dmarc=pass header.from=contoh.example';

describe('who wrote', () => {
  it.each([
    ['Reply-To: Ani <ani@lain.example>'],
    ['Reply-To: ani@lain.example, cs@toko.example'],
    ['Sender: Ani <ani@lain.example>'],
    ['Return-Path: <ani@lain.example>'],
    ['X-Original-From: Ani <ani@lain.example>'],
    ['Resent-From: ani@lain.example'],
  ])('is From, not %s', async (field) => {
    for (const fields of [
      [passed, field, from],
      [passed, from, field],
    ]) {
      const { sender } = await read(...fields);
      expect(sender).toEqual({
        kind: 'email',
        value: 'budi@contoh.example',
        name: 'Budi',
        proof: 'verified',
        evidence: ['dmarc=pass by mx.toko.example'],
      });
    }
  });

  it('is not proven by what proves another address', async () => {
    const about = (domain: string): string =>
      `Authentication-Results: mx.toko.example; dkim=pass header.d=${domain}; dmarc=pass header.from=${domain}`;
    for (const field of ['Reply-To', 'Sender']) {
      const { sender } = await read(about('lain.example'), `${field}: ani@lain.example`, from);
      expect(sender).toMatchObject({ value: 'budi@contoh.example', proof: 'claimed', evidence: [] });
    }
  });

  it('names Reply-To as where answers are wanted, and as nothing else', async () => {
    const { recipients, sender } = await read(from, 'Reply-To: Ani <ani@lain.example>, budi@CONTOH.example');
    expect(recipients).toEqual([
      { role: 'to', kind: 'email', value: 'cs@toko.example', name: null },
      { role: 'reply_to', kind: 'email', value: 'ani@lain.example', name: 'Ani' },
    ]);
    expect(sender.value).toBe('budi@contoh.example');
  });

  it.each<[string, string[], string]>([
    ['Sender', ['Sender: Ani <ani@lain.example>'], 'ani@lain.example'],
    ['the envelope', ['Return-Path: <ani@lain.example>'], 'ani@lain.example'],
    ['nobody, for Reply-To is no author', ['Reply-To: ani@lain.example'], 'unknown@invalid'],
    [
      'nobody, with a From that holds no address',
      ['From: Budi Santoso', 'Reply-To: a@lain.example'],
      'unknown@invalid',
    ],
  ])('without a From is %s, unproven', async (_, fields, value) => {
    const proofs = 'Authentication-Results: mx.toko.example; dkim=pass header.d=lain.example; dmarc=pass';
    const { sender, warnings } = await read(proofs, ...fields);
    expect(sender.value).toBe(value);
    expect(sender).toMatchObject({ proof: 'claimed', evidence: [] });
    expect(warnings).toContain('sender_missing');
  });

  it.each([
    ['two fields', [from, 'From: ani@lain.example']],
    ['the same twice', [from, from]],
    ['several people', ['From: budi@contoh.example, ani@lain.example']],
    ['an address in the name', ['From: "Bank <info@bank.example>" <budi@contoh.example>']],
  ])('is not proven when From is ambiguous: %s', async (_, fields) => {
    expect(await read(passed, ...fields)).toMatchObject({
      sender: { proof: 'claimed', evidence: [] },
      warnings: expect.arrayContaining(['from_ambiguous']),
    });
  });
});
