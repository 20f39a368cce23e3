import { randomUUID } from 'node:crypto';
import type { ConformanceHarness, Original } from '@loket/channel/conformance-harness.js';
import { ChannelError, NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelHost } from '@loket/channel/port.js';
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
export class ChatService {
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
export class ChatAdapter implements ChannelAdapter {
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
export type ChatKind = 'whatsapp' | 'webchat' | 'phone';
const kinds: Record<ChatKind, { capabilities: ChannelCapabilities; live: boolean }> = {
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

/** Makes the adapter under test; tests put a broken one in the honest one's place. */
export type Make = (
  kind: ChannelKind,
  capabilities: ChannelCapabilities,
  service: ChatService,
  live: boolean,
) => ChannelAdapter;
const honest: Make = (...parts) => new ChatAdapter(...parts);

export function harnessFor(kind: ChatKind, make: Make = honest): ConformanceHarness {
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
