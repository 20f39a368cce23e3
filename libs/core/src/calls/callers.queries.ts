import type { EntityManager } from 'typeorm';
import type { Caller } from '@loket/contracts/call-views.js';
import type { TypedNumber } from './typed-number.js';

// By indexes on the first and on the last digits: a look-up runs with every digit that somebody types.

const lines = `kind IN ('phone', 'whatsapp')`;
/** Rows that one way of reading what was typed may give. */
const perBranch = 12;
const shown = 6;
const casesShown = 3;

/** Comparison by bytes, as the indexes are ordered; `:` comes right after the digits. */
const begins = (column: string, parameter: string): string =>
  `${column} ~>=~ ${parameter} AND ${column} ~<~ (${parameter} || ':')`;

/** Customers by the beginning or the end of a number; those whose very number it is first. */
export async function callersTyped(
  manager: EntityManager,
  { starts, ends }: TypedNumber,
  exact: string,
): Promise<Caller[]> {
  const patterns = [...starts, ...(ends === null ? [] : [[...ends].reverse().join('')])];
  const branches = patterns.map(
    (_, at) =>
      `(SELECT id FROM identities WHERE ${lines}
        AND ${begins(at < starts.length ? 'value' : 'reverse(value)', `$${String(at + 2)}::text`)} LIMIT ${perBranch})`,
  );
  return callers(manager, branches.join('\nUNION\n'), [exact, ...patterns]);
}

/** The customer who is known by this very number. */
export async function callerAt(manager: EntityManager, value: string): Promise<Caller | null> {
  const [caller] = await callers(manager, `SELECT id FROM identities WHERE ${lines} AND value = $1`, [value]);
  return caller ?? null;
}

interface Row {
  customer_id: string;
  name: string | null;
  kind: Caller['identity']['kind'];
  value: string;
  verbatim: string;
  open_cases: number;
  cases: Caller['cases'] | null;
}

/** @param found SQL that gives ids of identities; its `$1` is the number itself */
async function callers(manager: EntityManager, found: string, parameters: unknown[]): Promise<Caller[]> {
  const rows: Row[] = await manager.query(
    `WITH found AS MATERIALIZED (${found}),
     people AS (
       SELECT DISTINCT ON (k.id) k.id AS customer_id, coalesce(k.name, i.name) AS name, i.kind, i.value, i.verbatim,
              i.value = $1 AS exact, i.resolves
       FROM found JOIN identities i USING (id) JOIN customers k ON k.id = i.customer_id
       WHERE i.source <> 'spoofed'
       ORDER BY k.id, i.value = $1 DESC, i.resolves DESC, i.proof = 'verified' DESC, i.id)
     SELECT p.*, counted.open_cases, recent.cases
     FROM people p
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS open_cases FROM (
         SELECT FROM cases WHERE customer_id = p.customer_id AND status IN ('open', 'pending')
           AND merged_into_id IS NULL LIMIT 100) few
     ) counted
     CROSS JOIN LATERAL (
       SELECT json_agg(json_build_object(
                'id', id, 'number', number, 'subject', subject, 'status', status,
                'lastMessageAt', to_char(last_message_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'callback', callback_since IS NOT NULL) ORDER BY closed, last_message_at DESC) AS cases
       FROM (
         SELECT *, status = 'resolved' AS closed FROM cases WHERE customer_id = p.customer_id AND merged_into_id IS NULL
         ORDER BY closed, last_message_at DESC, id LIMIT ${casesShown}) c
     ) recent
     ORDER BY p.exact DESC, p.resolves DESC, counted.open_cases > 0 DESC, p.value, p.customer_id LIMIT ${shown}`,
    parameters,
  );
  return rows.map(({ customer_id, name, kind, value, verbatim, open_cases, cases }) => ({
    customerId: customer_id,
    name,
    identity: { kind, value, verbatim },
    openCases: open_cases,
    cases: cases ?? [],
  }));
}
