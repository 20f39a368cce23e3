import type { EntityManager } from 'typeorm';
import type { Suggestion as SuggestionView } from '@loket/contracts/suggestions.js';
import { caseSummaries } from '../cases/case-summaries.queries.js';
import { previewOf } from '../cases/preview.js';
import { customersById } from '../customers/customers.queries.js';
import { incidentsById } from '../incidents/incidents.queries.js';
import type { Suggestion } from './suggestion.entity.js';

type Excerpt = SuggestionView['cases'][number]['excerpts'][number];
/** a burst may hold hundreds of cases; as many as a person compares */
const mostCases = 50;

/**
 * Suggestions as agents see them, side by side with what they are about, in a fixed number of statements.
 *
 * @returns in the order of the ids; suggestions that do not exist are missing
 */
export async function suggestionViews(
  manager: EntityManager,
  ids: readonly string[],
): Promise<SuggestionView[]> {
  if (ids.length === 0) return [];
  const rows: (Suggestion & { deciderName: string | null })[] = await manager.query(
    `SELECT s.id, s.kind, s.state, s.score, s.evidence, s.case_ids AS "caseIds", s.customer_ids AS "customerIds",
            s.incident_id AS "incidentId", s.operation_id AS "operationId", s.decided_by_id AS "decidedById",
            s.decided_at AS "decidedAt", s.created_at AS "createdAt", a.name AS "deciderName"
     FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, position)
     JOIN suggestions s ON s.id = wanted.id LEFT JOIN agents a ON a.id = s.decided_by_id
     ORDER BY wanted.position`,
    [ids],
  );
  const caseIds = [...new Set(rows.flatMap((row) => row.caseIds.slice(0, mostCases)))];
  const cases = await caseSummaries(manager, caseIds);
  const excerpts = await excerptsOf(manager, caseIds);
  const customers = await customersById(manager, [...new Set(rows.flatMap((row) => row.customerIds))]);
  const incidents = await incidentsById(
    manager,
    rows.flatMap((row) => row.incidentId ?? []),
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    score: Math.round(row.score * 1000) / 1000,
    evidence: row.evidence,
    cases: row.caseIds.flatMap((id) => {
      const summary = cases.get(id);
      return summary ? [{ ...summary, excerpts: excerpts.get(id) ?? [] }] : [];
    }),
    customers: row.customerIds.flatMap((id) => customers.get(id) ?? []),
    incident: row.incidentId === null ? null : (incidents.get(row.incidentId) ?? null),
    createdAt: row.createdAt.toISOString(),
    decided:
      row.decidedAt === null
        ? null
        : {
            at: row.decidedAt.toISOString(),
            actor: row.decidedById === null ? null : { id: row.decidedById, name: row.deciderName ?? '' },
            operationId: row.operationId,
          },
  }));
}

/** What the customer wrote first in each case. */
async function excerptsOf(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<Map<string, Excerpt[]>> {
  if (caseIds.length === 0) return new Map();
  const rows: { caseId: string; at: Date; channelKind: string; text: string; from: string | null }[] =
    await manager.query(
      `SELECT c.id AS "caseId", m.created_at AS at, ch.kind AS "channelKind", m.text,
              coalesce(m.sender->>'name', m.sender->>'value') AS "from"
       FROM unnest($1::uuid[]) AS c(id)
       JOIN LATERAL (
         SELECT created_at, id, channel_id, sender, left(text, 1000) AS text FROM messages
         WHERE case_id = c.id AND direction = 'inbound' ORDER BY created_at, id LIMIT 3
       ) m ON true
       JOIN channels ch ON ch.id = m.channel_id
       ORDER BY c.id, m.created_at, m.id`,
      [caseIds],
    );
  const found = new Map<string, Excerpt[]>();
  for (const { caseId, at, text, ...row } of rows) {
    const excerpt = { ...row, at: at.toISOString(), text: previewOf(text) };
    found.set(caseId, [...(found.get(caseId) ?? []), excerpt]);
  }
  return found;
}
