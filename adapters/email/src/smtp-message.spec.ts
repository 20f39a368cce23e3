import { describe, expect, it } from '@jest/globals';
import { MemoryBlobs } from '@loket/channel/recording-host.js';
import { outboundMessageSchema, type OutboundMessage } from '@loket/contracts/outbound.js';
import { composeMail, subjectOf, threadOf } from './smtp-message.js';

const id = '0190a1b2-0000-7000-8000-000000000001';
const config = { address: 'cs@toko.example', plusAddressing: false };

function message(patch: Partial<OutboundMessage> = {}): OutboundMessage {
  return outboundMessageSchema.parse({
    messageId: id,
    caseNumber: 1042,
    token: 'lk1a-0123456789abcdef',
    to: { kind: 'email', value: 'budi@example.com', name: 'Budi' },
    subject: 'Pesanan',
    text: 'Halo',
    thread: { inReplyTo: 'a@x', references: ['a@x'] },
    createdAt: '2026-01-02T03:04:05Z',
    attempt: 1,
    ...patch,
  });
}
const compose = (patch: Partial<OutboundMessage> = {}, more = {}) =>
  composeMail(message(patch), { ...config, ...more }, 'Toko', new MemoryBlobs());

describe('subjectOf', () => {
  it.each([
    ['Pesanan', true, 'Re: Pesanan [#1042]'],
    ['Re: Pesanan', true, 'Re: Pesanan [#1042]'],
    ['RE : Pesanan [#1042]', true, 'RE : Pesanan [#1042]'],
    ['Pesanan #10421', true, 'Re: Pesanan #10421 [#1042]'],
    ['Pesanan', false, 'Pesanan [#1042]'],
    [null, true, 'Re: [#1042]'],
    ['', false, '[#1042]'],
    ['Halo\r\nBcc: x@evil.example', true, 'Re: Halo Bcc: x@evil.example [#1042]'],
    ['x'.repeat(2000), false, `${'x'.repeat(900)} [#1042]`],
  ])('%j reply=%j → %j', (subject, isReply, expected) => {
    expect(subjectOf({ subject, caseNumber: 1042 }, isReply)).toBe(expected);
  });

  it('names no case where there is none', () => {
    expect(subjectOf({ subject: 'Undangan', caseNumber: 0 }, false)).toBe('Undangan');
  });
});

describe('threadOf', () => {
  const many = Array.from({ length: 60 }, (_, index) => `m${index}@x`);
  it.each([
    ['puts the answered one last', ['a@x', 'b@x'], 'a@x', ['b@x', 'a@x']],
    ['leaves out ids without a Message-ID behind them', ['sha256:00', 'a@x'], 'sha256:11', ['a@x']],
    ['leaves out what would break the header', ['a@x>\r\nBcc: y@z', 'b@x'], null, ['b@x']],
    ['keeps the root and the last twenty', many, null, ['m0@x', ...many.slice(-20)]],
  ])('%s', (_what, references, inReplyTo, expected) => {
    expect(threadOf({ thread: { references, inReplyTo } })).toEqual(expected);
  });
});

describe('composeMail', () => {
  it('gives the same message the same id', () => {
    expect(compose().externalId).toBe(compose({ text: 'lain', attempt: 7 }).externalId);
    expect(compose().externalId).toContain(id);
  });

  it('writes to exactly the approved people, each once', () => {
    const { envelope, mail } = compose({
      others: [
        { role: 'cc', kind: 'email', value: 'ani@example.com' },
        { role: 'bcc', kind: 'email', value: 'arsip@toko.example' },
        { role: 'reply_to', kind: 'email', value: 'elsewhere@evil.example' },
        { role: 'cc', kind: 'email', value: 'budi@example.com' },
      ],
    });
    expect(envelope).toEqual({
      from: 'cs@toko.example',
      to: ['budi@example.com', 'ani@example.com', 'arsip@toko.example'],
    });
    expect(JSON.stringify(mail)).not.toMatch(/arsip|evil/);
  });

  it('marks automatic mail only', () => {
    expect(compose().mail.headers).toEqual({});
    expect(compose({ automatic: true }).mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-replied' });
    const first = compose({ automatic: true, thread: { references: [] } });
    expect(first.mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-generated' });
  });

  it('names the case in Reply-To where the server knows plus-addresses', () => {
    expect(compose().mail.replyTo).toBeUndefined();
    expect(compose({}, { plusAddressing: true }).mail.replyTo).toBe('cs+lk1a-0123456789abcdef@toko.example');
    const long = { plusAddressing: true, address: `${'c'.repeat(50)}@toko.example` };
    expect(compose({}, long).mail.replyTo).toBeUndefined();
  });

  it.each([
    ['budi@example.com\r\nRCPT TO:<x@evil.example>'],
    ['budi@example.com, x@evil.example'],
    ['<x@evil.example>'],
    ['budi'],
    ['budi@a@b'],
    ['budi@exam ple.com'],
    ['bu\u200bdi@example.com'],
    [''],
  ])('refuses the recipient %j', (value) => {
    expect(() => compose({ to: { kind: 'email', value } })).toThrow(
      expect.objectContaining({ code: 'rejected', reason: 'recipient_invalid' }),
    );
  });

  it('refuses people who are not reached by mail, and tokens that are none', () => {
    expect(() => compose({ to: { kind: 'whatsapp', value: '62811' } })).toThrow('recipient_invalid');
    expect(() => compose({ token: 'a\r\nBcc: x@y.z' })).toThrow('header_invalid');
    expect(() => composeMail(message(), { plusAddressing: false }, 'Toko', new MemoryBlobs())).toThrow(
      'mail_not_configured',
    );
  });
});
