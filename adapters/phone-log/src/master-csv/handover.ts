import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelHost } from '@loket/channel/port.js';
import { backoffMs, pause, type Backoff } from '../pause.js';
import { isInternal, type LineGroup } from './leg-groups.js';

/** Media type of lines of `cdr_csv`, the legs of one call. */
export const cdrMediaType = 'text/vnd.asterisk.cdr+csv';
/** calls that are handed over at the same time: core commits what waits together */
const parallel = 8;

const reasons = {
  cdr_unreadable: 'not a line of call records',
  cdr_quotes: 'the quotes of the line do not match',
  line_too_long: 'the line is longer than a call record can be; only its beginning is kept',
} as const;

/** Hands lines to core and does not give up: what core cannot take now is tried again until it is taken, or we stop. */
export class Handover {
  constructor(
    private readonly channel: ChannelRef,
    private readonly host: ChannelHost,
    private readonly retry: Backoff,
    private readonly stopping: AbortSignal,
  ) {}

  /** Resolves when core has committed all of them, or earlier when it is time to stop. */
  async give(groups: readonly LineGroup[]): Promise<void> {
    let left = groups.filter((group) => !isInternal(group));
    for (let failures = 0; left.length > 0 && !this.stopping.aborted;) {
      const [now, later] = [left.slice(0, parallel), left.slice(parallel)];
      const results = await Promise.allSettled(now.map((group) => this.giveOne(group)));
      const refused = now.filter((_, index) => results[index]?.status === 'rejected');
      left = [...refused, ...later];
      if (refused.length === 0) {
        failures = 0;
        continue;
      }
      if (failures === 0) {
        const err = results.find((result) => result.status === 'rejected')?.reason as unknown;
        this.host.log.warn({ channelId: this.channel.id, err }, 'calls cannot be handed over now');
      }
      await pause(backoffMs(failures, this.retry), this.stopping);
      failures += 1;
    }
  }

  private async giveOne({ problem, lines }: LineGroup): Promise<void> {
    const raw = await this.host.blobs.put(Buffer.from(`${lines.join('\n')}\n`, 'latin1'), cdrMediaType);
    if (problem === null) {
      await this.host.ingest(this.channel, raw);
      return;
    }
    const { id: channelId } = this.channel;
    await this.host.quarantine({ channelId, raw, code: problem, reason: reasons[problem], attempts: 1 });
  }
}
