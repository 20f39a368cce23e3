import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NormaliseError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { normalizedMessageSchema } from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { dkimSigned, rsaPair, zone } from '../../../test/support/dkim.js';
import { MailNormaliser } from './normalise.js';
import { TxtRecords } from './txt-records.js';

/** Blobs in memory: the port's own promise, without a disk. */
function memoryBlobs(): BlobAccess & { store: Map<string, Buffer> } {
  const store = new Map<string, Buffer>();
  return {
    store,
    put(bytes, mediaType) {
      if (!(bytes instanceof Uint8Array)) throw new Error('streams are not used here');
      const buffer = Buffer.from(bytes);
      const sha256 = createHash('sha256').update(buffer).digest('hex');
      store.set(sha256, buffer);
      return Promise.resolve({ sha256, size: buffer.length, mediaType });
    },
    read: (sha256) => Promise.resolve(store.get(sha256) ?? Buffer.alloc(0)),
    stream: () => Promise.reject(new Error('streams are not used here')),
  };
}

const channel: ChannelRef = {
  id: '0190a1b2-0000-7000-8000-000000000000',
  kind: 'email',
  name: 'CS',
  version: 1,
  config: {
    address: 'cs@toko.example',
    imap: { host: 'imap.toko.example', user: 'cs' },
    maxBytes: 8_000_000,
  },
};
const head = 'From: budi@contoh.example\r\nTo: cs@toko.example\r\nSubject: Halo\r\n';
const file = (id: number): string =>
  `${head}Message-ID: <${String(id)}@contoh.example>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nPesan ${String(id)}\r\n--b\r\nContent-Type: text/csv; name=a.csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n${String(id)};1\r\n--b--\r\n`;

/** Mails made to hurt; each in its own way. */
const bombs: Record<string, string> = {
  parts: `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(20_000)}`,
  depth: `${head}${Array.from({ length: 2_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${String(i)}\r\n\r\n--b${String(i)}\r\n`).join('')}\r\nx`,
  header: `${head}X-Long: ${'a'.repeat(4_000_000)}\r\n\r\nx`,
  fields: `${head}${'X-A: b\r\n'.repeat(100_000)}\r\nx`,
  words: `From: a@b.example\r\nSubject: ${'=?utf-8?q?'.repeat(80_000)}\r\n\r\nx`,
  addresses: `From: a@b.example\r\nTo: ${'<'.repeat(300_000)}${'"a" '.repeat(50_000)}\r\n\r\nx`,
  references: `${head}References: ${'(<a '.repeat(200_000)}\r\n\r\nx`,
  spaces: `${head}\r\n${' '.repeat(1_000_000)}x${'\n'.repeat(1_000_000)}x`,
  markers: `${head}\r\n${'On 1 Mar 2026 10:00 a@b.example wrote\n'.repeat(30_000)}`,
  elements: `${head}Content-Type: text/html\r\n\r\n${'<div>'.repeat(200_000)}`,
  ends: `${head}Content-Type: text/html\r\n\r\n${'<b>'.repeat(100_000)}${'</i>'.repeat(100_000)}`,
  attributes: `${head}Content-Type: text/html\r\n\r\n${'<a href="'.repeat(100_000)}`,
};

describe('MailNormaliser', () => {
  const normaliser = new MailNormaliser({ maxThreads: 2, timeoutMs: 20_000 });
  const blobs = memoryBlobs();
  const feed = async (mail: string): Promise<BlobRef> =>
    blobs.put(Buffer.from(mail, 'latin1'), 'message/rfc822');

  // Starting a thread loads the parser; that is not what is measured below.
  beforeAll(async () => {
    await normaliser.normalise(await feed(file(0)), channel, blobs);
  });
  afterAll(async () => {
    await normaliser.close();
  });

  it('gives a message that fits the contract, its files stored', async () => {
    const message = await normaliser.normalise(await feed(file(7)), channel, blobs);
    expect(normalizedMessageSchema.parse(message)).toMatchObject({
      channelId: channel.id,
      externalId: '7@contoh.example',
      text: 'Pesan 7',
      attachments: [{ name: 'a.csv', mediaType: 'text/csv', size: 3 }],
    });
    expect(blobs.store.get(message.attachments[0]?.sha256 ?? '')?.toString()).toBe('7;1');
  });

  it.each([
    ['not_a_mail', ''],
    ['not_a_mail', '\u0000\u0001\u0002 hanya bita'],
    ['not_a_mail', 'sekadar tulisan\r\ntanpa kepala\r\n'],
    ['too_large', `${head}\r\n${'a'.repeat(8_000_001)}`],
  ])('refuses with %s what makes no message', async (code, mail) => {
    await expect(normaliser.normalise(await feed(mail), channel, blobs)).rejects.toMatchObject({ code });
  });

  it('ends a thread that takes too long, and goes on', async () => {
    const hasty = new MailNormaliser({ maxThreads: 1, timeoutMs: 1 });
    await expect(hasty.normalise(await feed(file(1)), channel, blobs)).rejects.toMatchObject({
      code: 'parse_timeout',
    });
    await hasty.close();
    const small = new MailNormaliser({ maxThreads: 1, maxHeapMb: 24 });
    const heavy = `${head}Content-Type: text/html\r\n\r\n${'<p>a<b>b</b></p>'.repeat(450_000)}`;
    await expect(small.normalise(await feed(heavy), channel, blobs)).rejects.toMatchObject({
      code: 'parse_failed',
    });
    await expect(small.normalise(await feed(file(2)), channel, blobs)).resolves.toMatchObject({
      text: 'Pesan 2',
    });
    await small.close();
  });

  it('lets every good mail through among bombs, without holding up the process', async () => {
    const names = Object.keys(bombs);
    const mails = Array.from({ length: 200 }, (_, i) =>
      i % 16 === 8 ? (bombs[names[(i - 8) / 16] ?? ''] ?? file(i)) : file(i),
    );
    const refs = await Promise.all(mails.map(feed));
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const results = await Promise.allSettled(refs.map((ref) => normaliser.normalise(ref, channel, blobs)));
    delay.disable();

    for (const [i, result] of results.entries()) {
      if (mails[i] === file(i))
        expect(result).toMatchObject({ status: 'fulfilled', value: { text: `Pesan ${String(i)}` } });
      else if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(NormaliseError);
    }
    // The promise is 200 ms (docs: MIME bombs); the median is what a busy test machine can be held to.
    expect(delay.percentile(50) / 1e6).toBeLessThan(100);
  }, 60_000);

  it.each(['parts', 'depth'])('makes a legible message of too many %s', async (name) => {
    const message = await normaliser.normalise(await feed(bombs[name] ?? ''), channel, blobs);
    expect(message).toMatchObject({
      subject: 'Halo',
      warnings: expect.arrayContaining([`${name}_over_limit`]),
    });
  });
});

describe('proof of the sender', () => {
  const [author, attacker] = [rsaPair(), rsaPair()];
  const dns = zone({
    's1._domainkey.contoh.example': author.record,
    's1._domainkey.penipu.example': attacker.record,
    '_dmarc.contoh.example': 'v=DMARC1; p=reject',
  });
  const normaliser = new MailNormaliser({ maxThreads: 1, txt: new TxtRecords({ resolver: dns }) });
  const blobs = memoryBlobs();
  const proofOf = async (
    mail: string,
    {
      config = {},
      through = normaliser,
    }: { config?: Record<string, unknown>; through?: MailNormaliser } = {},
  ): Promise<[string, ...string[]]> => {
    const raw = await blobs.put(Buffer.from(mail, 'latin1'), 'message/rfc822');
    const settings = { ...channel.config, trustedAuthservIds: ['mx.toko.example'], ...config };
    const message = await through.normalise(raw, { ...channel, config: settings }, blobs);
    const { sender } = normalizedMessageSchema.parse(message);
    return [sender.proof, ...sender.evidence];
  };
  afterAll(async () => {
    await normaliser.close();
  });

  const good = dkimSigned(file(3), {
    domain: 'contoh.example',
    key: author.privateKey,
    h: 'from:to:subject:message-id:content-type',
  });
  const spoofed = dkimSigned(file(3), { domain: 'penipu.example', key: attacker.privateKey });
  const envelope = 'Return-Path: <x@penipu.example>\r\n';
  const noted = (by: string, results: string): string => `Authentication-Results: ${by}; ${results}\r\n`;
  const pass = ['verified', 'dkim=pass d=contoh.example', 'dmarc=pass aligned'];
  const broken = ['claimed', 'dkim=fail body d=contoh.example'];

  it.each<[string, string, string[]]>([
    ['a mail that its author signed', good, pass],
    ['a mail without a signature', file(3), ['claimed']],
    ['one changed on its way', good.replace('Pesan 3', 'Pesan 4'), broken],
    [
      'one whose author was changed',
      good.replace('budi@', 'ani@'),
      ['claimed', 'dkim=fail signature d=contoh.example'],
    ],
    [
      'one that somebody else signed and sent',
      envelope + spoofed,
      ['failed', 'dkim=pass other_domain d=penipu.example', 'dmarc=fail reject'],
    ],
    ['one that somebody else signed', spoofed, ['claimed', 'dkim=pass other_domain d=penipu.example']],
    [
      'our server found it forged',
      noted('mx.toko.example', 'dmarc=fail header.from=contoh.example') + good,
      ['failed', 'dmarc=fail by mx.toko.example'],
    ],
    [
      'our server found it genuine',
      noted('mx.toko.example', 'dmarc=pass header.from=contoh.example') + envelope + spoofed,
      ['verified', 'dmarc=pass by mx.toko.example'],
    ],
    ['another server found it forged', noted('mx.lain.example', 'dmarc=fail') + good, pass],
    [
      'another server found it genuine',
      noted('mx.lain.example', 'dmarc=pass header.from=contoh.example') + good.replace('Pesan 3', 'Pesan 4'),
      broken,
    ],
  ])('%s', async (_, mail, expected) => {
    expect(await proofOf(mail)).toEqual(expected);
  });

  it('asks nobody when the channel says so', async () => {
    const before = dns.asked.length;
    const fresh = good.replaceAll('contoh.example', 'baru.example');
    expect(await proofOf(fresh, { config: { checkDkim: false } })).toEqual(['claimed']);
    expect(dns.asked).toHaveLength(before);
  });

  it('takes in mail at full speed without DNS, and says so', async () => {
    const silent = new MailNormaliser({
      maxThreads: 1,
      txt: new TxtRecords({ resolver: { resolveTxt: () => new Promise(() => undefined) }, waitMs: 100 }),
    });
    const mails = Array.from({ length: 60 }, (_, i) =>
      good.replaceAll('contoh.example', `a${String(i)}.example`),
    );
    const began = performance.now();
    for (const mail of mails) {
      const found = await proofOf(mail, { through: silent });
      expect(found).toEqual(['claimed', expect.stringMatching(/^dkim=temperror/)]);
    }
    // One after the other they would wait 6 s.
    expect(performance.now() - began).toBeLessThan(4_000);
    await silent.close();
  });
});
