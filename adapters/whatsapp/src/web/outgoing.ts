import { readFile } from 'node:fs/promises';
import wweb, { type Client, type MessageSendOptions } from 'whatsapp-web.js';
import type { MessageRef } from '../message-key.js';
import type { AliasTable } from './alias-table.js';
import type { Page } from './page.js';
import { planParts, type Part } from './parts.js';
import type { FromSession, SendCommand, sendFailures } from './session-protocol.js';

class SendFailure extends Error {
  constructor(readonly reason: (typeof sendFailures)[number]) {
    super(reason);
  }
}

/** What WhatsApp shows as a picture, a film or sound; all else goes as a document, under its own name. */
const shown = /^(image\/(jpeg|png|webp)|video\/(mp4|3gpp)|audio\/(aac|amr|mp4|mpeg|ogg))$/;

/** Sends one message at a time. */
export class Outgoing {
  /** ids of what went out, as WhatsApp gave them */
  readonly sentIds = new Set<string>();
  private line: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: Client,
    private readonly page: Page,
    private readonly people: AliasTable,
    private readonly tell: (message: FromSession) => void,
  ) {}

  /** Never throws. */
  send(command: SendCommand): Promise<void> {
    const sent = this.line.then(() => this.attempt(command));
    this.line = sent;
    return sent;
  }

  async quiet(): Promise<void> {
    await this.line;
  }

  private async attempt(command: SendCommand): Promise<void> {
    const { call } = command;
    const refs: MessageRef[] = [];
    try {
      const chat = await this.chatOf(command.to);
      const quoted = command.quoted === null ? null : await this.page.quotable(chat, command.quoted);
      this.tell({ type: 'sending', call });
      for (const [index, part] of planParts(command.text, command.files).entries()) {
        const id = command.ids[index];
        if (id === undefined) throw new SendFailure('failed');
        const given = await this.sendPart(chat, id, part, command, index === 0 ? quoted : null);
        refs.push({ account: this.people.account, id: given, fromMe: true, participant: null });
      }
      await this.people.meet([chat]);
      const quoteMissing = command.quoted !== null && quoted === null;
      this.tell({ type: 'sent', call, chat: this.people.chat(chat), refs, quoteMissing });
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      const unknown = /No LID for user/.test(said);
      const reason = error instanceof SendFailure ? error.reason : unknown ? 'not_on_whatsapp' : 'failed';
      this.tell({ type: 'send_failed', call, reason, sent: refs.length, detail: said.slice(0, 200) });
    }
  }

  private async chatOf(to: string): Promise<string> {
    if (to.includes('@')) return to;
    const found = (await this.client.getNumberId(to)) as { _serialized: string } | null;
    if (!found) throw new SendFailure('not_on_whatsapp');
    return found._serialized;
  }

  /** @returns the id that it has on WhatsApp */
  private async sendPart(
    chat: string,
    id: string,
    part: Part,
    { files }: SendCommand,
    quoted: string | null,
  ): Promise<string> {
    // Tried before, and it went out after all.
    if ((await this.page.find(id, true)) !== null) return id;
    const options: MessageSendOptions = {
      // Else the chat counts as read as soon as anyone answers.
      sendSeen: false,
      linkPreview: false,
      parseVCards: false,
      ...(quoted === null ? {} : { quotedMessageId: quoted }),
    };
    const file = part.file === null ? undefined : files[part.file];
    if (file) {
      const data = await readFile(file.path, 'base64');
      options.media = new wweb.MessageMedia(file.mediaType, data, file.name);
      options.sendAudioAsVoice = file.mediaType === 'audio/ogg';
      options.sendMediaAsDocument = !shown.test(file.mediaType);
    }
    await this.page.useId(id);
    const message = (await this.client.sendMessage(chat, part.text ?? '', options)) as
      wweb.Message | null | undefined;
    if (!message) throw new SendFailure('failed');
    this.sentIds.add(message.id.id);
    return message.id.id;
  }
}
