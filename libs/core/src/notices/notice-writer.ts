import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { newId } from '@loket/platform/ids.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventConsumer, type LastWrites } from '../events/event-consumer.js';
import { EventFeed } from '../events/event-feed.js';
import { EventLog } from '../events/event-log.js';
import type { StoredEvent } from '../events/events.queries.js';
import { newsOf, type News } from './notices-of-events.js';

/** Makes news for people of what happens, once for all processes. */
@Injectable()
export class NoticeWriter implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly consumer: EventConsumer;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly feed: EventFeed,
    private readonly log: EventLog,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'ROLE'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.consumer = new EventConsumer(database, logger, {
      name: 'notices',
      debounceMs: 30,
      share: 0.5,
      work: (events) => this.work(events),
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.consumer.prepare();
    if (this.env.ROLE === 'api') return;
    this.feed.listen(() => this.consumer.wake());
    this.consumer.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.consumer.stop();
  }

  /** Works everything off that has been committed by now, for tests. */
  settle(): Promise<void> {
    return this.consumer.settle();
  }

  private async work(events: readonly StoredEvent[]): Promise<LastWrites | null> {
    const news = await newsOf(this.database.manager, events);
    if (news.length === 0) return null;
    await this.database.transaction((tx) => this.write(tx, news));
    this.log.committed();
    return null;
  }

  /** May be done again after a crash: what is there already is not told a second time. */
  private async write(tx: EntityManager, news: readonly News[]): Promise<void> {
    const added: { id: string; agentId: string }[] = await tx.query(
      `INSERT INTO notices (id, agent_id, event_id, kind, case_id, actor_id, note_id, to_id, routing, reason, at, push_at)
       SELECT n.id, n."agentId", n."eventId", n.kind, n."caseId", n."actorId", n."noteId", n."toId", n.routing, n.reason,
              n.at, CASE WHEN EXISTS (SELECT FROM push_subscriptions s WHERE s.agent_id = n."agentId") THEN n.at END
       FROM jsonb_to_recordset($1::jsonb) AS n(
         id uuid, "agentId" uuid, "eventId" bigint, kind text, "caseId" uuid, "actorId" uuid, "noteId" uuid, "toId" uuid,
         routing text, reason text, at timestamptz)
       ON CONFLICT (agent_id, event_id) DO NOTHING RETURNING id, agent_id AS "agentId"`,
      [JSON.stringify(news.map((one) => ({ ...one, id: newId() })))],
    );
    await this.log.append(
      tx,
      added.map(({ id, agentId }) => ({
        type: 'notice.added',
        caseId: null,
        version: null,
        actorId: null,
        data: { noticeId: id, agentId },
      })),
    );
  }
}
