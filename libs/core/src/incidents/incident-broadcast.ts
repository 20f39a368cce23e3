import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { isUnavailable } from '@loket/platform/database/errors.js';
import { idOf } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventLog } from '../events/event-log.js';
import { RepliesService } from '../messages/replies.service.js';
import { IncidentDelivery } from './incident-delivery.entity.js';
import { impossible, IncidentRoutes, toldAlready } from './incident-routes.js';
import { personalText } from './personal-text.js';

const sweepMs = 15_000;
/** Clients are told how far it is every so many cases. */
const tellEvery = 25;
/** What fails for a reason of our own is tried again for so long. */
const giveUpMs = 3_600_000;

interface Pending {
  caseId: string;
  /** the case itself, or the one that it was merged into */
  rootId: string;
  text: string;
  createdAt: Date;
  agentId: string;
  agentName: string;
}

/**
 * Carries updates into the linked cases. The rows written with the update are what must happen; each becomes an answer in
 * one transaction that also marks it, so that a process may die anywhere and nobody is forgotten or told twice.
 */
@Injectable()
export class IncidentBroadcast implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly jobs: JobQueue,
    private readonly routes: IncidentRoutes,
    private readonly replies: RepliesService,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('send-incident-update', ({ updateId }) => this.send(updateId));
    this.jobs.handle('sweep-incident-updates', () => this.sweep());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('sweep-incident-updates', {}, sweepMs);
    // What a process that died has left is taken up at once, not at the next round.
    await this.jobs.add('sweep-incident-updates', {});
  }

  /** Says that an update waits. A queue that is away costs some seconds, never the update. */
  async nudge(updateId: string): Promise<void> {
    try {
      await this.jobs.add('send-incident-update', { updateId }, updateId);
    } catch (error) {
      this.logger.warn({ err: error, updateId }, 'incident update waits for the next sweep');
    }
  }

  /** Not by a job of its own for each: that of a process that died counts as running for a while, and keeps its id. */
  async sweep(): Promise<void> {
    const rows: { update_id: string }[] = await this.manager.query(
      `SELECT DISTINCT update_id FROM incident_deliveries WHERE message_id IS NULL AND blocked IS NULL LIMIT 100`,
    );
    for (const { update_id } of rows) await this.send(update_id);
  }

  /** Safe to call at any time, any number of times, from any process. */
  async send(updateId: string): Promise<void> {
    const rows: { case_id: string }[] = await this.manager.query(
      `SELECT d.case_id FROM incident_deliveries d JOIN cases c ON c.id = d.case_id
       WHERE d.update_id = $1 AND d.message_id IS NULL AND d.blocked IS NULL ORDER BY c.number`,
      [updateId],
    );
    for (const [n, { case_id: caseId }] of rows.entries()) {
      await this.one(updateId, caseId);
      if (n % tellEvery === tellEvery - 1 || n === rows.length - 1) await this.tell(updateId);
    }
  }

  private async one(updateId: string, caseId: string): Promise<void> {
    try {
      const messageId = await this.manager.transaction((tx) => this.carry(tx, updateId, caseId));
      if (messageId !== null) await this.replies.written(messageId);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      this.logger.error({ err: error, updateId, caseId }, 'incident update could not be written into a case');
      const late = new Date(this.clock.now().getTime() - giveUpMs);
      await this.manager.query(
        `UPDATE incident_deliveries d SET blocked = 'failed' FROM incident_updates u
         WHERE d.update_id = $1 AND d.case_id = $2 AND d.message_id IS NULL AND u.id = d.update_id AND u.created_at < $3`,
        [updateId, caseId, late],
      );
    }
  }

  /** @returns id of the answer; null when there is none, or another process wrote it */
  private async carry(tx: EntityManager, updateId: string, caseId: string): Promise<string | null> {
    const pending = await take(tx, updateId, caseId);
    if (!pending) return null;
    const route = await this.routes.of(tx, pending.rootId);
    const blocked =
      route === null
        ? impossible
        : (await isTold(tx, updateId, pending.rootId, route))
          ? toldAlready
          : route.blocked;
    if (route === null || blocked !== null) return block(tx, updateId, caseId, blocked ?? impossible);
    const messageId = idOf('incident-delivery', updateId, caseId);
    const { channelId, identityId } = route;
    const text = personalText(pending.text, route.customerName);
    const author = { id: pending.agentId, name: pending.agentName };
    try {
      const reply = { text, channelId, identityId, attachments: [] };
      await this.replies.writeWithin(tx, pending.rootId, messageId, reply, author);
    } catch (error) {
      // Refused before anything was written, so the transaction is good for saying why.
      if (error instanceof AppError) return block(tx, updateId, caseId, codeOf(error));
      throw error;
    }
    await tx.update(IncidentDelivery, { updateId, caseId }, { messageId });
    return messageId;
  }

  private async tell(updateId: string): Promise<void> {
    await this.manager.transaction(async (tx) => {
      const [row]: { incident_id: string }[] = await tx.query(
        'SELECT incident_id FROM incident_updates WHERE id = $1',
        [updateId],
      );
      if (!row) return;
      const event = { type: 'incident.updated' as const, caseId: null, version: null, actorId: null };
      await this.events.append(tx, [{ ...event, data: { incidentId: row.incident_id } }], this.clock.now());
    });
    this.events.committed();
  }
}

/**
 * One delivery, if it still waits. Those of one update go one after the other, so that none repeats another. The case is
 * held before the row: a merge, which may move the row to another case, takes them in this order too.
 *
 * @returns null also when the case was merged this very moment: the row is found at its new place by the next round
 */
async function take(tx: EntityManager, updateId: string, caseId: string): Promise<Pending | null> {
  await tx.query('SELECT FROM incident_updates WHERE id = $1 FOR NO KEY UPDATE', [updateId]);
  const [held]: { id: string }[] = await tx.query(
    `SELECT id FROM cases WHERE merged_into_id IS NULL
       AND id = (SELECT coalesce(merged_into_id, id) FROM cases WHERE id = $1) FOR NO KEY UPDATE`,
    [caseId],
  );
  const [row]: Pending[] = await tx.query(
    `SELECT d.case_id AS "caseId", coalesce(c.merged_into_id, c.id) AS "rootId", u.text, u.created_at AS "createdAt",
            a.id AS "agentId", a.name AS "agentName"
     FROM incident_deliveries d
     JOIN incident_updates u ON u.id = d.update_id
     JOIN agents a ON a.id = u.agent_id
     JOIN cases c ON c.id = d.case_id
     WHERE d.update_id = $1 AND d.case_id = $2 AND coalesce(c.merged_into_id, c.id) = $3
       AND d.message_id IS NULL AND d.blocked IS NULL FOR UPDATE OF d`,
    [updateId, caseId, held?.id ?? null],
  );
  return row ?? null;
}

/** The same person at the same address, or a case that has become one with another since. */
async function isTold(
  tx: EntityManager,
  updateId: string,
  rootId: string,
  { channelId, identityId }: { channelId: string; identityId: string },
): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `SELECT FROM incident_deliveries d JOIN messages m ON m.id = d.message_id
     WHERE d.update_id = $1 AND (m.case_id = $2 OR (m.channel_id = $3 AND m.identity_id = $4)) LIMIT 1`,
    [updateId, rootId, channelId, identityId],
  );
  return rows.length > 0;
}

async function block(tx: EntityManager, updateId: string, caseId: string, code: string): Promise<null> {
  await tx.update(IncidentDelivery, { updateId, caseId }, { blocked: code });
  return null;
}

function codeOf(error: AppError): string {
  const { blocked } = (error.data ?? {}) as { blocked?: unknown };
  return typeof blocked === 'string' ? blocked : error.code;
}
