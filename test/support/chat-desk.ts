import { newId } from '@loket/platform/ids.js';
import type { CreateReply, ReplyOption, TimelineMessage } from '@loket/contracts/cases.js';
import type { NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import type { Template } from '@loket/contracts/templates.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { Message } from '@loket/core/messages/message.entity.js';
import { RepliesService } from '@loket/core/messages/replies.service.js';
import { message, startCore, type TestCore } from './core.js';
import { until } from './until.js';

export const cloudSection = { phoneNumberId: '1065', markRead: false };

/** A template with blanks for words. */
const order: Template = {
  name: 'order_ready',
  language: 'id',
  category: 'UTILITY',
  header: null,
  body: 'Halo {{1}}, pesanan {{2}} sudah siap.',
  footer: 'Toko Mug',
  buttons: ['Lacak'],
  blanks: [
    { key: 'body.1', kind: 'text', example: 'Dewi' },
    { key: 'body.2', kind: 'text', example: 'A-17' },
    { key: 'button.0', kind: 'text', example: null },
  ],
};
/** A template with a blank for a picture. */
const photo: Template = {
  ...order,
  name: 'photo',
  body: 'Ini fotonya.',
  footer: null,
  buttons: [],
  blanks: [{ key: 'header.media', kind: 'image', example: null }],
};
/** `order` as an agent fills it in. */
export const filled = {
  name: 'order_ready',
  language: 'id',
  values: { 'body.1': 'Dewi', 'body.2': 'A-17', 'button.0': 'a17' },
};

/** A desk with the Cloud API, a linked phone and a mailbox, whose customers write from numbers. */
export class ChatDesk {
  private numbers = 0;

  private constructor(
    readonly core: TestCore,
    readonly cloud: string,
    readonly web: string,
    readonly mail: string,
    readonly agent: { id: string; name: string },
  ) {}

  static async open(): Promise<ChatDesk> {
    const core = await startCore();
    const cloud = await core.addChannel({ address: '+6281100', cloud: cloudSection }, 'whatsapp');
    const web = await core.addChannel({ address: '+6281101', web: {} }, 'whatsapp');
    return new ChatDesk(core, cloud, web, await core.addChannel(), await core.addAgent('Rina'));
  }

  /** As before the first message: nothing sent, and both templates to be had. */
  clear(): void {
    this.core.sent.length = 0;
    this.core.templates.answer = () => [order, photo];
  }

  newNumber(): string {
    return `+62812700${String(++this.numbers).padStart(5, '0')}`;
  }

  /** A chat message from a number, `agoMs` ago. */
  chat(
    channelId: string,
    number: string,
    agoMs = 0,
    over: { sender?: Partial<Sender>; externalId?: string; text?: string } = {},
  ): NormalizedMessage {
    const at = new Date(this.core.clock.now().getTime() - agoMs).toISOString();
    return message(channelId, {
      ...(over.externalId ? { externalId: over.externalId } : {}),
      subject: null,
      sentAt: at,
      text: over.text ?? `Halo, pesanan saya ${newId()} belum datang`,
      sender: { kind: 'whatsapp', value: number, proof: 'verified', ...over.sender },
      thread: { conversation: `${channelId}:${number}` },
    });
  }

  async optionsOf(caseId: string): Promise<ReplyOption[]> {
    return (await this.core.get(CasesService).get(caseId)).replyOptions;
  }

  async optionOn(caseId: string, channelId: string): Promise<ReplyOption> {
    const found = (await this.optionsOf(caseId)).find((o) => o.channelId === channelId);
    if (!found) throw new Error('no such option');
    return found;
  }

  async reply(caseId: string, over: Partial<CreateReply> = {}): Promise<TimelineMessage> {
    const item = await this.core
      .get(RepliesService)
      .create(caseId, { text: over.template ? '' : 'Sebentar ya.', attachments: [], ...over }, this.agent);
    if (item.type !== 'message') throw new Error('an answer is a message');
    return item;
  }

  find(id: string): Promise<Message> {
    return this.core.database.getRepository(Message).findOneByOrFail({ id });
  }

  sentOut(id: string): Promise<Message> {
    return until(
      () => this.find(id),
      (m) => m.state === 'sent',
    );
  }

  answersIn(caseId: string): Promise<number> {
    return this.core.database.getRepository(Message).countBy({ caseId, direction: 'outbound' });
  }
}
