import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { BlobAccess } from '@loket/channel/port.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { messageKey, parseMessageKey } from '../message-key.js';
import { spoolFolder } from './chromium.js';
import { ownId } from './own-ids.js';
import { planParts } from './parts.js';
import { Recent } from './recent.js';
import type { SessionMemory } from './session-memory.js';
import type { FromSession, SendCommand } from './session-protocol.js';
import type { WebOptions } from './web-options.js';

type Told = Extract<FromSession, { type: 'sending' | 'sent' | 'send_failed' }>;

interface UnderWay {
  call: number;
  /** from here on it may have gone out */
  sending: boolean;
  resolve(result: Extract<Told, { type: 'sent' }>): void;
  reject(error: ChannelError): void;
}

export interface SendScope {
  channelId: string;
  folder: string;
  blobs: BlobAccess;
  memory: SessionMemory;
  options: Pick<WebOptions, 'pauseMs' | 'sendMs' | 'sendFileMs' | 'maxMediaBytes'>;
  /** a send has no answer, and none can follow it: the process has to begin anew */
  stuck(): void;
  /** hands a command to the session's process. @throws ChannelError when there is none that is ready */
  pass(command: SendCommand): void;
}

/** Sends one message after the other, as a person would: with a pause before each, and never two at once. */
export class SendDesk {
  private line: Promise<unknown> = Promise.resolve();
  private underWay: UnderWay | null = null;
  private calls = 0;
  /** ids on WhatsApp of what went out, or may have → our ids */
  private readonly messages = new Recent<string>(5000);

  constructor(private readonly scope: SendScope) {}

  /** @returns our own id of a message that was sent here, as long as it is remembered */
  messageOf(id: string): string | null {
    return this.messages.get(id) ?? null;
  }

  send(message: OutboundMessage): Promise<SendResult> {
    const sent = this.line.then(() => this.attempt(message));
    this.line = sent.catch(() => undefined);
    return sent;
  }

  hear(told: Told): void {
    const { underWay } = this;
    if (underWay?.call !== told.call) return;
    if (told.type === 'sending') underWay.sending = true;
    else if (told.type === 'sent') underWay.resolve(told);
    else underWay.reject(failureOf(told));
  }

  /** The process is gone. */
  cut(): void {
    const { underWay } = this;
    underWay?.reject(new ChannelError(underWay.sending ? 'ambiguous' : 'temporary', 'whatsapp_session_died'));
  }

  private async attempt(message: OutboundMessage): Promise<SendResult> {
    const { scope } = this;
    const { memory, channelId, options } = scope;
    const parts = planParts(message.text, message.attachments);
    const ids = parts.map((_part, index) => ownId(channelId, message.messageId, index));
    for (const id of ids) this.messages.set(id, message.messageId);
    const paths: string[] = [];
    try {
      const files = await this.spool(message, paths);
      await sleep(options.pauseMs(message.text));
      const command = {
        type: 'send' as const,
        call: (this.calls += 1),
        to: addressOf(message),
        ids,
        text: message.text,
        files,
        quoted: message.quote ? parseMessageKey(message.quote) : null,
      };
      const sent = await this.pass(command, files.length > 0 ? options.sendFileMs : options.sendMs);
      for (const { id } of sent.refs) this.messages.set(id, message.messageId);
      const keys = sent.refs.map(messageKey);
      const detail = sent.quoteMissing ? 'whatsapp_quote_missing' : null;
      return { externalId: keys[0] ?? '', references: keys, conversation: sent.chat, detail };
    } catch (error) {
      const doubted = ids[0];
      if (error instanceof ChannelError && error.code === 'ambiguous' && doubted !== undefined) {
        memory.doubt(doubted, message.messageId);
      }
      throw error;
    } finally {
      this.underWay = null;
      for (const path of paths) await rm(path, { force: true });
    }
  }

  private pass(command: SendCommand, deadlineMs: number): Promise<Extract<Told, { type: 'sent' }>> {
    return new Promise((resolve, reject) => {
      const underWay: UnderWay = { call: command.call, sending: false, resolve, reject };
      this.underWay = underWay;
      const timer = setTimeout(() => {
        reject(new ChannelError(underWay.sending ? 'ambiguous' : 'temporary', 'whatsapp_send_timeout'));
        this.scope.stuck();
      }, deadlineMs);
      const clear =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          settle(value);
        };
      underWay.resolve = clear(resolve);
      underWay.reject = clear(reject);
      try {
        this.scope.pass(command);
      } catch (error) {
        clear(reject)(error);
      }
    });
  }

  /** Files cross to the other process on disk: as base64 between processes they would be in memory several times. */
  private async spool({ attachments }: OutboundMessage, paths: string[]): Promise<SendCommand['files']> {
    const { blobs, folder, options } = this.scope;
    const spool = spoolFolder(folder);
    if (attachments.length > 0) await mkdir(spool, { recursive: true });
    const files: SendCommand['files'] = [];
    for (const { sha256, mediaType, name, size } of attachments) {
      if (size > options.maxMediaBytes) throw new ChannelError('rejected', 'whatsapp_file_too_large');
      const path = join(spool, randomUUID());
      paths.push(path);
      await pipeline(await blobs.stream(sha256), createWriteStream(path, { mode: 0o600 }));
      files.push({ path, mediaType, name });
    }
    return files;
  }
}

/** @throws ChannelError for people whom WhatsApp does not know by such an address */
function addressOf({ to, thread }: OutboundMessage): string {
  if (to.kind !== 'whatsapp' && to.kind !== 'phone' && to.kind !== 'lid')
    throw new ChannelError('rejected', 'whatsapp_recipient_invalid');
  if (thread.conversation?.includes('@')) return thread.conversation;
  if (to.kind === 'lid') return to.value.includes('@') ? to.value : `${to.value}@lid`;
  return to.value.replace(/@.*$/, '').replace(/\D/g, '');
}

function failureOf({ reason, sent, detail }: Extract<Told, { type: 'send_failed' }>): ChannelError {
  const options = { detail: detail ?? undefined };
  switch (reason) {
    case 'not_on_whatsapp':
      return new ChannelError('rejected', 'whatsapp_not_on_whatsapp', options);
    case 'too_large':
      return new ChannelError('rejected', 'whatsapp_file_too_large', options);
    case 'not_ready':
      return new ChannelError('temporary', 'whatsapp_not_ready', options);
    case 'failed':
      // Parts keep their ids, so that trying again sends only what is missing.
      return new ChannelError(
        'temporary',
        sent > 0 ? 'whatsapp_partly_sent' : 'whatsapp_send_failed',
        options,
      );
  }
}
