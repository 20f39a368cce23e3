import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { channelConformance } from '@loket/channel/conformance.js';
import type { ChannelAdapter } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import { outboundMessageSchema } from '@loket/contracts/outbound.js';
import { whatsappAdapter } from '../adapters/whatsapp/src/index.js';
import { until } from './support/until.js';
import { chromiumOf, quickly } from './support/whatsapp-web.js';
import { WhatsAppWebStub } from './support/whatsapp-web-stub/whatsapp-web-stub.js';

// Every scene links a phone of its own: the real whatsapp-web.js in a real Chromium, on the page that stands in.

const customer = '6281234567890';
const stranger = '628999';
// from the start: the adapter is made before the first test runs
const [stub, dataDir] = await Promise.all([
  WhatsAppWebStub.start(),
  mkdtemp(join(tmpdir(), 'loket-whatsapp-')),
]);
let linked: { adapter: ChannelAdapter; channel: ChannelRef } | null = null;
let to = customer;
let happened = 0;

const harness: Parameters<typeof channelConformance>[1] = {
  start: () => Promise.resolve(void stub.notOnWa(`${stranger}@c.us`)),
  stop: async () => {
    await stub.close();
    await rm(dataDir, { recursive: true, force: true });
  },
  create: () =>
    whatsappAdapter({
      web: {
        dataDir,
        chromiumPath: chromiumOf(),
        chromiumArgs: stub.chromiumArgs,
        ...quickly,
        sendMs: 1500,
      },
    }),
  channel: () => ({ id: randomUUID(), kind: 'whatsapp', name: 'Toko', version: 1, config: { web: {} } }),
  section: 'web',
  originals: [],
  unreadable: [],
  link: async (adapter, channel) => {
    // WhatsApp counts in seconds: what was said in the scene before must not be of the same one.
    await sleep(1000 - (Date.now() % 1000));
    linked = { adapter, channel };
    await link();
  },
  source: {
    next: () => ({ name: 'words', mediaType: 'text/plain', raw: Buffer.from(`Halo ${randomUUID()}`) }),
    deliver: ({ raw }) =>
      Promise.resolve(void stub.receive({ from: `${customer}@c.us`, body: raw.toString() })),
    happen: () => {
      happened += 1;
      const body = `dari HP ${String(happened)}`;
      return Promise.resolve(void stub.receive({ from: `${customer}@c.us`, fromMe: true, body }));
    },
  },
  outbound: {
    message: () =>
      outboundMessageSchema.parse({
        messageId: randomUUID(),
        caseNumber: 7,
        token: 'lk7-0123456789abcdef',
        to: { kind: 'whatsapp', value: to },
        text: 'Sudah dikirim.',
        thread: {},
        createdAt: '2026-01-01T00:00:00Z',
        attempt: 1,
      }),
    arrived: async () => stub.sent().map(({ id = '' }) => `${stub.account}:o:${id.split('_')[2] ?? ''}`),
    stage: {
      temporary: () => stub.call('plan', 'send'),
      rejected: () => Promise.resolve(void (to = stranger)),
      ambiguous: () => stub.call('plan', 'hang'),
      auth: async () => {
        stub.logOut();
        await state('logged_out');
      },
    },
    heal: async () => {
      to = customer;
      const { state: now } = view();
      if (now === 'logged_out') await link();
      // A send without an answer ends the process, and another one begins.
      await sleep(200);
      await state('ready');
    },
  },
  patienceMs: 20_000,
  badConfig: { web: { groups: 'ya' } },
};

channelConformance('the web driver of WhatsApp', harness, {
  describe,
  it: Object.assign((name: string, run: () => Promise<void>) => it(name, run, 60_000), it),
  beforeAll,
  afterAll,
});

function view() {
  const session = linked?.adapter.session?.(linked.channel.id);
  if (!session) throw new Error('no phone is linked');
  return session;
}

const state = (wanted: string): Promise<unknown> => until(() => view().state === wanted);

/** A person scans the code. */
async function link(): Promise<void> {
  if (!linked) throw new Error('nothing to link');
  await linked.adapter.sessionAction?.(linked.channel.id, { action: 'pair', phone: null });
  await until(() => view().offer !== null && stub.open);
  await stub.pair();
  await state('ready');
}
