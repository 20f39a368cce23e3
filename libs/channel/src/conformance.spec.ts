import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import {
  ChatAdapter,
  ChatService,
  harnessFor,
  type ChatKind,
  type Make,
} from '../../../test/support/chat-adapter.js';
import { ChannelError } from './channel-error.js';
import type { Original } from './conformance-harness.js';
import { channelConformance, conformanceChecks } from './conformance.js';
import type { ChannelAdapter, ChannelHost } from './port.js';

for (const kind of ['whatsapp', 'webchat', 'phone'] as const)
  channelConformance(`a ${kind} adapter`, harnessFor(kind), { describe, it, beforeAll, afterAll });

/** One promise broken each, and the check that has to notice. */
class Broken extends ChatAdapter {}
type Patch = (adapter: ChatAdapter, service: ChatService) => Partial<ChannelAdapter> | ChatAdapter;
const defects: [string, ChatKind, string, Patch][] = [
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
