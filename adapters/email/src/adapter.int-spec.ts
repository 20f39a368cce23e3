import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import type { Original } from '@loket/channel/conformance-harness.js';
import { channelConformance } from '@loket/channel/conformance.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { outboundMessageSchema } from '@loket/contracts/outbound.js';
import { Dovecot } from '../../../test/support/dovecot.js';
import { SmtpSink } from '../../../test/support/smtp-sink.js';
import { emailAdapter } from './index.js';

const password = 'kopi susu';
const users = Array.from({ length: 300 }, (_, index) => ({ name: `user${index}`, password }));
const given = new Map<string, string>();
let dovecot: Dovecot;
let sink: SmtpSink;

const userOf = ({ id }: ChannelRef): string => given.get(id) ?? '';

/** some of the corpus that the parser is tested with */
const fixtures = [
  ...['apple-text-image-text', 'bounce-postfix', 'calendar-invite', 'charset-utf16-bom', 'filename-nul-crlf'],
  ...[
    'header-8bit-latin1',
    'message-id-long',
    'nested-message',
    'nul-and-surrogates',
    'quote-gmail-id',
    'tnef-winmail',
  ],
];

const harness: Parameters<typeof channelConformance>[1] = {
  start: async () => {
    [dovecot, sink] = await Promise.all([
      Dovecot.start({ users }),
      SmtpSink.start({ auth: { user: 'cs', password } }),
    ]);
  },
  stop: async () => {
    await Promise.all([dovecot.stop(), sink.stop()]);
  },
  create: () =>
    emailAdapter({
      imap: { reconnect: { minMs: 50, maxMs: 200 }, stalled: { minMs: 30, maxMs: 100 } },
      smtp: { silenceMs: 500 },
      maxThreads: 1,
    }),
  channel: () => {
    const id = randomUUID();
    // a mailbox of its own for every channel
    const user = users[given.size]?.name;
    if (user === undefined) throw new Error('more channels than accounts');
    given.set(id, user);
    const server = { host: '127.0.0.1', security: 'none', password };
    const imap = { ...server, port: dovecot.port, user };
    const smtp = { ...server, port: sink.port, user: 'cs' };
    return {
      id,
      kind: 'email',
      name: 'Toko',
      version: 1,
      config: { address: 'cs@toko.example', imap, smtp },
    };
  },
  originals: [
    mail('plain', 'Halo, pesanan saya belum sampai.'),
    {
      name: 'html with a script and a file',
      mediaType: 'message/rfc822',
      raw: Buffer.from(
        [
          'From: =?utf-8?Q?B=C3=BCdi?= <budi@example.com>',
          'To: cs@toko.example',
          'Subject: Faktur',
          'Message-ID: <html@example.com>',
          'MIME-Version: 1.0',
          'Content-Type: multipart/mixed; boundary=b',
          '',
          '--b',
          'Content-Type: text/html; charset=utf-8',
          '',
          '<p onclick="x()">Halo <script>alert(1)</script><b>Toko</b></p>',
          '--b',
          'Content-Type: application/pdf; name="faktur.pdf"',
          'Content-Disposition: attachment',
          'Content-Transfer-Encoding: base64',
          '',
          'JVBERi0xLjQK',
          '--b--',
          '',
        ].join('\r\n'),
      ),
    },
    {
      ...mail('without a Message-ID', 'Halo'),
      raw: Buffer.from('From: a@b.example\r\nSubject: x\r\n\r\nHalo\r\n'),
    },
    ...fixtures.map(fixture),
  ],
  unreadable: [
    { name: 'not a mail', mediaType: 'message/rfc822', raw: Buffer.from([0, 1, 2, 3, 0xff, 0xfe]) },
  ],
  source: {
    next: () => mail('next', 'Halo lagi'),
    deliver: (original, channel) => dovecot.deliver(userOf(channel), original.raw),
    acknowledged: async (channel) =>
      (await dovecot.list(userOf(channel))).filter(({ flags }) => flags.includes('S')).length,
  },
  outbound: {
    message: () =>
      outboundMessageSchema.parse({
        messageId: randomUUID(),
        caseNumber: 7,
        token: 'lk7-0123456789abcdef',
        to: { kind: 'email', value: 'budi@example.com' },
        subject: 'Pesanan',
        text: 'Sudah dikirim.',
        thread: { inReplyTo: 'a@example.com' },
        createdAt: '2026-01-01T00:00:00Z',
        attempt: 1,
      }),
    arrived: async () => sink.mails.map(({ raw }) => /^Message-ID:\s+<(.*)>/im.exec(raw)?.[1] ?? ''),
    stage: {
      temporary: async () => sink.misbehave({ at: 'rcpt', code: 451, text: '4.7.1 greylisted' }),
      rejected: async () => sink.misbehave({ at: 'rcpt', code: 550, text: '5.1.1 no such user' }),
      auth: async () => sink.misbehave({ at: 'mail', code: 530, text: '5.7.0 sign in' }),
      ambiguous: async () => sink.misbehave({ at: 'drop_after_data' }),
    },
    heal: async () => sink.misbehave(null),
  },
  badConfig: { imap: { host: '127.0.0.1', port: 1, user: 'x', password: 'x' } },
};

channelConformance('the e-mail adapter', harness, { describe, it, beforeAll, afterAll });

function mail(name: string, text: string): Original {
  const head = `From: Budi <budi@example.com>\r\nTo: cs@toko.example\r\nMessage-ID: <${randomUUID()}@example.com>`;
  const raw = Buffer.from(`${head}\r\nSubject: ${name}\r\n\r\n${text}\r\n`);
  return { name, raw, mediaType: 'message/rfc822' };
}

function fixture(name: string): Original {
  const raw = readFileSync(join(import.meta.dirname, '../fixtures', `${name}.eml`));
  return { name, raw, mediaType: 'message/rfc822' };
}
