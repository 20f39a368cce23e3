import { createHash, randomUUID } from 'node:crypto';
import { connect as connectTcp, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NormaliseError } from '@loket/channel/channel-error.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { emailConfigSchema, type ImapConfig } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { Dovecot } from '../../../test/support/dovecot.js';
import { ImapSource, defaultImapTiming } from './imap-source.js';

const password = 'kopi susu';
const timing = {
  ...defaultImapTiming,
  sweepMs: 30_000,
  reconnect: { minMs: 50, maxMs: 300 },
  signInMs: 300,
  stalled: { minMs: 50, maxMs: 200 },
};

let server: Dovecot;
let user: string;
let users = 0;
let host: RecordingHost;
let channel: ChannelRef;
const sources: ImapSource[] = [];
const subjectsSeen = (): string[] => host.messages.map(({ subject }) => subject ?? '');

/** Only what this file needs: the real parser has its own tests. */
const plainMails = {
  async normalise(raw: { sha256: string; size: number; mediaType: string }, ref: ChannelRef) {
    const text = (await host.blobs.read(raw.sha256)).toString('utf8');
    if (text.includes('X-Poison: yes')) throw new NormaliseError('parse_failed', 'poison');
    const header = (name: string): string | undefined =>
      new RegExp(`^${name}: (.*)$`, 'im').exec(text)?.[1]?.trim();
    return [
      {
        channelId: ref.id,
        externalId:
          header('Message-ID')?.replace(/[<>]/g, '') ?? createHash('sha256').update(text).digest('hex'),
        thread: { references: [], tokens: [], forwarded: false },
        sender: {
          kind: 'email' as const,
          value: 'budi@example.com',
          proof: 'claimed' as const,
          evidence: [],
        },
        recipients: [],
        sentAt: new Date().toISOString(),
        subject: header('Subject') ?? null,
        text,
        attachments: [],
        warnings: [],
        raw,
      },
    ];
  },
};

function mail(subject: string, extra = ''): string {
  return `From: Budi <budi@example.com>\nTo: cs@example.net\nMessage-ID: <${randomUUID()}@example.com>\nSubject: ${subject}\n${extra}\nHalo, ${subject}.\n`;
}

function open(
  imap: Partial<ImapConfig> = {},
  patch: Partial<typeof timing> = {},
  maxBytes = 1_000_000,
): ImapSource {
  const config = emailConfigSchema.parse({
    maxBytes,
    imap: { host: '127.0.0.1', port: server.port, security: 'none', user, password, ...imap },
  });
  if (!config.imap) throw new Error('imap expected');
  const source = ImapSource.open(channel, { maxBytes: config.maxBytes, imap: config.imap }, host, {
    ...timing,
    ...patch,
  });
  sources.push(source);
  return source;
}

/** Waits until it holds, and says how long that took. */
async function until(holds: () => boolean | Promise<boolean>, ms = 8000): Promise<number> {
  const start = Date.now();
  while (!(await holds())) {
    if (Date.now() - start > ms)
      throw new Error(`did not come true: ${holds.toString()}\n${JSON.stringify(host.statuses)}`);
    await sleep(10);
  }
  return Date.now() - start;
}

const connected = (): boolean => host.statuses.at(-1)?.status === 'connected';

beforeAll(async () => {
  const accounts = Array.from({ length: 40 }, (_, index) => ({ name: `user${index}`, password }));
  server = await Dovecot.start({ users: accounts });
});
afterAll(() => server.stop());
beforeEach(() => {
  user = `user${users++}`;
  host = new RecordingHost(plainMails);
  channel = { id: randomUUID(), kind: 'email', name: 'Toko', version: 1, config: {} };
});
afterEach(async () => {
  await Promise.all(sources.splice(0).map((source) => source.close()));
});

describe('taking in', () => {
  it('takes a new mail in less than two seconds, byte for byte, and marks it as read only then', async () => {
    open();
    await until(connected);
    const raw = mail('Pesanan 17').replaceAll('\n', '\r\n');
    host.hold();
    await server.deliver(user, Buffer.from(raw, 'latin1'));
    await until(() => host.attempts === 1);
    expect((await server.list(user))[0]?.flags).toBe('');
    host.release();
    expect(await until(() => host.messages.length === 1)).toBeLessThan(2000);
    const sha256 = host.messages[0]?.raw?.sha256 ?? '';
    expect((await host.blobs.read(sha256)).toString('latin1')).toBe(raw);
    await until(async () => (await server.list(user))[0]?.flags === 'S');
  });

  it('hears of mails by IDLE, one after the other', async () => {
    open();
    await until(connected);
    for (const subject of ['satu', 'dua', 'tiga']) {
      await server.deliver(user, mail(subject));
      expect(await until(() => subjectsSeen().includes(subject))).toBeLessThan(2000);
    }
  });

  it('leaves what was there before, unless told to import it', async () => {
    await server.deliver(user, mail('lama'));
    open();
    await until(connected);
    await server.deliver(user, mail('baru'));
    await until(() => host.messages.length === 1);
    expect(subjectsSeen()).toEqual(['baru']);

    channel = { ...channel, id: randomUUID() };
    open({ importExisting: true });
    await until(() => host.messages.length === 3);
    expect(subjectsSeen().slice(1).sort()).toEqual(['baru', 'lama']);
  });

  it('imports the old mails also when that is switched on later', async () => {
    await server.deliver(user, mail('lama'));
    const source = open();
    await until(connected);
    await source.close();
    open({ importExisting: true });
    await until(() => host.messages.length === 1);
    expect(subjectsSeen()).toEqual(['lama']);
  });

  it('catches up in full after days away, more than one batch', async () => {
    const source = open();
    await until(connected);
    await source.close();
    for (let index = 0; index < 150; index += 1) await server.deliver(user, mail(`hari ${index}`));
    open();
    await until(() => host.messages.length === 150, 20_000);
    expect(new Set(subjectsSeen()).size).toBe(150);
  });

  it('goes on from its cursor after a restart and fetches nothing again', async () => {
    const source = open({ afterStore: 'leave' });
    await until(connected);
    await server.deliver(user, mail('satu'));
    await until(() => host.messages.length === 1);
    await source.close();
    host.ingested.clear();
    await server.deliver(user, mail('dua'));
    open({ afterStore: 'leave' });
    await until(() => host.messages.length === 2);
    expect([...host.ingested.values()]).toEqual([1]);
  });

  it('reads several mailboxes, more than it has connections', async () => {
    const mailboxes = ['INBOX', 'Garansi', 'Retur', 'Grosir'];
    for (const mailbox of mailboxes) await server.deliver(user, mail(`lama di ${mailbox}`), mailbox);
    open({ mailboxes }, { sweepMs: 300 });
    await until(() => connected() && host.savedCursors.get(channel.id) !== undefined);
    await until(() => Object.keys(host.savedCursors.get(channel.id) ?? {}).length === 4);
    for (const mailbox of mailboxes) await server.deliver(user, mail(mailbox), mailbox);
    await until(() => host.messages.length === 4);
    expect(subjectsSeen().sort()).toEqual(mailboxes.toSorted());
  });
});

describe('when something is wrong', () => {
  it('comes back after the connection was cut and loses nothing', async () => {
    open();
    await until(connected);
    await server.halt();
    await until(() => host.statuses.at(-1)?.status === 'disconnected');
    for (let index = 0; index < 10; index += 1) await server.deliver(user, mail(`sela ${index}`));
    await server.resume();
    await until(() => host.messages.length === 10);
    await until(connected);
  });

  it('is not confused by a mail that is deleted while it looks', async () => {
    open({}, { sweepMs: 100 });
    await until(connected);
    host.hold();
    for (let index = 0; index < 12; index += 1) await server.deliver(user, mail(`surat ${index}`));
    await until(() => host.attempts > 0);
    await server.empty(user);
    host.release();
    await server.deliver(user, mail('sesudahnya'));
    await until(() => subjectsSeen().includes('sesudahnya'));
    expect(host.quarantined).toEqual([]);
  });

  it('survives cuts in the middle of transfers', async () => {
    const proxy = await CuttingProxy.start(server.port);
    const raw = mail('besar', 'X-Pad: yes\n') + `${'x'.repeat(70)}\n`.repeat(12_000);
    const source = open();
    await until(connected);
    await source.close();
    for (let index = 0; index < 5; index += 1)
      await server.deliver(user, raw.replace(/Message-ID: <.*>/, `Message-ID: <${index}@example.com>`));
    proxy.cutAfterBytes = 1_500_000;
    open({ port: proxy.port }, {}, 2_000_000);
    await until(() => host.messages.length === 5, 15_000);
    expect(proxy.cuts).toBeGreaterThan(1);
    expect(host.quarantined).toEqual([]);
    for (const { raw: blob } of host.messages) expect(blob?.size).toBeGreaterThan(840_000);
    await sources.pop()?.close();
    await proxy.stop();
  });

  it.each(['at any time', 'between IDLE and its answer'])(
    'notices a line that goes dead without a word %s',
    async (when) => {
      const proxy = await CuttingProxy.start(server.port);
      open({ port: proxy.port }, { sweepMs: 200, timeouts: { ...timing.timeouts, silenceMs: 400 } });
      await until(connected);
      if (when === 'at any time') proxy.swallow = true;
      else proxy.swallowAtIdle = true;
      await until(() => proxy.swallow);
      await server.deliver(user, mail('menunggu'));
      await until(() => host.statuses.at(-1)?.status === 'disconnected');
      expect(host.statuses.at(-1)?.code).toMatch(/^imap_(timeout|closed)$/);
      proxy.swallowAtIdle = false;
      proxy.swallow = false;
      await until(() => host.messages.length === 1);
      await sources.pop()?.close();
      await proxy.stop();
    },
  );

  it('reads again after a new UIDVALIDITY: nothing twice, nothing lost, and the old archive stays out', async () => {
    await server.deliver(user, mail('arsip'));
    const archived = await server.list(user);
    expect(archived).toHaveLength(1);
    await server.backdate(user, new Date('2020-01-01'));
    const source = open({ afterStore: 'leave' });
    await until(connected);
    await server.deliver(user, mail('satu'));
    await until(() => host.messages.length === 1);
    await source.close();
    await server.deliver(user, mail('dua'));
    await server.resetUidValidity(user);
    open({ afterStore: 'leave' });
    await until(() => host.messages.length === 2);
    await server.deliver(user, mail('tiga'));
    await until(() => host.messages.length === 3);
    expect(subjectsSeen()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('puts a poison mail away once and goes on', async () => {
    open();
    await until(connected);
    await server.deliver(user, mail('racun', 'X-Poison: yes\n'));
    await server.deliver(user, mail('sehat'));
    await until(() => host.messages.length === 1 && host.quarantined.length === 1);
    await server.deliver(user, mail('lagi'));
    await until(() => host.messages.length === 2);
    expect(host.quarantined).toMatchObject([{ code: 'parse_failed' }]);
    expect([...host.ingested.values()]).toEqual([1, 1, 1]);
  });

  it('keeps the head of a mail that is too large, and leaves the mail alone', async () => {
    open({}, {}, 20_000);
    await until(connected);
    await server.deliver(user, mail('raksasa') + `${'x'.repeat(70)}\n`.repeat(1000));
    await server.deliver(user, mail('biasa'));
    await until(() => host.messages.length === 1 && host.quarantined.length === 1);
    const [entry] = host.quarantined;
    expect(entry?.code).toBe('too_large');
    expect((await host.blobs.read(entry?.raw?.sha256 ?? '')).toString()).toContain('Subject: raksasa');
    await until(async () => (await server.list(user)).some(({ flags }) => flags === 'S'));
    const left = await server.list(user);
    expect(left.find(({ raw }) => raw.includes('Subject: raksasa'))?.flags).toBe('');
  });

  it('waits while intake is away, and hands over the same mails later', async () => {
    open();
    await until(connected);
    host.failWith();
    for (const subject of ['satu', 'dua', 'tiga']) await server.deliver(user, mail(subject));
    await until(() => host.attempts >= 2);
    expect(host.messages).toEqual([]);
    expect((await server.list(user)).map(({ flags }) => flags)).toEqual(['', '', '']);
    host.recover();
    await until(() => host.messages.length === 3);
    expect(host.quarantined).toEqual([]);
    await until(async () => (await server.list(user)).every(({ flags }) => flags === 'S'));
  });

  it('puts a mail away that intake refuses three times for a reason of its own', async () => {
    open();
    await until(connected);
    const take = host.ingest.bind(host);
    host.ingest = async (ref, raw) => {
      const text = (await host.blobs.read(raw.sha256)).toString();
      if (!text.includes('Subject: rusak')) return take(ref, raw);
      host.attempts += 1;
      throw new AppError('internal', 'internal_error', 'defect');
    };
    await server.deliver(user, mail('rusak'));
    await server.deliver(user, mail('baik'));
    await until(() => host.quarantined.length === 1 && host.messages.length === 1);
    expect(host.quarantined[0]).toMatchObject({ code: 'intake_failed', attempts: 3 });
  });

  it('pauses on a wrong password, says so, and gets in once it is right again', async () => {
    open({ password: 'salah' }, { signInMs: 100 });
    await until(() => host.statuses.at(-1)?.status === 'paused');
    expect(host.statuses.at(-1)).toMatchObject({
      code: 'imap_auth_failed',
      detail: expect.stringMatching(/authentication/i),
    });
    expect(JSON.stringify(host.statuses)).not.toContain('salah');
    await server.setPassword(user, 'salah');
    await until(connected);
  });

  it('keeps reading the other mailboxes when one is missing', async () => {
    open({ mailboxes: ['INBOX', 'Tiada'] }, { sweepMs: 200 });
    await until(() => host.statuses.at(-1)?.code === 'imap_mailbox_missing');
    expect(host.statuses.at(-1)).toMatchObject({ status: 'disconnected', detail: 'Tiada' });
    await server.deliver(user, mail('halo'));
    await until(() => host.messages.length === 1);
    await server.deliver(user, mail('ada juga'), 'Tiada');
    await until(connected);
  });

  it.each([
    [
      'a certificate nobody vouches for',
      () => ({ port: server.tlsPort, security: 'tls' as const }),
      'imap_certificate_invalid',
    ],
    ['a port without TLS', () => ({ security: 'tls' as const }), 'imap_not_tls'],
    [
      'STARTTLS with a bad certificate',
      () => ({ security: 'starttls' as const }),
      'imap_certificate_invalid',
    ],
    ['a name that does not exist', () => ({ host: 'imap.invalid' }), 'imap_dns_failed'],
    ['a port where nothing listens', () => ({ port: 1 }), 'imap_refused'],
  ])('names %s', async (_what, settings, code) => {
    open(settings());
    await until(() => host.statuses.at(-1)?.status === 'disconnected');
    expect(host.statuses.at(-1)?.code).toBe(code);
  });

  it.each(['tls', 'starttls'] as const)(
    'takes a self-signed certificate when allowed (%s)',
    async (security) => {
      open({
        security,
        port: security === 'tls' ? server.tlsPort : server.port,
        allowInvalidCertificate: true,
      });
      await until(connected);
    },
  );

  it('stops quickly and quietly, also twice, also while it cannot connect', async () => {
    const idle = open();
    await until(connected);
    const lost = open({ host: '10.255.255.1' });
    const start = Date.now();
    await Promise.all([idle.close(), idle.close(), lost.close()]);
    expect(Date.now() - start).toBeLessThan(2500);
  });

  it('finishes what is under way before it stops', async () => {
    const source = open();
    await until(connected);
    host.hold();
    await server.deliver(user, mail('di tengah'));
    await until(() => host.attempts === 1);
    const closing = source.close();
    await sleep(100);
    host.release();
    await closing;
    expect(host.messages).toHaveLength(1);
    expect((await server.list(user))[0]?.flags).toBe('S');
    host.ingested.clear();
    open();
    await until(connected);
    await sleep(200);
    expect(host.ingested.size).toBe(0);
  });
});

describe('policies', () => {
  it.each(['move', 'copy and delete'])('moves stored mails into a folder that it makes (%s)', async (way) => {
    const other =
      way === 'move' ? null : await Dovecot.start({ users: [{ name: user, password }], extraConfig: noMove });
    const at = other ?? server;
    open({ port: at.port, afterStore: 'move', moveTo: 'Sudah masuk' });
    await until(connected);
    await at.deliver(user, mail('satu'));
    await at.deliver(user, mail('dua'));
    await until(async () => (await at.list(user)).length === 0);
    expect((await at.list(user, 'Sudah masuk')).length).toBe(2);
    expect(subjectsSeen().sort()).toEqual(['dua', 'satu']);
    await sources.pop()?.close();
    await other?.stop();
  });

  it('stores the mail once also when the policy fails', async () => {
    open({ afterStore: 'move', moveTo: 'a/../b\u0001' }, { sweepMs: 100 });
    await until(connected);
    await server.deliver(user, mail('tetap'));
    await until(() => host.messages.length === 1);
    await sleep(400);
    expect([...host.ingested.values()]).toEqual([1]);
    expect(await server.list(user)).toHaveLength(1);
  });
});

it('finds by its sweeps what the server does not announce', async () => {
  const deaf = await Dovecot.start({
    users: [{ name: user, password }],
    extraConfig: 'imap_capability = IMAP4rev1 UIDPLUS',
  });
  open({ port: deaf.port }, { sweepMs: 300 });
  await until(connected);
  await deaf.deliver(user, mail('diam'));
  await until(() => host.messages.length === 1);
  await sources.pop()?.close();
  await deaf.stop();
});

const noMove = 'imap_capability = IMAP4rev1 IDLE UIDPLUS';

/** Passes bytes on and cuts each connection once the server has sent so many. */
class CuttingProxy {
  cutAfterBytes = Number.POSITIVE_INFINITY;
  cuts = 0;
  /** pass nothing on any more, but keep the connections open */
  swallow = false;
  swallowAtIdle = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly sockets: Set<Socket>,
  ) {}

  static async start(target: number): Promise<CuttingProxy> {
    const sockets = new Set<Socket>();
    const server = createServer((client) => {
      const upstream = connectTcp(target, '127.0.0.1');
      let bytes = 0;
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => (client.destroy(), upstream.destroy()));
      }
      client.on('data', (chunk: Buffer) => {
        if (proxy.swallowAtIdle && chunk.includes(' IDLE')) proxy.swallow = true;
        upstream.write(chunk);
      });
      upstream.on('data', (chunk: Buffer) => {
        if (proxy.swallow) return;
        bytes += chunk.length;
        client.write(chunk);
        if (bytes > proxy.cutAfterBytes) {
          proxy.cuts += 1;
          client.destroy();
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new CuttingProxy(server, address.port, sockets);
    return proxy;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
