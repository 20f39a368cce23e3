import { createHash } from 'node:crypto';
import { Injectable, type OnApplicationShutdown, Inject } from '@nestjs/common';
import {
  answerHandshake,
  type HandshakeQuery,
  requestHolds,
  type SignedRequest,
} from '@loket/channel/webhook-signature.js';
import type { WebhookSignature } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { CallWriter } from './call-writer.js';
import { WebhookRefusals } from './webhook-refusals.js';

/** What a call to one channel must be like. */
interface Expected {
  signature: WebhookSignature;
  mediaType: string;
  secret: string;
  /** null: there is no handshake */
  verifyToken: string | null;
}

/** A burst of calls makes one job in this time. */
const announceMs = 50;

/**
 * Calls that the other side makes to us. What it signed stands in a row before it hears that we have it; the
 * work comes after (`WebhookWork`), so that the answer is quick however much there is to do.
 */
@Injectable()
export class WebhookCalls implements OnApplicationShutdown {
  private announcedAt = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly directory: ChannelDirectory,
    private readonly writer: CallWriter,
    private readonly jobs: JobQueue,
    private readonly refusals: WebhookRefusals,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @param call as it came
   * @throws AppError `not_found` `webhook_not_here`, `forbidden` `webhook_signature_invalid`; nothing is stored then.
   *   `unavailable` when it cannot be stored now, so that it must be sent again
   */
  async accept(channelId: string, call: SignedRequest): Promise<void> {
    const { signature, mediaType, secret } = await this.webhook(channelId);
    const now = this.clock.now();
    if (!requestHolds(call, signature, secret, now.getTime())) {
      this.refusals.count(channelId);
      throw new AppError('forbidden', 'webhook_signature_invalid', 'the call does not carry our signature');
    }
    const { bytes } = call;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.writer.keep({ id: newId(), channelId, sha256, mediaType, bytes, at: now });
    this.announce();
  }

  /**
   * Proves to the other side that the address is ours.
   * @returns what to answer, as plain text
   * @throws AppError `not_found` `webhook_not_here`, `forbidden` `webhook_token_invalid`
   */
  async shakeHands(channelId: string, query: HandshakeQuery): Promise<string> {
    const { verifyToken } = await this.webhook(channelId);
    const challenge = verifyToken === null ? null : answerHandshake(query, verifyToken);
    if (challenge !== null) return challenge;
    throw new AppError('forbidden', 'webhook_token_invalid', 'the verify token is not ours');
  }

  onApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
  }

  /** The same answer for a channel that is not there, is switched off or takes no calls: strangers learn nothing. */
  private async webhook(channelId: string): Promise<Expected> {
    try {
      const { kind, config } = await this.directory.ref(channelId);
      const { webhook: rules } = await this.directory.capabilities(kind, config);
      if (rules && (await this.directory.isEnabled(channelId))) {
        const section = config[rules.section];
        const form = rules.forms?.of[textIn(section, rules.forms.key)] ?? rules;
        return {
          ...{ signature: form.signature, mediaType: form.mediaType },
          secret: textIn(section, rules.secret),
          verifyToken: rules.verifyToken === null ? null : textIn(section, rules.verifyToken),
        };
      }
    } catch (error) {
      // Also secrets that cannot be opened any more: the channel says so to its admins.
      if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
    }
    throw new AppError('not_found', 'webhook_not_here', 'no channel takes calls at this address');
  }

  /**
   * Says that something waits, at once when it is the first in a while. A queue that is away costs some seconds, never a
   * call.
   */
  private announce(): void {
    if (this.timer) return;
    const wait = Math.max(0, this.announcedAt + announceMs - Date.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.announcedAt = Date.now();
      this.jobs.add('take-webhook-calls', {}).catch((err: unknown) => {
        this.logger.warn({ err }, 'webhook calls wait for the next sweep');
      });
    }, wait);
  }
}

function textIn(section: unknown, key: string): string {
  const value =
    typeof section === 'object' && section !== null ? (section as Record<string, unknown>)[key] : '';
  return typeof value === 'string' ? value : '';
}
