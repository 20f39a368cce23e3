import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';

const quietMs = 60_000;

interface Refused {
  /** since the process started */
  total: number;
  /** that the log has not told of */
  untold: number;
  timer: NodeJS.Timeout | null;
}

/**
 * Counts calls whose signature was wrong. A stranger can make as many as he likes, so the log tells of them at most once
 * a minute and channel.
 */
@Injectable()
export class WebhookRefusals implements OnApplicationShutdown {
  private readonly channels = new Map<string, Refused>();

  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  /** @param channelId of a channel that there is, so that strangers cannot make the list grow */
  count(channelId: string): void {
    const refused = this.channels.get(channelId) ?? { total: 0, untold: 0, timer: null };
    this.channels.set(channelId, refused);
    refused.total += 1;
    refused.untold += 1;
    if (!refused.timer) this.tell(channelId, refused);
  }

  /** Calls refused since this process started. */
  total(channelId: string): number {
    return this.channels.get(channelId)?.total ?? 0;
  }

  onApplicationShutdown(): void {
    for (const { timer } of this.channels.values()) if (timer) clearTimeout(timer);
  }

  private tell(channelId: string, refused: Refused): void {
    refused.timer = null;
    if (refused.untold === 0) return;
    const { untold: calls, total } = refused;
    this.logger.warn({ channelId, calls, total }, 'webhook calls with a wrong signature refused');
    refused.untold = 0;
    refused.timer = setTimeout(() => this.tell(channelId, refused), quietMs);
    refused.timer.unref();
  }
}
