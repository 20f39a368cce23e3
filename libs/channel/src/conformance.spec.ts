import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelRef } from '@loket/contracts/bus.js';
import {
  ingressOnlyCapabilities,
  type ChannelCapabilities,
  type ChannelKind,
} from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { normalizedMessageSchema, type NormalizedMessage, type Sender } from '@loket/contracts/inbound.js';
import { outboundMessageSchema, type ChannelErrorCode } from '@loket/contracts/outbound.js';
import type { Template } from '@loket/contracts/templates.js';
import { z } from 'zod';
import { ChannelError, NormaliseError } from './channel-error.js';
import type { ConformanceHarness, Original } from './conformance-harness.js';
import { channelConformance, conformanceChecks } from './conformance.js';
import type { ChannelAdapter, ChannelHost } from './port.js';

/** What a chat service delivers: one chat, several messages. */
const packetSchema = z.object({
  chat: z.string().min(1).max(100),
  from: z.string().min(1).max(100),
  messages: z
    .array(
      z.object({ id: z.string().min(1).max(100), text: z.string().max(10_000), file: z.string().optional() }),
    )
    .default([]),
  /** ids of messages that were taken back */
  revoked: z.array(z.string().min(1).max(100)).default([]),
});
const mediaType = 'application/json';

/** The other side: a queue that keeps each original until it is acknowledged, and a phone that gets what is sent. */
class ChatService {
  readonly queues = new Map<string, { original: Original; settled: boolean }[]>();
  readonly sent: string[] = [];
  trouble: ChannelErrorCode | null = null;

  queue(channelId: string): { original: Original; settled: boolean }[] {
    const known = this.queues.get(channelId) ?? [];
    this.queues.set(channelId, known);
    return known;
  }
}

/** A small but honest adapter for chats, in the shape of each of the kinds that are still to come. */
class ChatAdapter implements ChannelAdapter {
  constructor(
    readonly kind: ChannelKind,
    readonly capabilities: ChannelCapabilities,
    protected readonly service: ChatService,
    private readonly live: boolean,
  ) {}

  async normalise(
    raw: { sha256: string; size: number; mediaType: string },
    channel: ChannelRef,
    host: ChannelHost,
  ): Promise<NormalizedMessage[]> {
    const packet = packetSchema.safeParse(parseJson((await host.blobs.read(raw.sha256)).toString('utf8')));
    if (!packet.success) throw new NormaliseError('not_a_packet', 'not what the service sends');
    const { chat, from, messages, revoked } = packet.data;
    if (messages.length + revoked.length === 0) throw new NormaliseError('empty', 'nothing in it');
    const by = { kind: 'external' as const, value: from, proof: 'claimed' as const, evidence: [] };
    for (const id of revoked) await this.tell(`${chat}:${id}`, by, channel, host);
    return Promise.all(
      messages.map(async ({ id, text, file }) =>
        normalizedMessageSchema.parse({
          channelId: channel.id,
          externalId: `${chat}:${id}`,
          thread: { conversation: chat },
          sender: { kind: 'external', value: from },
          sentAt: '2026-01-01T00:00:00.000Z',
          text: text.replace(/[\u0000-\u0008\u000b-\u001f]/g, ''),
          attachments: file
            ? [{ ...(await host.blobs.put(Buffer.from(file), 'text/plain')), name: 'a.txt' }]
            : [],
          raw,
        }),
      ),
    );
  }

  async connect(channel: ChannelRef, host: ChannelHost): Promise<{ close(): Promise<void> } | null> {
    if (!this.live) return null;
    let open = true;
    const work = (async () => {
      await host.status({ channelId: channel.id, status: 'connected' });
      while (open) {
        for (const item of this.service.queue(channel.id).filter(({ settled }) => !settled)) {
          if (!open) break;
          item.settled = await this.take(item.original, channel, host);
        }
        // a connection that a defect leaves open must not keep the run alive
        await new Promise((resolve) => setTimeout(resolve, 5).unref());
      }
    })();
    return { close: () => ((open = false), work) };
  }

  protected tell(externalId: string, by: Sender, channel: ChannelRef, host: ChannelHost): Promise<void> {
    const at = '2026-01-01T00:00:00.000Z';
    return host.event({ type: 'revoked', channelId: channel.id, externalId, by, at });
  }

  templates(): Promise<Template[]> {
    return Promise.resolve([]);
  }

  session(): never {
    throw new AppError('not_found', 'session_not_here', 'not here');
  }

  sessionAction(): Promise<never> {
    return Promise.reject(new AppError('not_found', 'session_not_here', 'not here'));
  }

  protected async take(original: Original, channel: ChannelRef, host: ChannelHost): Promise<boolean> {
    try {
      await host.ingest(channel, await host.blobs.put(original.raw, original.mediaType));
      return true;
    } catch {
      return false;
    }
  }

  send(
    message: z.infer<typeof outboundMessageSchema>,
  ): Promise<{ externalId: string; references: string[] }> {
    const { trouble } = this.service;
    if (!this.capabilities.send) return Promise.reject(new ChannelError('rejected', 'cannot_send'));
    if (trouble) return Promise.reject(new ChannelError(trouble, `service_${trouble}`));
    if (!this.capabilities.sendsTo.includes(message.to.kind)) {
      return Promise.reject(new ChannelError('rejected', 'recipient_invalid'));
    }
    const externalId = `out:${message.messageId}`;
    this.service.sent.push(externalId);
    return Promise.resolve({ externalId, references: [] });
  }

  test(): Promise<{ ok: boolean; steps: [] }> {
    return Promise.resolve({ ok: false, steps: [] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const chat: ChannelCapabilities = {
  ...ingressOnlyCapabilities,
  send: true,
  sendsTo: ['whatsapp'],
  attachments: true,
  maxAttachmentBytes: 16_000_000,
  maxMessageBytes: 16_000_000,
  typing: true,
  receipts: ['delivered', 'read'],
  rawMediaTypes: [mediaType],
};
const kinds: Record<'whatsapp' | 'webchat' | 'phone', { capabilities: ChannelCapabilities; live: boolean }> =
  {
    whatsapp: {
      capabilities: { ...chat, replyWindowHours: 24, templates: true, reactions: true, session: true },
      live: true,
    },
    webchat: {
      capabilities: { ...chat, sendsTo: ['visitor'], receipts: ['read'] },
      live: false,
    },
    phone: { capabilities: { ...ingressOnlyCapabilities, rawMediaTypes: [mediaType] }, live: false },
  };

type Make = (
  kind: ChannelKind,
  capabilities: ChannelCapabilities,
  service: ChatService,
  live: boolean,
) => ChannelAdapter;
const honest: Make = (...parts) => new ChatAdapter(...parts);

function harnessFor(kind: keyof typeof kinds, make: Make = honest): ConformanceHarness {
  const { capabilities, live } = kinds[kind];
  const service = new ChatService();
  const to = { kind: capabilities.sendsTo[0] ?? 'external', value: '628111' };
  return {
    create: () => make(kind, capabilities, service, live),
    channel: () => ({ id: randomUUID(), kind, name: 'Toko', version: 1, config: {} }),
    originals: [
      packet('one', [{ id: '1', text: 'Halo' }]),
      packet('three, one with a file', [
        { id: '1', text: 'a' },
        { id: '2', text: 'b', file: 'isi' },
        { id: '3', text: '<b>\u0000x' },
      ]),
    ],
    unreadable: [{ name: 'not JSON', raw: Buffer.from('<xml/>'), mediaType }],
    ...(capabilities.reactions && { happenings: [revokes('one'), revokes('two', 'three')] }),
    ...(capabilities.session && { link: () => Promise.resolve() }),
    ...(live && {
      source: {
        next: () => packet('next', [{ id: randomUUID(), text: 'Halo' }]),
        deliver: async (original: Original, { id }: ChannelRef) =>
          void service.queue(id).push({ original, settled: false }),
        happen: async ({ id }: ChannelRef) =>
          void service.queue(id).push({ original: revokes(randomUUID()), settled: false }),
        acknowledged: async ({ id }: ChannelRef) => service.queue(id).filter(({ settled }) => settled).length,
      },
    }),
    ...(capabilities.send && {
      outbound: {
        message: () =>
          outboundMessageSchema.parse({
            messageId: randomUUID(),
            caseNumber: 1,
            token: 't',
            to,
            text: 'Halo',
            thread: {},
            createdAt: '2026-01-01T00:00:00Z',
            attempt: 1,
          }),
        arrived: async () => service.sent,
        stage: Object.fromEntries(
          (['temporary', 'rejected', 'auth', 'ambiguous', 'window_closed'] as const).map((code) => [
            code,
            async () => void (service.trouble = code),
          ]),
        ),
        heal: async () => void (service.trouble = null),
      },
    }),
  };
}

function packet(name: string, messages: object[]): Original {
  return { name, raw: Buffer.from(JSON.stringify({ chat: 'c1', from: '628111', messages })), mediaType };
}

function revokes(...revoked: string[]): Original {
  const raw = Buffer.from(JSON.stringify({ chat: 'c1', from: '628111', revoked }));
  return { name: `revokes ${revoked.join()}`, raw, mediaType };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

for (const kind of ['whatsapp', 'webchat', 'phone'] as const)
  channelConformance(`a ${kind} adapter`, harnessFor(kind), { describe, it, beforeAll, afterAll });

/** One promise broken each, and the check that has to notice. */
class Broken extends ChatAdapter {}
type Patch = (adapter: ChatAdapter, service: ChatService) => Partial<ChannelAdapter> | ChatAdapter;
const defects: [string, keyof typeof kinds, string, Patch][] = [
  [
    'claims to send to nobody',
    'whatsapp',
    'capabilities are',
    (a) => ({ capabilities: { ...a.capabilities, sendsTo: [] } }),
  ],
  [
    'claims a section that contradicts itself',
    'whatsapp',
    'capabilities are',
    (a) => ({ bySection: { odd: { ...a.capabilities, maxAttachmentBytes: 0 } } }),
  ],
  ['cannot list its templates', 'whatsapp', 'capabilities are', () => ({ templates: undefined as never })],
  [
    'cannot read the calls of its webhook',
    'whatsapp',
    'capabilities are',
    (a) => {
      const secrets = { signature: 'hub_sha256' as const, secret: 's', verifyToken: 'v' };
      const webhook = { section: 'odd', mediaType: 'audio/x', ...secrets };
      return { bySection: { odd: { ...a.capabilities, webhook } } };
    },
  ],
  ['makes up events', 'whatsapp', 'originals of what', (a) => telling(a, () => randomUUID())],
  [
    'loses events that nobody took',
    'whatsapp',
    'an original whose events',
    (a) =>
      telling(
        a,
        (id) => id,
        (told) => told.catch(() => undefined),
      ),
  ],
  [
    'loses what happened while nobody listened',
    'whatsapp',
    'what happens to a message',
    (a, service) => taking(a, service, async (take) => (await take(), true)),
  ],
  [
    'has a session for everyone',
    'whatsapp',
    'a phone that is not',
    () => ({
      session: () => ({
        state: 'ready',
        reason: null,
        account: null,
        offer: null,
        offerEndsAt: null,
        nextTryAt: null,
      }),
    }),
  ],
  [
    'forgets what was not taken',
    'whatsapp',
    'what the host has not taken',
    (a, service) => taking(a, service, async (take) => (await take(), true)),
  ],
  [
    'makes up ids',
    'phone',
    'the same original',
    (a) => messagesOf(a, (m) => ({ ...m, externalId: randomUUID() })),
  ],
  [
    'gives all messages one id',
    'phone',
    'the same original',
    (a) => messagesOf(a, (m) => ({ ...m, externalId: 'x' })),
  ],
  [
    'hands over a Date',
    'phone',
    'messages are what',
    (a) => messagesOf(a, (m) => ({ ...m, sentAt: new Date(0) }) as never),
  ],
  [
    'names another channel',
    'phone',
    'messages are what',
    (a) => messagesOf(a, (m) => ({ ...m, channelId: randomUUID() })),
  ],
  ['forgets the original', 'phone', 'messages are what', (a) => messagesOf(a, (m) => ({ ...m, raw: null }))],
  ['sets a subject', 'webchat', 'messages hold', (a) => messagesOf(a, (m) => ({ ...m, subject: 'x' }))],
  [
    'forgets the chat',
    'webchat',
    'messages hold',
    (a) => messagesOf(a, (m) => ({ ...m, thread: { ...m.thread, conversation: null } })),
  ],
  [
    'passes a script on',
    'webchat',
    'html has',
    (a) => messagesOf(a, (m) => ({ ...m, html: '<script>1</script>' })),
  ],
  [
    'shows control characters',
    'webchat',
    'html has',
    (a) => messagesOf(a, (m) => ({ ...m, text: 'a\u0000' })),
  ],
  [
    'names files that it never stored',
    'webchat',
    'bytes are',
    (a) =>
      messagesOf(a, (m) => ({
        ...m,
        attachments: [
          {
            sha256: createHash('sha256').update('gone').digest('hex'),
            size: 1,
            mediaType: 'a/b',
            name: 'x',
            inline: false,
          },
        ],
      })),
  ],
  [
    'trips over garbage',
    'phone',
    'hostile originals',
    (a) => ({
      normalise: async (raw, c, h) => (
        JSON.parse((await h.blobs.read(raw.sha256)).toString()),
        a.normalise(raw, c, h)
      ),
    }),
  ],
  [
    'makes messages of what is unreadable',
    'phone',
    'hostile originals',
    (a) => ({ normalise: (raw, c, h) => a.normalise(raw, c, h).catch(() => []) }),
  ],
  [
    'connects to nothing',
    'webchat',
    'without a live',
    () => ({ connect: async () => ({ close: async () => undefined }) }),
  ],
  [
    'acknowledges at once',
    'whatsapp',
    'a source is',
    (a, service) => taking(a, service, (take) => (void take(), Promise.resolve(true))),
  ],
  [
    'acknowledges what was refused',
    'whatsapp',
    'what the host cannot',
    (a, service) => taking(a, service, async (take) => (await take(), true)),
  ],
  [
    'repeats a poison for ever',
    'whatsapp',
    'an unreadable',
    (a, service) => taking(a, service, async (take) => (await take(), false)),
  ],
  [
    'never says that it is connected',
    'whatsapp',
    'says that',
    (a) => ({
      connect: (c, h) =>
        a.connect(c, Object.assign(Object.create(h) as ChannelHost, { status: async () => undefined })),
    }),
  ],
  [
    'goes on after close',
    'whatsapp',
    'says that',
    (a) => ({ connect: async (c, h) => (await a.connect(c, h), { close: async () => undefined }) }),
  ],
  [
    'gives every try another id',
    'webchat',
    'what it sends',
    (a, service) => ({
      send: async () => {
        const externalId = randomUUID();
        service.sent.push(externalId);
        return { externalId, references: [] };
      },
    }),
  ],
  [
    'sends nothing',
    'webchat',
    'what it sends',
    () => ({ send: async ({ messageId }) => ({ externalId: messageId, references: [] }) }),
  ],
  [
    'throws what it got',
    'webchat',
    'failures of',
    (a, service) => ({ send: (m) => (service.trouble ? Promise.reject(new Error('550')) : a.send(m)) }),
  ],
  [
    'calls every failure temporary',
    'webchat',
    'failures of',
    (a, service) => ({
      send: (m) => (service.trouble ? Promise.reject(new ChannelError('temporary', 'x')) : a.send(m)),
    }),
  ],
  [
    'writes to anyone',
    'webchat',
    'refuses a recipient',
    (a, service) => ({
      send: async ({ messageId }) => (
        service.sent.push(messageId),
        { externalId: messageId, references: [] }
      ),
    }),
  ],
  [
    'pretends to send',
    'phone',
    'what cannot send',
    () => ({ send: async () => ({ externalId: 'x', references: [] }) }),
  ],
  [
    'cannot be closed twice',
    'phone',
    'can be closed',
    () => {
      let closed = false;
      return {
        close: () => (closed ? Promise.reject(new Error('closed')) : ((closed = true), Promise.resolve())),
      };
    },
  ],
];

describe('the suite notices an adapter that', () => {
  it.each(defects)(
    '%s',
    async (_what, kind, name, patch) => {
      const make: Make = (...parts) => {
        const adapter = new Broken(...parts);
        const changed = patch(adapter, parts[2]);
        return changed instanceof ChatAdapter
          ? changed
          : Object.assign(Object.create(adapter) as ChannelAdapter, changed);
      };
      const harness = { ...harnessFor(kind, make), patienceMs: 500 };
      const check = conformanceChecks.find((candidate) => candidate.name.startsWith(name));
      const adapter = harness.create();
      expect(check?.applies(harness, adapter)).toBe(true);
      await expect(check?.run(harness, adapter)).rejects.toThrow();
    },
    20_000,
  );
});

function messagesOf(
  adapter: ChatAdapter,
  change: (message: NormalizedMessage) => NormalizedMessage,
): Partial<ChannelAdapter> {
  return {
    normalise: async (raw, channel, host) => (await adapter.normalise(raw, channel, host)).map(change),
  };
}

/** The adapter with another idea of what to tell, and of what to do when nobody takes it. */
function telling(
  adapter: ChatAdapter,
  about: (externalId: string) => string,
  settle: (told: Promise<void>) => Promise<void> = (told) => told,
): ChatAdapter {
  class Careless extends ChatAdapter {
    protected override tell(externalId: string, ...rest: [Sender, ChannelRef, ChannelHost]): Promise<void> {
      return settle(super.tell(about(externalId), ...rest));
    }
  }
  return new Careless(adapter.kind, adapter.capabilities, new ChatService(), false);
}

/** The adapter with another idea of when an original is settled. */
function taking(
  adapter: ChatAdapter,
  service: ChatService,
  settle: (take: () => Promise<boolean>) => Promise<boolean>,
): ChatAdapter {
  class Careless extends ChatAdapter {
    protected override take(original: Original, channel: ChannelRef, host: ChannelHost): Promise<boolean> {
      return settle(() => super.take(original, channel, host));
    }
  }
  return new Careless(adapter.kind, adapter.capabilities, service, true);
}
