import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { PushSubscription } from '@loket/contracts/push.js';
import { isQuiet } from '@loket/contracts/quiet-hours.js';
import { Clock } from '@loket/platform/clock.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventFeed } from '../events/event-feed.js';
import { preferencesOf } from '../notices/notice-preferences.service.js';
import { type DuePush, claimDue, isAnyDue, settle } from './push.queries.js';
import { PushSender } from './push-sender.js';
import { PushSubscriptionRow } from './push-subscription.entity.js';
import { pushMessage } from './push-text.js';

const sweepMs = 15_000;
/** for so long nobody else looks at a notice that one process has taken on; then it counts as not done */
const leaseMs = 60_000;
const againMs = 30_000;
/** what is older is no news on a lock screen; it stands in the list */
const freshMs = 15 * 60_000;
/** Whoever did something on a console so lately sees it there. */
const watchingMs = 120_000;
const batch = 50;

/** Pushes news to the devices of people who are not at a console. The rows say what is due; the job only looks. */
@Injectable()
export class PushNotices implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly sender: PushSender,
    private readonly jobs: JobQueue,
    private readonly feed: EventFeed,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('push-notices', () => this.run());
    if (this.sender.publicKey === null) return;
    this.feed.listen(async (events) => {
      if (!events.some(({ type }) => type === 'notice.added')) return;
      if (await isAnyDue(this.manager, this.clock.now()))
        await this.jobs.add('push-notices', {}, 'push-notices');
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    if (this.sender.publicKey !== null) await this.jobs.every('push-notices', {}, sweepMs);
  }

  /** Everything that is due now. Several processes may do it at once. */
  async run(): Promise<void> {
    if (this.sender.publicKey === null) return;
    for (;;) {
      const now = this.clock.now();
      const due = await claimDue(this.manager, now, new Date(now.getTime() + leaseMs), batch);
      await Promise.all(due.map((push) => this.push(push, now)));
      if (due.length < batch) return;
    }
  }

  private async push(push: DuePush, now: Date): Promise<void> {
    const preferences = preferencesOf(push.preferences);
    const wanted =
      !push.read &&
      now.getTime() - push.at.getTime() < freshMs &&
      preferences.push.includes(push.kind) &&
      !isQuiet(preferences.quiet, now, push.timeZone) &&
      !isWatching(push, now);
    if (!wanted) return settle(this.manager, push.id, null);
    const message = pushMessage(push, preferences.pushWords);
    const outcomes = await Promise.all(push.devices.map((device) => this.toDevice(device, message)));
    const later = outcomes.includes('later');
    await settle(this.manager, push.id, later ? new Date(now.getTime() + againMs) : null);
  }

  private async toDevice(
    { id, endpoint, p256dh, auth }: DuePush['devices'][number],
    message: ReturnType<typeof pushMessage>,
  ): Promise<string> {
    const subscription: PushSubscription = { endpoint, keys: { p256dh, auth } };
    const outcome = await this.sender.send(subscription, message);
    if (outcome === 'gone') await this.manager.delete(PushSubscriptionRow, { id });
    if (outcome === 'refused') this.logger.warn({ subscriptionId: id }, 'a push service refused a push');
    return outcome;
  }
}

/** A screen of his is connected, he is not away, and he did something there just now. */
function isWatching({ availability, activeAt }: DuePush, now: Date): boolean {
  return availability === 'online' && activeAt !== null && now.getTime() - activeAt.getTime() < watchingMs;
}
