import { Injectable } from '@nestjs/common';
import type { Evidence } from '@loket/contracts/inbound.js';
import type { SuggestionKind } from '@loket/contracts/suggestions.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog, type OpenTransaction } from '../events/event-log.js';

/** Something to be suggested. */
export interface NewSuggestion {
  kind: SuggestionKind;
  /** `pairKey` of two cases or customers; of an incident its id or its first case */
  key: string;
  /** 0..1 */
  score: number;
  evidence: readonly Evidence[];
  /** `case`: both, the one that would remain last · `incident`: the cases to link */
  caseIds?: readonly string[];
  /** `customer`: both, the one that would remain last · `case`: the customers of the cases, when they differ */
  customerIds?: readonly string[];
  /** the open incident to link to; left out: a new one */
  incidentId?: string | null;
}

interface WrittenRow {
  id: string;
  kind: SuggestionKind;
  caseIds: string[];
  customerIds: string[];
}

/** Writes suggestions down. Whoever finds one may call it, in his own transaction. */
@Injectable()
export class SuggestionWriter {
  constructor(private readonly events: EventLog) {}

  /**
   * Adds what is new, with its event, and brings what still waits up to date, silently. What an agent has accepted or
   * dismissed stays as he left it. Call `EventLog.committed` after the commit.
   *
   * @param tx TypeORM's EntityManager, or a client of `pg`
   * @returns how many are now to be seen that were not before
   */
  async upsert(tx: OpenTransaction, found: readonly NewSuggestion[], now: Date): Promise<number> {
    if (found.length === 0) return 0;
    // In the order of their keys, so that two who write the same ones wait for each other and not in a circle.
    const unique = new Map(found.map((one) => [`${one.kind} ${one.key}`, one]));
    const ordered = [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    const added = rowsOf(
      await tx.query(upsertSql, [
        JSON.stringify(
          ordered.map((one) => ({
            id: newId(),
            kind: one.kind,
            key: one.key,
            score: one.score,
            evidence: one.evidence,
            case_ids: one.caseIds ?? [],
            customer_ids: one.customerIds ?? [],
            incident_id: one.incidentId ?? null,
          })),
        ),
        now,
      ]),
    );
    await this.events.append(
      tx,
      added.map(({ id, kind, caseIds, customerIds }) => ({
        type: 'suggestion.added',
        caseId: null,
        version: null,
        actorId: null,
        data: { suggestionId: id, kind, caseIds, customerIds },
      })),
      now,
    );
    return added.length;
  }
}

/**
 * `obsolete` is the one state that comes back: its merge was undone, or the score has risen again. `before` tells which
 * rows were waiting already, and so need no event; it reads the table as it was before the statement.
 */
const upsertSql = `
  WITH found AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS f(id uuid, kind text, key text, score real, evidence jsonb, case_ids uuid[], customer_ids uuid[], incident_id uuid)
  ), before AS (
    SELECT s.id FROM found f JOIN suggestions s ON s.kind = f.kind AND s.key = f.key WHERE s.state = 'waiting'
  ), written AS (
    INSERT INTO suggestions AS s
      (id, kind, key, score, evidence, case_ids, customer_ids, incident_id, created_at, updated_at)
    SELECT id, kind, key, score, evidence, case_ids, customer_ids, incident_id, $2::timestamptz, $2::timestamptz FROM found
    ON CONFLICT (kind, key) DO UPDATE
      SET state = 'waiting', score = excluded.score, evidence = excluded.evidence, case_ids = excluded.case_ids,
          customer_ids = excluded.customer_ids, incident_id = excluded.incident_id, updated_at = excluded.updated_at
      WHERE s.state = 'obsolete'
         OR (s.state = 'waiting'
             AND (s.score, s.evidence, s.case_ids, s.customer_ids, s.incident_id) IS DISTINCT FROM
                 (excluded.score, excluded.evidence, excluded.case_ids, excluded.customer_ids, excluded.incident_id))
    RETURNING s.id, s.kind, s.case_ids, s.customer_ids
  )
  SELECT id, kind, case_ids AS "caseIds", customer_ids AS "customerIds" FROM written
  WHERE id NOT IN (SELECT id FROM before) ORDER BY id`;

/** TypeORM gives the rows, `pg` a result that holds them. */
function rowsOf(answer: unknown): WrittenRow[] {
  return (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as WrittenRow[];
}
