import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { Evidence } from '@loket/contracts/inbound.js';
import { EventLog, type NewEvent } from '../events/event-log.js';
import { Ledger } from '../operations/ledger.js';

/** Why cases are linked, for the ledger. */
export interface LinkReason {
  actorId: string;
  suggestionId?: string | null;
  reason?: string | null;
  evidence?: Evidence[];
}

interface LockedCase {
  id: string;
  incidentId: string | null;
  mergedIntoId: string | null;
}

/** Links between cases and incidents: operations of the ledger, each for any number of cases at once. */
@Injectable()
export class IncidentLinks {
  constructor(
    private readonly ledger: Ledger,
    private readonly events: EventLog,
  ) {}

  /**
   * Links cases within the caller's transaction; a merged case is the one that it became part of. What is linked there
   * already stays as it is.
   *
   * @param elsewhere what to do with cases of another incident: a case is in one at most
   * @returns id of the operation; null when nothing had to change
   * @throws AppError `not_found` `case_not_found`; `conflict` `case_in_other_incident` with it, `case_merged_meanwhile`
   */
  async link(
    tx: EntityManager,
    incident: { id: string; number: number },
    caseIds: readonly string[],
    why: LinkReason,
    elsewhere: 'refuse' | 'skip' = 'refuse',
  ): Promise<string | null> {
    const cases = await lockRoots(tx, caseIds);
    const taken = cases.filter((c) => c.incidentId !== null && c.incidentId !== incident.id);
    if (taken[0]?.incidentId && elsewhere === 'refuse')
      throw await inOther(tx, taken[0].id, taken[0].incidentId);
    const free = cases.filter((c) => c.incidentId === null).map(({ id }) => id);
    if (free.length === 0) return null;
    return this.move(tx, 'link_incident', incident, free, why);
  }

  /** @returns id of the operation; null when none of the cases is linked there */
  async unlink(
    tx: EntityManager,
    incident: { id: string; number: number },
    caseIds: readonly string[],
    why: LinkReason,
  ): Promise<string | null> {
    const cases = await lockRoots(tx, caseIds);
    const linked = cases.filter((c) => c.incidentId === incident.id).map(({ id }) => id);
    if (linked.length === 0) return null;
    return this.move(tx, 'unlink_incident', incident, linked, why);
  }

  private async move(
    tx: EntityManager,
    kind: 'link_incident' | 'unlink_incident',
    incident: { id: string; number: number },
    caseIds: readonly string[],
    { actorId, suggestionId, reason, evidence }: LinkReason,
  ): Promise<string> {
    const linking = kind === 'link_incident';
    const only = caseIds.length === 1 ? caseIds[0] : null;
    const entry = this.ledger.begin(tx, {
      kind,
      actorId,
      suggestionId,
      reason,
      evidence,
      fromId: only,
    });
    const [before, after] = linking ? [null, incident.id] : [incident.id, null];
    await entry.set('cases', 'incident_id', caseIds, before, after);
    entry.count('cases', caseIds.length);
    entry.touch({ caseIds });
    const versions = await entry.finish();
    const data = { operationId: entry.id, incidentId: incident.id, number: incident.number };
    const type = linking ? ('case.linked' as const) : ('case.unlinked' as const);
    const events: NewEvent[] = caseIds.map((caseId) => ({
      type,
      caseId,
      version: versions.get(caseId) ?? null,
      actorId,
      data,
    }));
    const changed = { type: 'incident.updated' as const, caseId: null, version: null, actorId };
    await this.events.append(tx, [...events, { ...changed, data: { incidentId: incident.id } }], entry.at);
    return entry.id;
  }
}

/** Holds the cases, or those that they were merged into, to the end of the transaction, in the order of their ids. */
async function lockRoots(tx: EntityManager, caseIds: readonly string[]): Promise<LockedCase[]> {
  const wanted = [...new Set(caseIds.map((id) => id.toLowerCase()))];
  const known: { id: string; root: string }[] = await tx.query(
    'SELECT id, coalesce(merged_into_id, id) AS root FROM cases WHERE id = ANY($1::uuid[])',
    [wanted],
  );
  if (known.length < wanted.length) {
    const missing = wanted.find((id) => !known.some((row) => row.id === id));
    throw new AppError('not_found', 'case_not_found', 'there is no such case', { data: { caseId: missing } });
  }
  const locked: LockedCase[] = await tx.query(
    `SELECT id, incident_id AS "incidentId", merged_into_id AS "mergedIntoId" FROM cases
     WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`,
    [[...new Set(known.map(({ root }) => root))]],
  );
  if (locked.some((c) => c.mergedIntoId !== null)) {
    throw new AppError('conflict', 'case_merged_meanwhile', 'one of these cases has just been merged');
  }
  return locked;
}

async function inOther(tx: EntityManager, caseId: string, incidentId: string): Promise<AppError> {
  const [other]: { number: string; title: string }[] = await tx.query(
    'SELECT number, title FROM incidents WHERE id = $1',
    [incidentId],
  );
  return new AppError('conflict', 'case_in_other_incident', 'this case belongs to another incident', {
    data: { caseId, incident: { id: incidentId, number: Number(other?.number), title: other?.title } },
  });
}
