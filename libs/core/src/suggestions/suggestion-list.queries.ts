import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor } from '@loket/contracts/primitives.js';
import type { ListSuggestions, SuggestionCounts } from '@loket/contracts/suggestions.js';

/** One page of ids, newest first. */
export async function listSuggestionIds(
  manager: EntityManager,
  query: ListSuggestions,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const values: unknown[] = [query.state, query.limit + 1];
  const bind = (value: unknown): string => `$${String(values.push(value))}`;
  const conditions = ['state = $1'];
  if (query.kind) conditions.push(`kind = ${bind(query.kind)}`);
  if (query.case) conditions.push(`case_ids @> ARRAY[${bind(query.case)}::uuid]`);
  if (query.customer) conditions.push(`customer_ids @> ARRAY[${bind(query.customer)}::uuid]`);
  if (query.cursor !== undefined) {
    const { at, id } = readCursor(query.cursor);
    const instant = `timestamptz 'epoch' + ${bind(at)}::bigint * interval '1 microsecond'`;
    conditions.push(`(created_at, id) < (${instant}, ${bind(id)}::uuid)`);
  }
  const rows: { id: string; at: string }[] = await manager.query(
    `SELECT id, (extract(epoch FROM created_at) * 1000000)::bigint::text AS at FROM suggestions
     WHERE ${conditions.join(' AND ')} ORDER BY created_at DESC, id DESC LIMIT $2`,
    values,
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    ids: page.map((row) => row.id),
    nextCursor: rows.length > page.length && last ? encodeCursor([last.at, last.id]) : null,
  };
}

function readCursor(cursor: string): { at: string; id: string } {
  const [at, id] = decodeCursor(cursor) ?? [];
  const valid =
    typeof at === 'string' && /^\d{1,18}$/.test(at) && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id);
  if (!valid) throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  return { at, id };
}

/** Counting stops here: nobody works through more in a day. */
const countCap = 1_000;

/** Those that wait, by kind. */
export async function countWaiting(manager: EntityManager): Promise<SuggestionCounts> {
  const [row]: SuggestionCounts[] = await manager.query(
    `SELECT ${(['case', 'customer', 'incident'] as const)
      .map(
        (kind) =>
          `(SELECT count(*)::int FROM (SELECT FROM suggestions WHERE state = 'waiting' AND kind = '${kind}' LIMIT $1) few)
             AS "${kind}"`,
      )
      .join(', ')}`,
    [countCap],
  );
  if (!row) throw new Error('the count of suggestions gave no row');
  return row;
}
