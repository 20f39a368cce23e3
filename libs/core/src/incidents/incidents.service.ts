import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type {
  CreateIncident,
  Incident as IncidentView,
  IncidentDetail,
  IncidentLink,
  ListIncidents,
  UpdateIncident,
} from '@loket/contracts/incidents.js';
import type { Page } from '@loket/contracts/primitives.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { callbackChange } from '../cases/callback.js';
import { changeStatus } from '../cases/case-status.js';
import { caseSummaries } from '../cases/case-summaries.queries.js';
import { Case } from '../cases/case.entity.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { IncidentLinks, type LinkReason } from './incident-links.js';
import { Incident } from './incident.entity.js';
import { incidentsById, incidentUpdates, linkedCaseIds, listIncidentIds } from './incidents.queries.js';

/** One cause, many customers: parents of cases. Its cases stay cases of their own. */
@Injectable()
export class IncidentsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly links: IncidentLinks,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async list(query: ListIncidents): Promise<Page<IncidentView>> {
    const { ids, nextCursor } = await listIncidentIds(this.manager, query);
    const found = await incidentsById(this.manager, ids);
    return { items: ids.flatMap((id) => found.get(id) ?? []), nextCursor };
  }

  /** With its cases, those that wait first, and what was told so far. @throws AppError `not_found` `incident_not_found` */
  async get(id: string): Promise<IncidentDetail> {
    const found = (await incidentsById(this.manager, [id])).get(id);
    if (!found) throw incidentNotFound();
    const caseIds = await linkedCaseIds(this.manager, id);
    const summaries = await caseSummaries(this.manager, caseIds);
    return {
      ...found,
      cases: caseIds.flatMap((caseId) => summaries.get(caseId) ?? []),
      updates: await incidentUpdates(this.manager, { incidentId: id }),
    };
  }

  /** @throws AppError as `IncidentLinks.link` */
  async create({ title, caseIds }: CreateIncident, actorId: string): Promise<IncidentDetail> {
    const { id } = await this.manager.transaction((tx) => this.createWithin(tx, title, caseIds, { actorId }));
    this.events.committed();
    return this.get(id);
  }

  /**
   * As part of a larger change, such as a suggestion that is accepted. Call `EventLog.committed` after the commit.
   *
   * @returns the incident, and the operation that linked the cases; null when there were none
   */
  async createWithin(
    tx: EntityManager,
    title: string,
    caseIds: readonly string[],
    why: LinkReason,
    elsewhere: 'refuse' | 'skip' = 'refuse',
  ): Promise<{ id: string; number: number; operationId: string | null }> {
    const id = newId();
    const now = this.clock.now();
    const [row]: { number: string }[] = await tx.query(
      'INSERT INTO incidents (id, title, created_by_id, created_at) VALUES ($1, $2, $3, $4) RETURNING number',
      [id, title, why.actorId, now],
    );
    const number = Number(row?.number);
    const event = { type: 'incident.created' as const, caseId: null, version: null, actorId: why.actorId };
    await this.events.append(tx, [{ ...event, data: { incidentId: id } }], now);
    const operationId =
      caseIds.length === 0 ? null : await this.links.link(tx, { id, number }, caseIds, why, elsewhere);
    return { id, number, operationId };
  }

  /**
   * Links within a larger change. Call `EventLog.committed` after the commit.
   * @throws AppError `not_found` `incident_not_found`, and as `IncidentLinks.link`
   */
  async linkWithin(
    tx: EntityManager,
    incidentId: string,
    caseIds: readonly string[],
    why: LinkReason,
    elsewhere: 'refuse' | 'skip' = 'refuse',
  ): Promise<string | null> {
    return this.links.link(tx, await requireIncident(tx, incidentId), caseIds, why, elsewhere);
  }

  /** @throws AppError as `linkWithin` */
  async link(incidentId: string, caseIds: readonly string[], why: LinkReason): Promise<IncidentLink> {
    return this.change(incidentId, (tx) => this.linkWithin(tx, incidentId, caseIds, why));
  }

  /** @throws AppError `not_found` `incident_not_found` `case_not_found` */
  async unlink(incidentId: string, caseIds: readonly string[], why: LinkReason): Promise<IncidentLink> {
    return this.change(incidentId, async (tx) =>
      this.links.unlink(tx, await requireIncident(tx, incidentId), caseIds, why),
    );
  }

  /**
   * Title, status. Resolving leaves the linked cases alone unless `resolveCases`; how many of them are still open stands
   * in the answer. A change that changes nothing is none.
   *
   * @throws AppError `not_found` `incident_not_found`; `conflict` `version_conflict` with the incident as it is now
   */
  async update(id: string, change: UpdateIncident, actorId: string): Promise<IncidentDetail> {
    const outcome = await this.manager.transaction(async (tx) => {
      const now = this.clock.now();
      // Cases before the incident, always: whoever links holds a case and then refers to the incident.
      const cases = change.status === 'resolved' && change.resolveCases ? await lockUnresolved(tx, id) : [];
      const found = await tx.findOne(Incident, { where: { id }, lock: { mode: 'for_no_key_update' } });
      if (!found) throw incidentNotFound();
      if (change.version !== undefined && change.version !== found.version) return 'stale';
      const events = await resolveCases(tx, cases, actorId, now);
      const title = change.title ?? found.title;
      const status = change.status ?? found.status;
      if (events.length === 0 && title === found.title && status === found.status) return 'unchanged';
      const resolvedAt = status === 'open' ? null : (found.resolvedAt ?? now);
      await tx.update(Incident, id, { title, status, resolvedAt, version: found.version + 1 });
      const updated = { type: 'incident.updated' as const, caseId: null, version: null, actorId };
      await this.events.append(tx, [...events, { ...updated, data: { incidentId: id } }], now);
      return 'changed';
    });
    if (outcome === 'stale') {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed this incident meanwhile', {
        data: await this.get(id),
      });
    }
    if (outcome === 'changed') this.events.committed();
    return this.get(id);
  }

  private async change(
    incidentId: string,
    work: (tx: EntityManager) => Promise<string | null>,
  ): Promise<IncidentLink> {
    const operationId = await this.manager.transaction(work);
    if (operationId !== null) this.events.committed();
    return { incident: await this.get(incidentId), operationId };
  }
}

export function incidentNotFound(): AppError {
  return new AppError('not_found', 'incident_not_found', 'there is no such incident');
}

async function requireIncident(tx: EntityManager, id: string): Promise<{ id: string; number: number }> {
  const found = await tx.findOne(Incident, { where: { id }, select: { id: true, number: true } });
  if (!found) throw incidentNotFound();
  return found;
}

function lockUnresolved(tx: EntityManager, incidentId: string): Promise<Case[]> {
  return tx
    .createQueryBuilder(Case, 'c')
    .where('c.incident_id = :incidentId AND c.merged_into_id IS NULL', { incidentId })
    .andWhere(`c.status <> 'resolved'`)
    .orderBy('c.id')
    .setLock('for_no_key_update')
    .getMany();
}

/** @returns the events, to be written by the caller */
async function resolveCases(
  tx: EntityManager,
  cases: readonly Case[],
  actorId: string,
  now: Date,
): Promise<NewEvent[]> {
  const events: NewEvent[] = [];
  for (const found of cases) {
    const after = changeStatus(found, 'resolved', now);
    const { status, waitingSince, snoozedUntil, resolvedAt } = after;
    const { callbackSince, callbackNumber, callbackDoneAt } = after;
    const version = found.version + 1;
    await tx.update(Case, found.id, {
      ...{ status, waitingSince, snoozedUntil, resolvedAt, version },
      ...{ callbackSince, callbackNumber, callbackDoneAt },
    });
    const data = { status: { from: found.status, to: status }, ...callbackChange(found, after) };
    events.push({ type: 'case.updated', caseId: found.id, version, actorId, data });
  }
  return events;
}
