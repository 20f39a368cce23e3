import { z } from 'zod';
import type { ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { messageKey } from '../message-key.js';
import type { CloudConfig } from './cloud-config.js';
import { GraphError, GraphSilence, type GraphClient } from './graph-client.js';
import { verdictOf } from './graph-codes.js';
import { uploadMedia } from './media.js';
import { contextOf, partsOf, recipientOf, templateFile, type FilePart, type Part } from './outbound-parts.js';
import { fail, sendFailure } from './send-failure.js';
import type { SendQueue } from './send-queue.js';
import { sendTag } from './send-tag.js';
import type { SentParts } from './sent-parts.js';
import { fillTemplate } from './template-fill.js';
import type { TemplateShelf } from './template-shelf.js';

const sentSchema = z.looseObject({
  messages: z.array(z.looseObject({ id: z.string().min(1) })).min(1),
  contacts: z
    .array(z.looseObject({ wa_id: z.string().optional(), user_id: z.string().optional() }))
    .optional(),
});

/** Notes of parts that have left, kept with core while the rest of a message has not. */
const noteKey = (messageId: string): string => `send:${messageId}`;
const noteSchema = z.array(z.string().nullable()).max(1100);

type Ready = () => Promise<void>;

interface Place {
  channel: ChannelRef;
  config: CloudConfig;
  host: ChannelHost;
}

/** Sends messages of the Cloud driver: paced, in order per customer, each part once. */
export class CloudSender {
  private readonly underWay = new Map<string, Promise<SendResult>>();

  constructor(
    private readonly client: GraphClient,
    private readonly queue: SendQueue,
    private readonly sent: SentParts,
    private readonly templates: TemplateShelf,
  ) {}

  /**
   * @returns the key of the first part; it stays the same however often this is called with the message
   * @throws ChannelError
   */
  async send(
    message: OutboundMessage,
    channel: ChannelRef,
    config: CloudConfig,
    host: ChannelHost,
  ): Promise<SendResult> {
    const known = this.underWay.get(message.messageId);
    if (known) return known;
    const sending = this.deliver(message, channel, config, host).finally(() =>
      this.underWay.delete(message.messageId),
    );
    this.underWay.set(message.messageId, sending);
    return sending;
  }

  private async deliver(
    message: OutboundMessage,
    channel: ChannelRef,
    config: CloudConfig,
    host: ChannelHost,
  ): Promise<SendResult> {
    const parts = partsOf(message);
    const recipient = recipientOf(message.to);
    const pair = recipient['to'] ?? recipient['recipient'] ?? '';
    const { messageId } = message;
    await this.recall(message, channel, host);
    const noted = this.sent.of(messageId).length > 0 && message.attempt > 1;
    if (parts.some((_, part) => this.sent.of(messageId)[part] === undefined)) {
      try {
        await this.queue.run(config.phoneNumberId, pair, (ready) =>
          this.deliverParts(parts, message, recipient, { channel, config, host }, ready),
        );
      } catch (error) {
        await this.keep(messageId, channel, host);
        throw this.understood(error, message, config.phoneNumberId, pair);
      }
    }
    if (noted) await host.saveCursor({ channelId: channel.id, key: noteKey(messageId), value: null });
    return this.result(messageId, config.phoneNumberId);
  }

  private async deliverParts(
    parts: readonly Part[],
    message: OutboundMessage,
    recipient: Record<string, string>,
    place: Place,
    ready: Ready,
  ): Promise<void> {
    const { config } = place;
    const contents = new Map<number, Record<string, unknown>>();
    // All files first: one that is refused must not leave half an answer behind.
    for (const [index, part] of parts.entries()) {
      if (this.sent.of(message.messageId)[index] !== undefined) continue;
      contents.set(index, await this.content(part, place, message.attempt));
    }
    for (const [part, content] of contents) {
      const tag = { messageId: message.messageId, part };
      await ready();
      // A status may have told meanwhile of a send whose answer was lost.
      if (this.sent.of(message.messageId)[part] !== undefined) continue;
      const json = {
        ...recipient,
        ...(part === 0 ? contextOf(message.quote, config.phoneNumberId) : {}),
        ...content,
        biz_opaque_callback_data: sendTag(tag),
      };
      const path = `/${config.phoneNumberId}/messages`;
      const answer = await this.client.call({ method: 'POST', path, token: config.accessToken, json });
      const wamid = sentSchema.safeParse(answer).data?.messages[0]?.id;
      if (wamid === undefined) throw new GraphSilence(true, 'the answer names no message', null);
      this.sent.note(tag, wamid);
    }
  }

  private async content(part: Part, place: Place, attempt: number): Promise<Record<string, unknown>> {
    if (part.type === 'text') {
      return { type: 'text', text: { body: part.text, preview_url: /https?:\/\//.test(part.text) } };
    }
    try {
      if (part.type === 'template') return await this.template(part, place);
      const { as, name, caption } = part;
      const id = await this.upload(part, place);
      const named = as === 'document' ? { filename: name } : {};
      return { type: as, [as]: { id, ...named, ...(caption === null ? {} : { caption }) } };
    } catch (error) {
      // None of this delivers anything: without an answer it is done again.
      throw sendFailure(error, attempt, false);
    }
  }

  private async template(
    { chosen, files }: Extract<Part, { type: 'template' }>,
    place: Place,
  ): Promise<Record<string, unknown>> {
    const template = await this.templates.find(place.channel, chosen);
    const file = templateFile(template, files);
    const uploaded = file && { id: await this.upload(file, place), name: file.name };
    return { type: 'template', template: fillTemplate(template, chosen.values, uploaded) };
  }

  /** @returns the id of the file at Meta */
  private async upload(
    { file, name }: FilePart,
    { config: { accessToken: token, phoneNumberId }, host }: Place,
  ): Promise<string> {
    const bytes = await host.blobs.read(file.sha256);
    return uploadMedia(this.client, { token, phoneNumberId }, { bytes, mediaType: file.mediaType, name });
  }

  private understood(error: unknown, { attempt }: OutboundMessage, number: string, pair: string): unknown {
    const failure = sendFailure(error, attempt, true);
    if (error instanceof GraphError) {
      const { reason } = verdictOf(error.graphCode, error.status);
      if (reason === 'whatsapp_rate_limited') this.queue.empty(number, null);
      if (reason === 'whatsapp_pair_rate_limited') this.queue.empty(number, pair);
    }
    return failure;
  }

  private result(messageId: string, account: string): SendResult {
    const references = this.sent
      .of(messageId)
      .filter((wamid) => wamid !== undefined)
      .map((id) => messageKey({ account, id, fromMe: true, participant: null }));
    const [externalId] = references;
    if (externalId === undefined) throw fail('ambiguous', 'whatsapp_no_answer');
    return { externalId, references };
  }

  /** What another process, or this one before a restart, had sent of it already. */
  private async recall(
    { messageId, attempt }: OutboundMessage,
    channel: ChannelRef,
    host: ChannelHost,
  ): Promise<void> {
    if (attempt === 1 || this.sent.of(messageId).length > 0) return;
    const note = noteSchema.safeParse((await host.cursors(channel.id))[noteKey(messageId)]).data;
    if (note) this.sent.restore(messageId, note);
  }

  /** Only when some have left and others have not, which is rare. */
  private async keep(messageId: string, channel: ChannelRef, host: ChannelHost): Promise<void> {
    const parts = this.sent.of(messageId);
    if (!parts.some((wamid) => wamid !== undefined)) return;
    const value = Array.from(parts, (wamid) => wamid ?? null);
    await host
      .saveCursor({ channelId: channel.id, key: noteKey(messageId), value })
      .catch((error: unknown) => {
        host.log.warn({ channelId: channel.id, messageId, err: error }, 'parts that were sent are not noted');
      });
  }
}

/**
 * Tells the customer that a message was read (two blue ticks), and all before it.
 *
 * @param wamid the customer's message
 * @param typing show that we are writing, for up to 25 seconds or until we answer
 * @throws ChannelError
 */
export async function markRead(
  client: GraphClient,
  { accessToken: token, phoneNumberId }: CloudConfig,
  wamid: string,
  typing = false,
): Promise<void> {
  const indicator = typing ? { typing_indicator: { type: 'text' } } : {};
  const json = { messaging_product: 'whatsapp', status: 'read', message_id: wamid, ...indicator };
  try {
    await client.call({ method: 'POST', path: `/${phoneNumberId}/messages`, token, json });
  } catch (error) {
    throw sendFailure(error, 1, false);
  }
}
