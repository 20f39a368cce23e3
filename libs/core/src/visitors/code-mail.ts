import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage } from '@loket/contracts/outbound.js';
import type { VisitorLanguage } from '@loket/contracts/webchat-config.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { mintCaseToken } from '../cases/case-token.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { Channel } from '../channels/channel.entity.js';

/** How long what is known of the channels may be behind their settings: pages ask for it all the time. */
const [ableMs, unableMs] = [60_000, 2_000];
/** A visitor waits in front of the form: tries in between, not hours. */
const pausesMs = [2_000, 10_000, 30_000];

const words: Record<VisitorLanguage, (code: string) => { subject: string; text: string }> = {
  id: (code) => ({
    subject: `Kode konfirmasi: ${code}`,
    text: `Kode Anda: ${code}\n\nMasukkan kode ini di obrolan dalam 10 menit. Jangan berikan kepada siapa pun.\nJika bukan Anda yang memintanya, abaikan surel ini.`,
  }),
  en: (code) => ({
    subject: `Confirmation code: ${code}`,
    text: `Your code: ${code}\n\nEnter it in the chat within 10 minutes. Do not give it to anybody.\nIf it was not you who asked for it, ignore this mail.`,
  }),
};

/**
 * Brings a one-time code to a mail address, through any channel of the workspace that can write to one. It carries nothing
 * that the visitor wrote, so that nobody can use it to send words of his own in the company's name. No message of a case:
 * codes are not for colleagues to read.
 */
@Injectable()
export class CodeMail {
  private known: { able: boolean; until: number } | null = null;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(SECRET) private readonly secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly directory: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  /** Whether there is a channel that could bring a code. */
  async isAble(): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (this.known && this.known.until > now) return this.known.able;
    const able = (await this.channel()) !== null;
    this.known = { able, until: now + (able ? ableMs : unableMs) };
    return able;
  }

  async send(codeId: string, address: string, code: string, language: VisitorLanguage): Promise<void> {
    const channel = await this.channel();
    if (!channel) {
      this.logger.warn({ codeId }, 'no channel can write to a mail address, so no code was sent');
      return;
    }
    for (let attempt = 1; ; attempt++) {
      const message = this.message(codeId, address, words[language](code), attempt);
      const outcome = await this.bus.request('channel.send', { channel, message });
      if (outcome.ok) return;
      const { code: failure, reason } = outcome.failure;
      const pause = pausesMs[attempt - 1];
      if (failure !== 'temporary' || pause === undefined) {
        this.logger.warn({ codeId, channelId: channel.id, reason }, 'code not sent');
        return;
      }
      await sleep(pause, undefined, { ref: false });
    }
  }

  /** The oldest that can: it is the one that customers know. */
  private async channel(): Promise<ChannelRef | null> {
    const rows = await this.manager.find(Channel, {
      where: { enabled: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    for (const row of rows) {
      const can = await this.directory.capabilities(row.kind, row.config);
      const able = can.send && can.sendsTo.includes('email') && can.subject;
      if (able && (can.sendNeeds === undefined || row.config[can.sendNeeds] !== undefined))
        return this.directory.refOf(row);
    }
    return null;
  }

  private message(
    messageId: string,
    address: string,
    { subject, text }: { subject: string; text: string },
    attempt: number,
  ): OutboundMessage {
    return {
      messageId,
      // Case 0 is nobody's: an answer to this mail is a new matter.
      caseNumber: 0,
      token: mintCaseToken(this.secret, 0),
      to: { kind: 'email', value: address, name: null },
      others: [],
      subject,
      text,
      attachments: [],
      thread: { references: [] },
      automatic: true,
      createdAt: this.clock.now().toISOString(),
      attempt,
    };
  }
}
