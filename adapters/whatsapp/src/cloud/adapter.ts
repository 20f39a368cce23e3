import { NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef, Glimpse } from '@loket/contracts/bus.js';
import type { ChannelCapabilities, ConnectionReport } from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { Template } from '@loket/contracts/templates.js';
import { changeEvent, sentElsewhere } from '../inbound-event.js';
import { messageKey, parseMessageKey } from '../message-key.js';
import { normaliseMessage, type NormaliseContext } from '../normalise-message.js';
import type { MessageEvent } from '../whatsapp-event.js';
import { cloudConfigSchema, readable, sendable, wrongFields, type CloudReading } from './cloud-config.js';
import { testCloud } from './connection-test.js';
import { GraphClient, type GraphOptions } from './graph-client.js';
import { fetchMedia } from './media.js';
import { fail, sendFailure } from './send-failure.js';
import { defaultPace, SendQueue, type SendPace } from './send-queue.js';
import { CloudSender, markRead } from './sender.js';
import { SentParts } from './sent-parts.js';
import { TemplateShelf } from './template-shelf.js';
import { readWebhook, type WebhookContents } from './webhook-events.js';

export interface CloudAdapterOptions {
  graph?: GraphOptions;
  pace?: Partial<SendPace>;
  /** bytes of the largest file that is taken in */
  maxMediaBytes?: number;
  /** milliseconds before each further try to fetch a file */
  mediaRetryMs?: readonly number[];
}

/** Bytes of one call of the webhook; Meta stays below 3 MB. */
const maxWebhookBytes = 8_000_000;
/** How we know who a sender is: Meta says so, and Meta signs. */
const evidence = 'whatsapp=cloud_api';
/** Files of one call that are fetched at the same time. */
const parallelMedia = 3;

export const cloudCapabilities: ChannelCapabilities = {
  send: true,
  sendsTo: ['whatsapp', 'bsuid', 'phone'],
  sendNeeds: 'cloud',
  subject: false,
  html: false,
  threading: 'conversation',
  attachments: true,
  maxAttachmentBytes: 25_000_000,
  maxMessageBytes: 100_000_000,
  typing: true,
  quotes: true,
  reactions: true,
  receipts: ['delivered', 'read'],
  replyWindowHours: 24,
  templates: true,
  markRead: true,
  session: false,
  webhook: {
    section: 'cloud',
    signature: 'hub_sha256',
    secret: 'appSecret',
    verifyToken: 'verifyToken',
    mediaType: 'application/vnd.whatsapp.webhook+json',
  },
  test: true,
  rawMediaTypes: ['application/vnd.whatsapp.webhook+json'],
};

/** WhatsApp through Meta's official Cloud API: in by signed webhook, out by the Graph API. */
export class CloudAdapter implements ChannelAdapter {
  readonly kind = 'whatsapp';
  readonly capabilities = cloudCapabilities;
  private readonly client: GraphClient;
  private readonly sent = new SentParts();
  private readonly shelf: TemplateShelf;
  private readonly sender: CloudSender;

  constructor(private readonly options: CloudAdapterOptions = {}) {
    this.client = new GraphClient(options.graph);
    this.shelf = new TemplateShelf(this.client);
    const queue = new SendQueue({ ...defaultPace, ...options.pace });
    this.sender = new CloudSender(this.client, queue, this.sent, this.shelf);
  }

  /**
   * Makes messages of one call of the webhook, whose signature was checked when it came. Statuses go to the host as
   * receipts, all else as events; both can be told any number of times.
   */
  async normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]> {
    if (raw.size > maxWebhookBytes)
      throw new NormaliseError('too_large', `${String(raw.size)} bytes, ${String(maxWebhookBytes)} allowed`);
    const config = readable(channel.config);
    if (!config) throw new NormaliseError('config_invalid', 'the channel is not set up for the Cloud API');
    const contents = readWebhook(await host.blobs.read(raw.sha256), config, host.now());
    const contextOf = async ({ media }: MessageEvent): Promise<NormaliseContext> => ({
      channelId: channel.id,
      raw,
      media: media && (await this.fetch(media, config, host)),
      evidence,
    });
    await this.putAway(contents, raw, channel, host);
    await this.tellReceipts(contents, channel, host);
    await this.tellEvents(contents, channel, host, contextOf);
    const normalised: NormalizedMessage[] = [];
    for (let at = 0; at < contents.messages.length; at += parallelMedia) {
      const some = contents.messages.slice(at, at + parallelMedia);
      const made = some.map(async (event) => normaliseMessage(event, await contextOf(event)));
      normalised.push(...(await Promise.all(made)));
    }
    return normalised;
  }

  /** A webhook call says nothing to people. */
  glimpse(): Promise<Glimpse> {
    return Promise.resolve({ subject: null, from: null });
  }

  /** Fed by the webhook alone. */
  connect(): Promise<ChannelConnection | null> {
    return Promise.resolve(null);
  }

  async send(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): Promise<SendResult> {
    const config = sendable(channel.config);
    const bytes = message.attachments.reduce((sum, { size }) => sum + size, 0);
    const { maxAttachmentBytes, maxMessageBytes } = cloudCapabilities;
    const tooLarge =
      message.attachments.some(({ size }) => size > maxAttachmentBytes) || bytes > maxMessageBytes;
    if (tooLarge) throw fail('rejected', 'whatsapp_media_too_large');
    return this.sender.send(message, channel, config, host);
  }

  /**
   * The templates that the number may send.
   * @throws ChannelError
   */
  async templates(channel: ChannelRef): Promise<Template[]> {
    try {
      return await this.shelf.all(channel);
    } catch (error) {
      throw sendFailure(error, 1, false);
    }
  }

  /**
   * Tells the customer that a message of theirs was read, unless the channel does not want that.
   * @throws ChannelError
   */
  async markRead(externalId: string, channel: ChannelRef, typing = false): Promise<void> {
    const ref = parseMessageKey(externalId);
    const config = sendable(channel.config);
    if (!config.markRead) return;
    if (ref?.account !== config.phoneNumberId) throw fail('rejected', 'whatsapp_invalid_parameter');
    await markRead(this.client, config, ref.id, typing);
  }

  async test(config: Record<string, unknown>): Promise<ConnectionReport> {
    const parsed = cloudConfigSchema.safeParse(config['cloud']);
    if (parsed.success) return testCloud(parsed.data, this.client);
    const detail = wrongFields(parsed.error).slice(0, 1000);
    const step = { step: 'whatsapp_number', ok: false, ms: 0, code: 'config_invalid', detail };
    return { ok: false, steps: [step] };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Nothing is dropped: what makes no message goes to quarantine with the whole call. */
  private async putAway(
    { messages, others, receipts, problems, unreadable, foreign }: WebhookContents,
    raw: BlobRef,
    channel: ChannelRef,
    host: ChannelHost,
  ): Promise<void> {
    if (unreadable + foreign === 0) return;
    const code = unreadable > 0 ? 'webhook_unreadable' : 'other_number';
    const reason = `${String(unreadable)} parts cannot be read, ${String(foreign)} are for other numbers`;
    if (messages.length + others.length + receipts.length + problems.length === 0)
      throw new NormaliseError(code, reason);
    await host.quarantine({ channelId: channel.id, raw, code, reason, attempts: 1 });
  }

  private async tellReceipts(
    { receipts, problems }: WebhookContents,
    { id: channelId }: ChannelRef,
    host: ChannelHost,
  ): Promise<void> {
    for (const { event, tag } of receipts) {
      if (tag) this.sent.status(tag, event);
      const { ref, state, at, reason, messageId } = event;
      await host.receipt({ channelId, externalId: messageKey(ref), messageId, state, at, reason });
    }
    for (const { code } of problems) {
      host.log.warn({ channelId, graphCode: code }, 'WhatsApp reports trouble with the account');
    }
  }

  /** In no order with messages: core keeps what comes before the message that it is about. */
  private async tellEvents(
    { others }: WebhookContents,
    { id: channelId }: ChannelRef,
    host: ChannelHost,
    contextOf: (event: MessageEvent) => Promise<NormaliseContext>,
  ): Promise<void> {
    for (const event of others) {
      const told =
        event.type === 'message'
          ? sentElsewhere(event, await contextOf(event))
          : changeEvent(event, { channelId, evidence });
      await host.event(told);
    }
  }

  private fetch(
    media: NonNullable<WebhookContents['messages'][number]['media']>,
    { accessToken: token, phoneNumberId }: CloudReading,
    host: ChannelHost,
  ): ReturnType<typeof fetchMedia> {
    const source = {
      client: this.client,
      token,
      phoneNumberId,
      maxBytes: this.options.maxMediaBytes ?? 100_000_000,
      retryMs: this.options.mediaRetryMs ?? [300, 1500],
    };
    return fetchMedia(media, source, host.blobs);
  }
}
