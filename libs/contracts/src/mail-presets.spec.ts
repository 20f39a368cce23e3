import { describe, expect, it } from '@jest/globals';
import { imapConfigSchema, smtpConfigSchema } from './channels.js';
import { mailPresets, presetForAddress, presetForHost, presetServers } from './mail-presets.js';

describe('mailPresets', () => {
  it('name each provider, domain and server once', () => {
    for (const values of [mailPresets.map(({ id }) => id), mailPresets.flatMap(({ domains }) => domains)]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it.each(mailPresets.map((preset) => [preset.id, preset] as const))(
    '%s makes settings that can be saved',
    (_id, preset) => {
      const { imap, smtp } = presetServers(preset, 'cs@toko.co.id');
      imapConfigSchema.parse({ ...imap, user: 'cs@toko.co.id' });
      smtpConfigSchema.parse(smtp);
      for (const { host, port, security } of [imap, smtp]) {
        expect(host).toMatch(/^[a-z0-9.-]+$/);
        expect(security).toBe([993, 465].includes(port) ? 'tls' : 'starttls');
      }
    },
  );
});

it.each([
  ['Budi@GMAIL.com', 'gmail'],
  ['toko@yahoo.co.id', 'yahoo'],
  ['cs@toko.co.id', undefined],
  ['gmail.com@toko.id', undefined],
])('%s → %s', (address, id) => {
  expect(presetForAddress(address)?.id).toBe(id);
});

it.each([
  ['IMAP.gmail.com ', 'gmail'],
  ['smtp.office365.com', 'microsoft'],
  ['mail.toko.id', undefined],
])('server %s → %s', (host, id) => {
  expect(presetForHost(host)?.id).toBe(id);
});
