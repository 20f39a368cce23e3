import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource, EntityManager } from 'typeorm';
import type { EventType } from '@loket/contracts/events.js';
import type { RoutingSettings } from '@loket/contracts/teams.js';
import { Clock } from '@loket/platform/clock.js';
import { ENV, type ResolvedEnv } from '@loket/platform/env.js';
import { LOGGER, type Logger } from '@loket/platform/logging/logger.js';
import { EventConsumer } from '../events/event-consumer.js';
import { EventFeed } from '../events/event-feed.js';
import { keepDrafts } from '../drafts/keep-drafts.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { answeredIn } from '../settings/customer-languages.js';
import { hoursInForce, readWorkspaceHours, type WorkspaceHours } from '../settings/workspace-hours.js';
import { readWorkspace } from '../settings/workspace-settings.js';
import { officeStatus } from '../visitors/office-hours.js';
import { CaseGiver, type GivingTeam } from './case-giver.js';
import {
  holdFreeAgents,
  holdWaiting,
  overflow,
  readTeams,
  takeBack,
  writeGifts,
  type RoutedCase,
  type RoutingTeam,
  type WaitingPage,
} from './routing.queries.js';

/** After these somebody may have room, or something may wait. Others change nothing that routing looks at. */
const moving: ReadonlySet<EventType> = new Set<EventType>([
  'case.opened',
  'case.reopened',
  'case.updated',
  'case.assigned',
  'case.merged',
  'case.split',
  'operation.undone',
  'message.received',
  'message.queued',
  'team.updated',
  'settings.updated',
  'agent.availability_changed',
  'agent.work_updated',
  'agent.updated',
]);

/**
 * Gives the waiting cases of each team to its people (ADR 16). It looks at what is, not at what happened: events only say
 * that it is worth looking again, so that none can be missed and a second look does no harm.
 */
@Injectable()
export class Routing implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly consumer: EventConsumer;

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly feed: EventFeed,
    private readonly events: EventLog,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<ResolvedEnv, 'ROLE'>,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.consumer = new EventConsumer(database, logger, {
      name: 'routing',
      batchSize: 500,
      debounceMs: 30,
      share: 0.5,
      work: async (batch) => {
        if (batch.some(({ type }) => moving.has(type))) await this.route();
        return null;
      },
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

  /** Works everything off that has been committed by now, for tests and measurements. */
  settle(): Promise<void> {
    return this.consumer.settle();
  }

  /**
   * One look at everything: what comes back to its team, what goes on to another, and what is given to whom. Also called
   * every few seconds, since time alone makes cases late.
   */
  async route(): Promise<void> {
    const now = this.clock.now();
    const routed = await this.database.transaction(async (tx) => {
      // One at a time, in all processes: two that look at once would both count the same room.
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('routing', 0))`);
      const teams = await readTeams(tx);
      const hours = await readWorkspaceHours(tx);
      const working = teams.filter((team) => works(team.settings, hours, now));
      const back = await takeBack(tx, returnRules(working), now);
      await this.write(tx, back, now);
      const lost = back.flatMap(({ id, from }) => (from === null ? [] : [{ caseId: id, agentId: from }]));
      await this.events.append(tx, await keepDrafts(tx, lost, now), now);
      const moved = await overflow(tx, overflowRules(teams), now);
      await this.write(tx, moved, now);
      return back.length + moved.length + (await this.give(tx, working, now));
    });
    if (routed > 0) this.events.committed();
  }

  /** @returns how many cases somebody got */
  private async give(tx: EntityManager, teams: readonly RoutingTeam[], now: Date): Promise<number> {
    const ids = teams.map(({ id }) => id);
    if (ids.length === 0) return 0;
    const giver = new CaseGiver(
      new Map(teams.map((team) => [team.id, givingTeam(team)])),
      await holdFreeAgents(tx, ids, now),
    );
    const { customerLanguages } = await readWorkspace(tx);
    let given = 0;
    let after: WaitingPage['after'] = null;
    do {
      const { open } = giver;
      if (open.length === 0) break;
      const page = await holdWaiting(tx, open, after, now);
      const gifts = giver.give(
        page.cases.map((found) => ({ ...found, language: answeredIn(found.language, customerLanguages) })),
      );
      await this.write(tx, await writeGifts(tx, gifts, now), now);
      given += gifts.length;
      after = page.after;
    } while (after !== null);
    return given;
  }

  private async write(tx: EntityManager, routed: readonly RoutedCase[], now: Date): Promise<void> {
    await this.events.append(
      tx,
      routed.map(({ id, version, from, to, reason, team }): NewEvent => ({
        type: 'case.assigned',
        caseId: id,
        version,
        actorId: null,
        data: { from, to, routing: reason, ...(team && { team }) },
      })),
      now,
    );
  }
}

/** Whether cases of a team are given out by themselves just now. */
function works(
  { distribution, outOfHours, hours }: RoutingSettings,
  usual: WorkspaceHours,
  now: Date,
): boolean {
  if (distribution === 'manual') return false;
  return outOfHours === 'distribute' || officeStatus(hoursInForce(hours, usual), now).open;
}

function returnRules(teams: readonly RoutingTeam[]) {
  return teams.map(({ id, settings: { silentMinutes, offlineMinutes } }) => ({
    teamId: id,
    silentMinutes,
    offlineMinutes,
  }));
}

/** Only to teams that are there: one that was closed since takes nothing. */
function overflowRules(teams: readonly RoutingTeam[]) {
  return teams.flatMap(({ id, settings: { overflow: to } }) =>
    to && teams.some((team) => team.id === to.teamId)
      ? [{ teamId: id, toId: to.teamId, afterMinutes: to.afterMinutes }]
      : [],
  );
}

function givingTeam({ id, settings, memberIds, skills, languages }: RoutingTeam): GivingTeam {
  const { distribution, sticky } = settings;
  if (distribution === 'manual') throw new Error('a team that gives nothing out was asked to');
  return { id, distribution, sticky, memberIds, skills: new Set(skills), languages: new Set(languages) };
}
