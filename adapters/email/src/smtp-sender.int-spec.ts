import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryBlobs } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { emailConfigSchema, type EmailConfig } from '@loket/contracts/channels.js';
import { outboundMessageSchema, type OutboundMessage } from '@loket/contracts/outbound.js';
import { simpleParser } from 'mailparser';
import { SmtpSink, type SmtpSinkOptions, type Trouble } from '../../../test/support/smtp-sink.js';
import { SmtpSender } from './smtp-sender.js';

const timeouts = { connectMs: 2000, greetingMs: 2000, silenceMs: 500, idleMs: 60_000 };
let sink: SmtpSink;
let sender: SmtpSender;
let blobs: MemoryBlobs;
const channel: ChannelRef = { id: randomUUID(), kind: 'email', name: 'Rumah Senja', version: 1, config: {} };

async function serve(options: SmtpSinkOptions = {}): Promise<void> {
  await sink?.stop();
  sink = await SmtpSink.start(options);
}

function config(smtp: object = {}): EmailConfig {
  return emailConfigSchema.parse({
    address: 'cs@toko.example',
    displayName: 'Toko Büku, "Rumah"',
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none', ...smtp },
  });
}

function message(patch: object = {}): OutboundMessage {
  return outboundMessageSchema.parse({
    messageId: randomUUID(),
    caseNumber: 7,
    token: 'lk7-0123456789abcdef',
    to: { kind: 'email', value: 'budi@example.com', name: 'Budi\r\nBcc: x@evil.example' },
    subject: 'Pesanan saya\r\nBcc: y@evil.example',
    text: 'Halo Budi, salam — 你好',
    html: '<p>Halo <b>Budi</b></p>',
    thread: { inReplyTo: 'two@example.com', references: ['one@example.com'] },
    createdAt: '2026-01-02T03:04:05Z',
    attempt: 1,
    ...patch,
  });
}

const send = (of = message(), with_ = config()) => sender.send(of, channel, with_, blobs);

async function* inTwoHalves(bytes: Promise<Buffer>): AsyncGenerator<Buffer> {
  yield (await bytes).subarray(0, 200_000);
  await sleep(300);
  yield (await bytes).subarray(200_000);
}

beforeEach(async () => {
  sink = await SmtpSink.start();
  blobs = new MemoryBlobs();
  sender = new SmtpSender({ maxMessageBytes: 1_000_000 }, timeouts);
});
afterEach(async () => {
  sender.close();
  await sink.stop();
});

describe('a mail that goes out', () => {
  it('arrives as it was written, threaded, with its files, and without a header of a stranger', async () => {
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, index) => index % 256));
    const file = { ...(await blobs.put(bytes, 'application/pdf')), name: 'faktur "№ 1";\r\nX: y.pdf' };
    const of = message({ attachments: [file] });
    const result = await send(of);
    const [mail] = sink.mails;
    expect(mail).toMatchObject({ from: 'cs@toko.example', to: ['budi@example.com'] });
    const parsed = await simpleParser(mail?.raw ?? '');
    expect(parsed.messageId).toBe(`<${result.externalId}>`);
    expect(parsed.inReplyTo).toBe('<two@example.com>');
    expect(parsed.references).toEqual(['<one@example.com>', '<two@example.com>']);
    expect(parsed.subject).toBe('Re: Pesanan saya Bcc: y@evil.example [#7]');
    expect(parsed.from?.value).toEqual([{ name: 'Toko Büku, "Rumah"', address: 'cs@toko.example' }]);
    expect(parsed.text?.trim()).toBe(of.text);
    expect(mail?.raw).toMatch(/Content-Type: text\/html.*<b>Budi<\/b>/s);
    expect(parsed.headers.has('bcc')).toBe(false);
    expect(parsed.headers.has('auto-submitted')).toBe(false);
    expect(Buffer.from(parsed.attachments[0]?.content ?? []).equals(bytes)).toBe(true);
    expect(parsed.attachments[0]?.filename).toBe('faktur "№ 1"; X: y.pdf');
    expect(result.references).toContain(result.externalId);
    expect((await send(of)).externalId).toBe(result.externalId);
  });

  it('uses one connection for several, and a new one when the settings changed', async () => {
    for (let index = 0; index < 5; index += 1) await send();
    expect(sink.connections).toBe(1);
    await sender.send(message(), { ...channel, version: 2 }, config(), blobs);
    expect(sink.connections).toBe(2);
  });

  it('goes out at once when the server closed the idle connection meanwhile', async () => {
    await send();
    sink.dropConnections();
    await send();
    sink.misbehave({ at: 'mail', code: 421, text: '4.4.2 idle too long' }, 1);
    await send().catch(() => undefined);
    await send();
    expect(sink.mails.length).toBeGreaterThanOrEqual(3);
  });

  it('reaches those who were accepted, and says who was not', async () => {
    sink.misbehave({ at: 'rcpt', code: 550, text: '5.1.1 no such user', only: 'ani@example.com' });
    const result = await send(message({ others: [{ role: 'cc', kind: 'email', value: 'ani@example.com' }] }));
    expect(result.detail).toContain('5.1.1 no such user');
  });
});

describe('what a failure means', () => {
  const replies: [string, Trouble, object][] = [
    [
      'greylisting',
      { at: 'rcpt', code: 451, text: '4.7.1 greylisted' },
      { code: 'temporary', reason: 'smtp_recipient_deferred', retryAfterMs: 300_000 },
    ],
    [
      'an unknown recipient',
      { at: 'rcpt', code: 550, text: '5.1.1 no such user' },
      { code: 'rejected', reason: 'smtp_recipient_refused', detail: expect.stringContaining('no such user') },
    ],
    [
      'a refused sender',
      { at: 'mail', code: 553, text: '5.7.1 not yours' },
      { code: 'rejected', reason: 'smtp_sender_refused' },
    ],
    [
      'a sign-in that is missing',
      { at: 'mail', code: 530, text: '5.7.0 sign in first' },
      { code: 'auth', reason: 'smtp_auth_required' },
    ],
    [
      'content taken for spam',
      { at: 'after_data', code: 554, text: '5.7.1 spam' },
      { code: 'rejected', reason: 'smtp_message_refused' },
    ],
    [
      'a full mailbox',
      { at: 'after_data', code: 452, text: '4.2.2 full' },
      { code: 'temporary', reason: 'smtp_deferred' },
    ],
    [
      'a mail that is too large',
      { at: 'after_data', code: 552, text: '5.3.4 too big' },
      { code: 'rejected', reason: 'smtp_message_too_large' },
    ],
    [
      'a busy server',
      { at: 'mail', code: 421, text: '4.3.2 try later' },
      { code: 'temporary', reason: 'smtp_busy' },
    ],
    ['a hang-up at the door', { at: 'drop_on_connect' }, { code: 'temporary', reason: 'smtp_closed' }],
    [
      'a hang-up in the middle of the mail',
      { at: 'drop_during_data' },
      { code: 'temporary', reason: 'smtp_closed' },
    ],
    [
      'a hang-up after the mail, before the answer',
      { at: 'drop_after_data' },
      { code: 'ambiguous', reason: 'smtp_no_answer' },
    ],
    ['silence after the mail', { at: 'silent_after_data' }, { code: 'ambiguous', reason: 'smtp_no_answer' }],
  ];
  it.each(replies)('%s', async (what, trouble, expected) => {
    sink.misbehave(trouble);
    // The second half of the file comes only when the line was cut, whatever the buffers on the way have swallowed.
    const slow = what.includes('middle')
      ? [{ ...(await blobs.put(Buffer.alloc(400_000, 'x'), 'text/plain')), name: 'x.txt' }]
      : [];
    blobs.stream = (sha256) => Promise.resolve(Readable.from(inTwoHalves(blobs.read(sha256))));
    await expect(send(message({ attachments: slow }))).rejects.toMatchObject(expected);
  });

  it('is uncertain also on a connection that was used before', async () => {
    await send();
    sink.misbehave({ at: 'drop_after_data' });
    await expect(send()).rejects.toMatchObject({ code: 'ambiguous' });
    expect(sink.mails).toHaveLength(2);
  });

  it('names a wrong password', async () => {
    await serve({ auth: { user: 'cs', password: 'benar' } });
    await expect(send(message(), config({ user: 'cs', password: 'salah' }))).rejects.toMatchObject({
      code: 'auth',
      reason: 'smtp_auth_failed',
      detail: expect.stringContaining('not accepted'),
    });
    await send(message(), config({ user: 'cs', password: 'benar' })).catch(() => undefined);
    await sender.send(
      message(),
      { ...channel, version: 3 },
      config({ user: 'cs', password: 'benar' }),
      blobs,
    );
    expect(sink.mails.at(-1)?.user).toBe('cs');
  });

  it.each([
    ['nobody listens', { port: 1 }, 'smtp_refused'],
    ['no such name', { host: 'smtp.invalid' }, 'smtp_dns_failed'],
    ['STARTTLS is not offered', { security: 'starttls' }, 'smtp_tls_failed'],
    ['a port without TLS', { security: 'tls' }, 'smtp_not_tls'],
  ])('%s', async (_what, smtp, reason) => {
    await expect(send(message(), config(smtp))).rejects.toMatchObject({ code: 'temporary', reason });
  });

  it('does not send in clear text over a certificate that cannot be trusted', async () => {
    await serve({ starttls: true });
    const refused = send(message(), config({ security: 'starttls' }));
    await expect(refused).rejects.toMatchObject({ code: 'temporary', reason: 'smtp_certificate_invalid' });
    const settings = config({ security: 'starttls', allowInvalidCertificate: true });
    await sender.send(message(), { ...channel, version: 4 }, settings, blobs);
    expect(sink.mails).toHaveLength(1);
  });

  it('refuses what is missing or too large before anything goes out', async () => {
    const gone = { sha256: '0'.repeat(64), size: 10, mediaType: 'text/plain', name: 'a.txt' };
    await expect(send(message({ attachments: [gone] }))).rejects.toMatchObject({
      code: 'rejected',
      reason: 'attachment_missing',
    });
    await expect(send(message({ attachments: [{ ...gone, size: 2_000_000 }] }))).rejects.toMatchObject({
      code: 'rejected',
      reason: 'smtp_message_too_large',
    });
    expect(sink.mails).toEqual([]);
    await send();
    expect(sink.mails).toHaveLength(1);
  });
});
