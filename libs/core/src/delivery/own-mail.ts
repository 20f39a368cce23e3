import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage } from '@loket/contracts/outbound.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { Clock } from '@loket/platform/clock.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { SECRET } from '@loket/platform/secret.js';
import { mintCaseToken } from '../cases/case-token.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { Channel } from '../channels/channel.entity.js';

/** How long what is known of the channels may be behind their settings: pages ask for it all the time. */
const [ableMs, unableMs] = [60_000, 2_000];
/** Somebody waits for it in front of a screen: tries in between, not hours. */
const pausesMs = [2_000, 10_000, 30_000];

/**
 * Brings what Loket itself has to say (codes, invitations, links) to a mail address, through any channel of the workspace
 * that can write to one. No message of a case: secrets are not for colleagues to read.
 */
@Injectable()
export class OwnMail {
  private known: { able: boolean; until: number } | null = null;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(BUS) private readonly bus: Bus,
    @Inject(SECRET) private readonly secret: string,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly directory: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  /** Whether there is a channel that could bring one. */
  async isAble(): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (this.known && this.known.until > now) return this.known.able;
    const able = (await this.channel()) !== null;
    this.known = { able, until: now + (able ? ableMs : unableMs) };
    return able;
  }

  /**
   * Waits until it has left, or was given up.
   * @param mailId names the mail: the same one sent again has the same Message-ID
   * @returns whether it has left
   */
  async send(mailId: string, address: string, words: { subject: string; text: string }): Promise<boolean> {
    const channel = await this.channel();
    if (!channel) {
      this.logger.warn({ mailId }, 'no channel can write to a mail address, so nothing was sent');
      return false;
    }
    for (let attempt = 1; ; attempt++) {
      const message = this.message(mailId, address, words, attempt);
      const outcome = await this.bus.request('channel.send', { channel, message });
      if (outcome.ok) return true;
      const { code: failure, reason } = outcome.failure;
      const pause = pausesMs[attempt - 1];
      if (failure !== 'temporary' || pause === undefined) {
        this.logger.warn({ mailId, channelId: channel.id, reason }, 'a mail of our own was not sent');
        return false;
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
