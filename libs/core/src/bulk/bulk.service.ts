import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { BulkFields, BulkResult, BulkUndo } from '@loket/contracts/bulk.js';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { assigned, assignmentData, holdAgents, requireTeams } from '../cases/assigned-case.js';
import type { Case } from '../cases/case.entity.js';
import { changed, differences } from '../cases/changed-case.js';
import { keepDrafts } from '../drafts/keep-drafts.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { requireAgreed } from '../tags/agreed-tags.js';
import { untilHeld } from '../operations/until-held.js';
import { BulkChangeRow } from './bulk-change.entity.js';
import { holdCases, writeCases } from './bulk.queries.js';
import { changeOf, fieldsOf, takenBack, type ChangedCase, type Fields } from './case-fields.js';

export interface BulkActor {
  id: string;
  /** may undo what others did */
  supervises: boolean;
}

/** One case on its way from one state to another. */
interface Turn {
  found: Case;
  next: Fields;
}

/** The same change to many cases, in one step for everybody, and taken back in one. */
@Injectable()
export class BulkChanges {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes what can be changed; cases that refuse are told by id, with the code that PATCH /cases/{id} would give.
   *
   * @param changes by case id
   * @throws AppError `unprocessable` `agent_unavailable`, `team_not_found`, `tag_unknown`: then nothing is changed
   */
  async apply(
    changes: ReadonlyMap<string, BulkFields>,
    reason: string | undefined,
    actor: BulkActor,
  ): Promise<BulkResult> {
    const result = await untilHeld(() =>
      this.manager.transaction(async (tx): Promise<BulkResult> => {
        const now = this.clock.now();
        await requireAgreed(tx, [...new Set([...changes.values()].flatMap(({ addTags = [] }) => addTags))]);
        const held = await holdCases(tx, [...changes.keys()]);
        const known = new Set(held.map(({ id }) => id));
        const refused: BulkResult['refused'] = [...changes.keys()]
          .filter((id) => !known.has(id))
          .map((caseId) => ({ caseId, code: 'case_not_found' }));
        const turns: Turn[] = [];
        const unchanged: string[] = [];
        for (const found of held) {
          try {
            const next = nextOf(found, changes.get(found.id) ?? {}, now);
            if (changeOf(found.id, fieldsOf(found), next)) turns.push({ found, next });
            else unchanged.push(found.id);
          } catch (error) {
            if (!(error instanceof AppError)) throw error;
            refused.push({ caseId: found.id, code: error.code });
          }
        }
        const id = turns.length === 0 ? null : newId();
        if (id !== null) await this.write(tx, turns, { id, reason, actorId: actor.id, now });
        return { id, changed: turns.map(({ found }) => found.id), unchanged, refused };
      }),
    );
    if (result.id !== null) this.events.committed();
    return result;
  }

  /**
   * Takes a bulk change back where nobody changed the same thing since. Notes that it made of drafts stay.
   * @throws AppError `not_found` `bulk_not_found`; `forbidden` `bulk_of_another`; `conflict` `undone_already`
   */
  async undo(id: string, actor: BulkActor): Promise<BulkUndo> {
    const result = await untilHeld(() =>
      this.manager.transaction(async (tx): Promise<BulkUndo> => {
        const now = this.clock.now();
        const bulk = await tx.findOne(BulkChangeRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
        if (!bulk) throw new AppError('not_found', 'bulk_not_found', 'there is no such change');
        if (bulk.actorId !== actor.id && !actor.supervises)
          throw new AppError('forbidden', 'bulk_of_another', 'somebody else did this');
        if (bulk.undoneAt) throw new AppError('conflict', 'undone_already', 'this was undone already');
        const byId = new Map(bulk.cases.map((one) => [one.caseId, one]));
        const turns = (await holdCases(tx, [...byId.keys()])).flatMap((found): Turn[] => {
          const next = takenBack(fieldsOf(found), byId.get(found.id)!);
          return next ? [{ found, next }] : [];
        });
        await tx.update(BulkChangeRow, id, { undoneAt: now });
        await this.write(tx, turns, { id: null, reason: undefined, actorId: actor.id, now });
        const back = new Set(turns.map(({ found }) => found.id));
        return { changed: [...back], kept: [...byId.keys()].filter((caseId) => !back.has(caseId)) };
      }),
    );
    this.events.committed();
    return result;
  }

  private async write(
    tx: EntityManager,
    turns: readonly Turn[],
    as: { id: string | null; reason: string | undefined; actorId: string; now: Date },
  ): Promise<void> {
    const { id, reason, actorId, now } = as;
    const getting = turns.flatMap(({ found, next }) =>
      next.assigneeId !== null && next.assigneeId !== found.assigneeId ? [next.assigneeId] : [],
    );
    const teams = turns.flatMap(({ found, next }) =>
      next.teamId !== null && next.teamId !== found.teamId ? [next.teamId] : [],
    );
    // Undoing gives back to whoever had it, also when he or his team is gone by now.
    if (id !== null) {
      await holdAgents(tx, getting);
      await requireTeams(tx, teams);
    }
    const events: NewEvent[] = [];
    const moved = new Map<string, number>();
    const rows = turns.map(({ found, next }) => {
      const told = eventsOf(found, next, { reason, actorId });
      events.push(...told);
      const { version = null } = told.find(({ type }) => type === 'case.assigned') ?? {};
      if (version !== null) moved.set(found.id, version);
      return { ...next, id: found.id, version: found.version + told.length };
    });
    await writeCases(tx, rows);
    const lost = turns.flatMap(({ found: { id: caseId, assigneeId }, next }) =>
      assigneeId !== null && assigneeId !== next.assigneeId && assigneeId !== actorId
        ? [{ caseId, agentId: assigneeId }]
        : [],
    );
    events.push(...(await keepDrafts(tx, lost, now)));
    await this.events.append(tx, events, now);
    if (id === null) return;
    const cases = turns.flatMap(({ found, next }): ChangedCase[] => {
      const change = changeOf(found.id, fieldsOf(found), next);
      const version = moved.get(found.id);
      return change ? [{ ...change, ...(version !== undefined && { moved: version }) }] : [];
    });
    await tx.query(
      'INSERT INTO bulk_changes (id, actor_id, reason, cases, created_at) VALUES ($1, $2, $3, $4, $5)',
      [id, actorId, reason ?? null, JSON.stringify(cases), now],
    );
  }
}

/** @throws AppError as PATCH /cases/{id} does */
function nextOf(found: Case, change: BulkFields, now: Date): Fields {
  const { status, priority, snoozedUntil, addTags = [], removeTags = [], agentId, teamId } = change;
  const tags = [...new Set([...found.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  const { subject: _, ...fields } = changed(found, { status, priority, snoozedUntil, tags }, now);
  const { assigneeId, teamId: team, assignedAt, queuedAt, takenFromId } = found;
  const before = { assigneeId, teamId: team, assignedAt, queuedAt, takenFromId };
  return { ...fields, ...(assigned(before, { agentId, teamId }, now) ?? before) };
}

/** One event for each kind of change; each counts the version up. */
function eventsOf(
  found: Case,
  next: Fields,
  { reason, actorId }: { reason: string | undefined; actorId: string },
): NewEvent[] {
  const about = { caseId: found.id, actorId };
  const events: NewEvent[] = [];
  const data = differences(found, { ...next, subject: found.subject });
  const version = (): number => found.version + events.length + 1;
  if (Object.keys(data).length > 0) events.push({ ...about, type: 'case.updated', version: version(), data });
  if (found.assigneeId !== next.assigneeId || found.teamId !== next.teamId) {
    const told = assignmentData(found, next, reason);
    events.push({ ...about, type: 'case.assigned', version: version(), data: told });
  }
  return events;
}
