import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { EventLog } from '../events/event-log.js';
import { untilHeld } from '../operations/until-held.js';
import { TagReplacement } from './tag-replacement.entity.js';
import { replaceOnCases, replaceOutsideCases } from './tags.queries.js';

/** What a crash interrupted goes on after so long. */
const sweepMs = 60_000;

/**
 * Renamed and merged tags go to the cases that have them, some hundred at a time, so that agents work on meanwhile. What is
 * asked for is a row; the job only says that it is time to look.
 */
@Injectable()
export class TagReplacements implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.handle('replace-tags', () => this.run());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.every('replace-tags', {}, sweepMs);
  }

  /** Within the transaction that gives the tag its new name; `begin` after it. */
  async ask(tx: EntityManager, fromName: string, toName: string, actorId: string): Promise<void> {
    await tx.insert(TagReplacement, {
      id: newId(),
      fromName,
      toName,
      actorId,
      createdAt: this.clock.now(),
      doneAt: null,
    });
    await replaceOutsideCases(tx, fromName, toName);
  }

  async begin(): Promise<void> {
    if ((await this.next(this.manager)) !== null) await this.jobs.add('replace-tags', {});
  }

  /** Until nothing waits. */
  async run(): Promise<void> {
    while (await this.step());
  }

  /** @returns whether there was anything to do */
  private async step(): Promise<boolean> {
    const done = await untilHeld(() => this.manager.transaction((tx) => this.replaceSome(tx)));
    if (done) this.events.committed();
    return done;
  }

  private async replaceSome(tx: EntityManager): Promise<boolean> {
    // One at a time in all processes: what is renamed twice must go the way in the order in which it was asked for.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('replace-tags', 0))`);
    const next = await this.next(tx);
    if (next === null) return false;
    const { id, fromName, toName, actorId } = next;
    const cases = await replaceOnCases(tx, fromName, toName);
    const now = this.clock.now();
    await this.events.append(
      tx,
      cases.map(({ id: caseId, version, before, after }) => ({
        type: 'case.updated',
        caseId,
        version,
        actorId,
        data: { tags: { from: before, to: after } },
      })),
      now,
    );
    if (cases.length === 0) {
      await tx.update(TagReplacement, id, { doneAt: now });
      await this.events.append(tx, [
        { type: 'tag.updated', caseId: null, version: null, actorId, data: { tagId: null } },
      ]);
    }
    return true;
  }

  private next(tx: EntityManager): Promise<TagReplacement | null> {
    return tx
      .createQueryBuilder(TagReplacement, 'r')
      .where('r.done_at IS NULL')
      .orderBy('r.id')
      .limit(1)
      .getOne();
  }
}
