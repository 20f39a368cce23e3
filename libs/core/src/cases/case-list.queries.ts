import type { EntityManager } from 'typeorm';
import { caseStatuses, type CaseStatus, type ListCases } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import { decodeCursor, encodeCursor } from '@loket/contracts/primitives.js';

export interface CaseFilter extends Pick<
  ListCases,
  | 'view'
  | 'status'
  | 'assignee'
  | 'team'
  | 'channel'
  | 'kind'
  | 'priority'
  | 'tag'
  | 'waitingMinutes'
  | 'customer'
> {
  /** whose `mine` it is */
  agentId: string;
  now: Date;
  /** only these, when the list is a search */
  among: readonly string[] | null;
}

/** Collects bound values; nothing of a request ever becomes part of the SQL. */
class Values {
  readonly list: unknown[] = [];
  add(value: unknown, type: string): string {
    this.list.push(value);
    return `$${this.list.length}::${type}`;
  }
}

function leavesOut({ view, status, customer }: CaseFilter): boolean {
  return (status === 'open' || view === 'callback') && view !== 'snoozed' && !customer;
}

/** Conditions on `cases c` within one status. */
function conditions(filter: CaseFilter, status: CaseStatus, values: Values): string[] {
  // A merged case is in no list: the one that stands for it is.
  const all = [`c.status = '${status}'`, 'c.merged_into_id IS NULL'];
  if (filter.view === 'mine') all.push(`c.assignee_id = ${values.add(filter.agentId, 'uuid')}`);
  if (filter.view === 'unassigned') all.push('c.assignee_id IS NULL');
  if (filter.view === 'teams') {
    const agent = values.add(filter.agentId, 'uuid');
    all.push(`c.team_id IN (SELECT team_id FROM team_members WHERE agent_id = ${agent})`);
  }
  if (filter.view === 'mentions') {
    const agent = values.add(filter.agentId, 'uuid');
    all.push(
      `c.id IN (SELECT coalesce(k.merged_into_id, k.id) FROM notices n JOIN cases k ON k.id = n.case_id
                WHERE n.agent_id = ${agent} AND n.kind IN ('mention', 'whisper'))`,
    );
  }
  if (filter.view === 'following') {
    const agent = values.add(filter.agentId, 'uuid');
    all.push(
      `c.id IN (SELECT coalesce(k.merged_into_id, k.id) FROM case_followers f JOIN cases k ON k.id = f.case_id
                WHERE f.agent_id = ${agent})`,
    );
  }
  if (filter.view === 'callback') all.push('c.callback_since IS NOT NULL');
  if (filter.assignee === 'none') all.push('c.assignee_id IS NULL');
  else if (filter.assignee) {
    const agent = filter.assignee === 'me' ? filter.agentId : filter.assignee;
    all.push(`c.assignee_id = ${values.add(agent, 'uuid')}`);
  }
  if (filter.team === 'none') all.push('c.team_id IS NULL');
  else if (filter.team) all.push(`c.team_id = ${values.add(filter.team, 'uuid')}`);
  if (filter.kind) all.push(`c.channel_kinds && ${values.add(filter.kind.split(','), 'text[]')}`);
  if (filter.priority) all.push(`c.priority = ANY(${values.add(filter.priority.split(','), 'text[]')})`);
  if (filter.tag) all.push(`c.tags @> ARRAY[${values.add(filter.tag, 'text')}]`);
  if (filter.waitingMinutes) {
    const now = values.add(filter.now, 'timestamptz');
    const minutes = values.add(filter.waitingMinutes, 'int');
    all.push(`c.waiting_since <= ${now} - ${minutes} * interval '1 minute'`);
  }
  if (filter.customer) {
    const customer = values.add(filter.customer, 'uuid');
    all.push(`c.customer_id = (SELECT coalesce(merged_into_id, id) FROM customers WHERE id = ${customer})`);
  }
  if (filter.channel) {
    const channel = values.add(filter.channel, 'uuid');
    all.push(`EXISTS (SELECT FROM threads t WHERE t.case_id = c.id AND t.channel_id = ${channel})`);
  }
  if (filter.view === 'snoozed') all.push(`c.snoozed_until > ${values.add(filter.now, 'timestamptz')}`);
  if (filter.among) all.push(`c.id = ANY(${values.add(filter.among, 'uuid[]')})`);
  // A snoozed case leaves the views of work by itself and comes back by itself; looked for, it is found.
  else if (leavesOut(filter)) {
    all.push(`(c.snoozed_until IS NULL OR c.snoozed_until <= ${values.add(filter.now, 'timestamptz')})`);
  }
  return all;
}

const orders = {
  newest: { column: 'last_message_at', direction: 'DESC', beyond: '<' },
  oldest: { column: 'last_message_at', direction: 'ASC', beyond: '>' },
  waiting: { column: 'waiting_since', direction: 'ASC', beyond: '>' },
  callback: { column: 'callback_since', direction: 'ASC', beyond: '>' },
} as const;

/**
 * One page of case ids. Each status has its own range of an index, so a list over all of them is merged from three
 * short ones instead of sorting every case.
 */
export async function listCaseIds(
  manager: EntityManager,
  filter: CaseFilter,
  page: Pick<ListCases, 'sort' | 'limit' | 'cursor'>,
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const sort = filter.view === 'callback' && page.sort === 'waiting' ? 'callback' : page.sort;
  const { column, direction, beyond } = orders[sort];
  const values = new Values();
  const limit = values.add(page.limit + 1, 'int');
  const key = `c.${column}`;
  const after = page.cursor === undefined ? null : readCursor(page.cursor, sort);
  const keyset: string[] = [];
  if (after) {
    const id = values.add(after.id, 'uuid');
    if (after.at === null) keyset.push(`${key} IS NULL AND c.id ${beyond} ${id}`);
    else {
      const at = `timestamptz 'epoch' + ${values.add(after.at, 'bigint')} * interval '1 microsecond'`;
      const row = `(${key}, c.id) ${beyond} (${at}, ${id})`;
      keyset.push(sort === 'waiting' ? `(${row} OR ${key} IS NULL)` : row);
    }
  }
  const statuses = filter.status === 'all' ? caseStatuses : [filter.status];
  const parts = statuses.map(
    (status) =>
      `(SELECT c.id, ${key} AS key FROM cases c
        WHERE ${[...conditions(filter, status, values), ...keyset].join(' AND ')}
        ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${limit})`,
  );
  const rows: { id: string; at: string | null }[] = await manager.query(
    `SELECT id, (extract(epoch FROM key) * 1000000)::bigint::text AS at FROM (${parts.join(' UNION ALL ')}) merged
     ORDER BY key ${direction}, id ${direction} LIMIT ${limit}`,
    values.list,
  );
  const items = rows.slice(0, page.limit);
  const last = items.at(-1);
  const more = rows.length > page.limit && last !== undefined;
  return {
    ids: items.map((row) => row.id),
    nextCursor: more ? encodeCursor([sort, last.at, last.id]) : null,
  };
}

function readCursor(cursor: string, sort: string): { at: string | null; id: string } {
  const [of, at, id] = decodeCursor(cursor) ?? [];
  const valid =
    of === sort &&
    (at === null || (typeof at === 'string' && /^-?\d{1,18}$/.test(at))) &&
    typeof id === 'string' &&
    /^[0-9a-f-]{36}$/.test(id);
  if (!valid) throw new AppError('invalid', 'cursor_invalid', 'this cursor does not belong to this list');
  return { at, id };
}

export const countCap = 1_000;

/** How many cases a view holds, counted no further than `countCap + 1`. */
export async function countCases(manager: EntityManager, filter: CaseFilter): Promise<number> {
  const values = new Values();
  const limit = values.add(countCap + 1, 'int');
  const statuses = filter.status === 'all' ? caseStatuses : [filter.status];
  const parts = statuses.map(
    (status) =>
      `(SELECT 1 FROM cases c WHERE ${conditions(filter, status, values).join(' AND ')} LIMIT ${limit})`,
  );
  const [row]: { count: string }[] = await manager.query(
    `SELECT count(*) AS count FROM (SELECT * FROM (${parts.join(' UNION ALL ')}) one LIMIT ${limit}) capped`,
    values.list,
  );
  return Number(row?.count ?? 0);
}
