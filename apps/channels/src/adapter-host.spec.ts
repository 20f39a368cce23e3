import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ChannelError, NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter } from '@loket/channel/port.js';
import type { BusRequest, ChannelRef } from '@loket/contracts/bus.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { normalizedMessageSchema } from '@loket/contracts/inbound.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { BUS } from '@loket/platform/bus/bus.js';
import { LocalBus } from '@loket/platform/bus/local-bus.js';
import { createLogger, LOGGER } from '@loket/platform/logging/logger.js';
import { ChannelsModule } from './channels.module.js';

let folder: string;
let bus: LocalBus;
let blobs: BlobStore;
let app: TestingModule | null;
let channels: ChannelRef[];
let log: string[];
let received: string[];
let quarantined: BusRequest<'inbound.quarantine'>[];
let statuses: BusRequest<'channels.status'>[];
let leases: BusRequest<'channels.lease'>[];
let coreAway: boolean;
const accepted = {
  status: 'accepted' as const,
  messageId: null,
  caseId: null,
  caseNumber: null,
  customerId: null,
  match: null,
};

const channel = (patch: Partial<ChannelRef> = {}): ChannelRef => ({
  id: randomUUID(),
  kind: 'email',
  name: 'Toko',
  version: 1,
  config: {},
  ...patch,
});

/** An adapter that writes down what becomes of its connections. */
function adapter(patch: Partial<ChannelAdapter> = {}): ChannelAdapter {
  return {
    kind: 'email',
    capabilities: ingressOnlyCapabilities,
    normalise: async (raw, ref, host) => {
      const text = (await host.blobs.read(raw.sha256)).toString();
      return text.split(',').map((externalId) =>
        normalizedMessageSchema.parse({
          channelId: ref.id,
          externalId,
          sender: { kind: 'email', value: 'budi@example.com' },
          sentAt: '2026-01-01T00:00:00Z',
          text,
        }),
      );
    },
    connect: ({ name, version }) => {
      log.push(`open ${name} ${version}`);
      const close = async (): Promise<void> => {
        await sleep(20);
        log.push(`close ${name} ${version}`);
      };
      return Promise.resolve({ close });
    },
    send: () => Promise.resolve({ externalId: 'sent', references: [] }),
    test: () => Promise.resolve({ ok: true, steps: [] }),
    close: () => {
      log.push('adapter closed');
      return Promise.resolve();
    },
    ...patch,
  };
}

async function start(...adapters: ChannelAdapter[]): Promise<void> {
  @Global()
  @Module({
    providers: [
      { provide: BUS, useValue: bus },
      { provide: BlobStore, useValue: blobs },
      { provide: LOGGER, useValue: createLogger('silent') },
    ],
    exports: [BUS, BlobStore, LOGGER],
  })
  class Platform {}
  app = await Test.createTestingModule({
    imports: [Platform, ChannelsModule.forRoot({ hostId: 'h', adapters, closeMs: 200 })],
  }).compile();
  await app.init();
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 4000; !holds(); await sleep(5)) {
    if (Date.now() > end) throw new Error(`did not come true: ${holds.toString()} ${JSON.stringify(log)}`);
  }
}

const changed = () => bus.request('channels.changed', { channelId: randomUUID() });
const ingest = async (text: string, ref = channel()) => {
  const raw = await blobs.put(Buffer.from(text), 'text/plain');
  return bus.request('channel.ingest', { channel: ref, raw, receivedAt: '2026-01-01T00:00:00Z' });
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adapter-host-'));
  blobs = new BlobStore(folder);
  bus = new LocalBus();
  [channels, log, received, quarantined, statuses, leases] = [[], [], [], [], [], []];
  coreAway = false;
  app = null;
  const unlessAway = (): void => {
    if (coreAway) throw new AppError('unavailable', 'database_unavailable', 'away');
  };
  bus.handle(
    'adapters.announce',
    async ({ adapters }) => (log.push(`announce ${adapters.map(({ kind }) => kind).join()}`), {}),
  );
  bus.handle('channels.lease', async (request) => {
    unlessAway();
    leases.push(request);
    return { channels, ttlMs: 300 };
  });
  bus.handle('channels.release', async ({ hostId }) => (log.push(`release ${hostId}`), {}));
  bus.handle('channels.status', async (status) => (statuses.push(status), {}));
  bus.handle('inbound.receive', async (message) => {
    unlessAway();
    received.push(message.externalId);
    return accepted;
  });
  bus.handle(
    'inbound.quarantine',
    async (request) => (quarantined.push(request), { ...accepted, status: 'quarantined' as const }),
  );
});
afterEach(async () => {
  await app?.close();
  await rm(folder, { recursive: true, force: true });
});

describe('leases and connections', () => {
  it('announces, leases, opens; closes before it lets go', async () => {
    channels = [channel({ name: 'a' }), channel({ name: 'b' })];
    await start(adapter());
    await until(() => log.length === 3);
    await app?.close();
    app = null;
    expect(log.slice(0, 3)).toEqual(['announce email', 'open a 1', 'open b 1']);
    expect(log.slice(3).sort()).toEqual(['adapter closed', 'close a 1', 'close b 1', 'release h']);
    expect(log.indexOf('release h')).toBeGreaterThan(log.indexOf('close b 1'));
    expect(log.at(-1)).toBe('adapter closed');
    expect(leases[0]).toEqual({ hostId: 'h', kinds: ['email'] });
  });

  it('follows changes at once: opens new ones, reopens changed ones in order, closes lost ones', async () => {
    const [a, b] = [channel({ name: 'a' }), channel({ name: 'b' })];
    channels = [a, b];
    await start(adapter());
    await until(() => log.includes('open b 1'));
    channels = [{ ...a, version: 2 }, channel({ name: 'c' })];
    log = [];
    await changed();
    await until(() => log.length === 4);
    expect(log.sort()).toEqual(['close a 1', 'close b 1', 'open a 2', 'open c 1']);
    channels = [{ ...a, version: 2 }, channel({ name: 'c', id: channels[1]?.id ?? '' })];
    log = [];
    await changed();
    await until(() => leases.length > 3);
    expect(log).toEqual([]);
  });

  it('never has two connections of one channel', async () => {
    let open = 0;
    let most = 0;
    const slow = adapter({
      connect: async () => {
        most = Math.max(most, (open += 1));
        await sleep(15);
        return { close: async () => (await sleep(30), void (open -= 1)) };
      },
    });
    const one = channel();
    channels = [one];
    await start(slow);
    for (let version = 2; version < 8; version += 1) {
      channels = version % 3 === 0 ? [] : [{ ...one, version }];
      await changed();
      await sleep(10);
    }
    await until(() => open === 1);
    expect(most).toBe(1);
  });

  it('renews in good time, and lets go of what it could not renew', async () => {
    channels = [channel({ name: 'a' })];
    await start(adapter());
    await until(() => leases.length >= 4);
    coreAway = true;
    await until(() => log.includes('close a 1'));
    coreAway = false;
    await until(() => log.filter((line) => line === 'open a 1').length === 2);
  });

  it('goes on when core is not there yet', async () => {
    coreAway = true;
    channels = [channel({ name: 'a' })];
    await start(adapter());
    await sleep(50);
    coreAway = false;
    await until(() => log.includes('open a 1'));
  });

  it('reports a channel that cannot be opened, keeps trying, and leaves the others alone', async () => {
    let tries = 0;
    const bad = adapter({
      connect: ({ name }) => {
        if (name === 'bad' && (tries += 1) < 2) return Promise.reject(new Error('broken'));
        log.push(`open ${name}`);
        return Promise.resolve(
          name === 'fed' ? null : { close: () => Promise.reject(new Error('cannot close')) },
        );
      },
    });
    channels = [channel({ name: 'bad' }), channel({ name: 'good' }), channel({ name: 'fed' })];
    await start(bad);
    await until(() => log.includes('open bad') && log.includes('open good') && log.includes('open fed'));
    expect(statuses).toContainEqual({
      channelId: channels[0]?.id,
      status: 'disconnected',
      code: 'connect_failed',
    });
    expect(statuses).toContainEqual({ channelId: channels[2]?.id, status: 'ingress_only', code: null });
  });

  it('says why a channel cannot be opened, where the adapter knows', async () => {
    const full = (): Promise<never> => Promise.reject(new ChannelError('temporary', 'sessions_full'));
    channels = [channel({ name: 'one too many' })];
    await start(adapter({ connect: full }));
    await until(() => statuses.length > 0);
    expect(statuses).toEqual([{ channelId: channels[0]?.id, status: 'disconnected', code: 'sessions_full' }]);
  });

  it('shuts down although a connection does not', async () => {
    channels = [channel({ name: 'a' })];
    await start(adapter({ connect: () => Promise.resolve({ close: () => new Promise(() => undefined) }) }));
    await until(() => leases.length > 0);
    const begun = Date.now();
    await app?.close();
    app = null;
    expect(Date.now() - begun).toBeLessThan(1500);
    expect(log).toContain('release h');
  });
});

describe('channel.ingest', () => {
  it('hands over every message of an original', async () => {
    await start(adapter());
    expect(await ingest('x,y')).toEqual({ results: [accepted, accepted] });
    expect(received).toEqual(['x', 'y']);
  });

  it.each([
    ['unreadable: at once', () => new NormaliseError('parse_failed', 'no'), 'parse_failed', 1],
    ['too slow: after three tries', () => new NormaliseError('parse_timeout', 'slow'), 'parse_timeout', 3],
    ['a defect: after three tries', () => new TypeError('x is undefined'), 'adapter_defect', 3],
  ])('quarantines what is %s', async (_what, error, code, attempts) => {
    await start(adapter({ normalise: () => Promise.reject(error()) }));
    const { results } = await ingest('x');
    expect(results).toMatchObject([{ status: 'quarantined' }]);
    expect(quarantined).toMatchObject([{ code, attempts, raw: { size: 1 } }]);
  });

  it('takes a time-out that passes', async () => {
    const normal = adapter();
    let tries = 0;
    const normalise: ChannelAdapter['normalise'] = (...args) =>
      (tries += 1) < 3
        ? Promise.reject(new NormaliseError('parse_timeout', 'slow'))
        : normal.normalise(...args);
    await start(adapter({ normalise }));
    await ingest('x');
    expect(received).toEqual(['x']);
    expect(quarantined).toEqual([]);
  });

  it('tells the caller when core or the blob store is away, and quarantines nothing for it', async () => {
    await start(adapter());
    coreAway = true;
    await expect(ingest('x')).rejects.toMatchObject({ kind: 'unavailable', code: 'database_unavailable' });
    coreAway = false;
    const raw = { sha256: '0'.repeat(64), size: 1, mediaType: 'text/plain' };
    const gone = bus.request('channel.ingest', {
      channel: channel(),
      raw,
      receivedAt: '2026-01-01T00:00:00Z',
    });
    await expect(gone).rejects.toMatchObject({ code: 'blob_missing' });
    expect(quarantined).toEqual([]);
  });

  it('says that a kind is not hosted here', async () => {
    await start(adapter());
    await expect(ingest('x', channel({ kind: 'phone' }))).rejects.toMatchObject({ code: 'adapter_missing' });
  });
});

describe('channel.send', () => {
  const message = {
    messageId: randomUUID(),
    caseNumber: 1,
    token: 't',
    to: { kind: 'email' as const, value: 'budi@example.com' },
    others: [],
    text: 'Halo',
    attachments: [],
    thread: { references: [] },
    automatic: false,
    createdAt: '2026-01-01T00:00:00Z',
    attempt: 1,
  };
  it.each([
    [
      'a failure that it understood',
      () => new ChannelError('rejected', 'smtp_recipient_refused', { detail: '550' }),
      { code: 'rejected', reason: 'smtp_recipient_refused', detail: '550', retryAfterMs: null },
    ],
    ['a defect', () => new TypeError('x'), { code: 'ambiguous', reason: 'adapter_defect', detail: null }],
  ])('answers %s', async (_what, error, failure) => {
    await start(adapter({ send: () => Promise.reject(error()) }));
    expect(await bus.request('channel.send', { channel: channel(), message })).toEqual({
      ok: false,
      failure,
    });
  });

  it('answers what was sent', async () => {
    await start(adapter());
    const outcome = await bus.request('channel.send', { channel: channel(), message });
    expect(outcome).toEqual({ ok: true, result: { externalId: 'sent', references: [] } });
  });
});
