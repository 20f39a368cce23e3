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
import { newsOf, reasonsOf, type LaterReason, type News } from './notices-of-events.js';

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
    const reasons = reasonsOf(events);
    if (news.length + reasons.length === 0) return null;
    await this.database.transaction(async (tx) => {
      const told = new Map<string, string>();
      // the log tells of a move before it tells why, so what a reason is about is there by now
      for (const { id, agentId } of await this.write(tx, news)) told.set(id, agentId);
      for (const { id, agentId } of await this.amend(tx, reasons)) told.set(id, agentId);
      await this.tell(tx, told);
    });
    this.log.committed();
    return null;
  }

  /** May be done again after a crash: what is there already is not told a second time. */
  private async write(tx: EntityManager, news: readonly News[]): Promise<Written[]> {
    return tx.query(
      `INSERT INTO notices (id, agent_id, event_id, kind, case_id, actor_id, note_id, to_id, routing, reason, at, push_at)
       SELECT n.id, n."agentId", n."eventId", n.kind, n."caseId", n."actorId", n."noteId", n."toId", n.routing, n.reason,
              n.at, CASE WHEN EXISTS (SELECT FROM push_subscriptions s WHERE s.agent_id = n."agentId") THEN n.at END
       FROM jsonb_to_recordset($1::jsonb) AS n(
         id uuid, "agentId" uuid, "eventId" bigint, kind text, "caseId" uuid, "actorId" uuid, "noteId" uuid, "toId" uuid,
         routing text, reason text, at timestamptz)
       ON CONFLICT (agent_id, event_id) DO NOTHING RETURNING id, agent_id AS "agentId"`,
      [JSON.stringify(news.map((one) => ({ ...one, id: newId() })))],
    );
  }

  /** Puts the reason into the news of the very move; whoever has read them already may look again. */
  private async amend(tx: EntityManager, reasons: readonly LaterReason[]): Promise<Written[]> {
    if (reasons.length === 0) return [];
    const [rows]: [Written[], number] = await tx.query(
      `UPDATE notices n SET reason = r.reason
       FROM jsonb_to_recordset($1::jsonb) AS r("caseId" uuid, moved int, reason text)
       JOIN events e ON e.case_id = r."caseId" AND e.version = r.moved AND e.type = 'case.assigned'
       WHERE n.event_id = e.id AND n.agent_id IN ((e.data->>'from')::uuid, (e.data->>'to')::uuid)
         AND n.reason IS DISTINCT FROM r.reason
       RETURNING n.id, n.agent_id AS "agentId"`,
      [JSON.stringify(reasons)],
    );
    return rows;
  }

  /** @param told whose, by the notice's id */
  private async tell(tx: EntityManager, told: ReadonlyMap<string, string>): Promise<void> {
    await this.log.append(
      tx,
      [...told].map(([noticeId, agentId]) => ({
        type: 'notice.added',
        caseId: null,
        version: null,
        actorId: null,
        data: { noticeId, agentId },
      })),
    );
  }
}

interface Written {
  id: string;
  agentId: string;
}
