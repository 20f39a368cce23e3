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
  newest: { column: 'last_message_at', direction: 'DESC' },
  oldest: { column: 'last_message_at', direction: 'ASC' },
  waiting: { column: 'waiting_since', direction: 'ASC' },
  callback: { column: 'callback_since', direction: 'ASC' },
} as const;

export interface CaseIdPage {
  ids: string[];
  nextCursor: string | null;
  previousCursor: string | null;
}

/**
 * One page of case ids. Each status has its own range of an index, so a list over all of them is merged from three
 * short ones instead of sorting every case. The way back is the same list read the other way round.
 */
export async function listCaseIds(
  manager: EntityManager,
  filter: CaseFilter,
  page: Pick<ListCases, 'sort' | 'limit' | 'cursor' | 'before' | 'offset'>,
): Promise<CaseIdPage> {
  const sort = filter.view === 'callback' && page.sort === 'waiting' ? 'callback' : page.sort;
  const back = page.before !== undefined;
  const { column, direction: forth } = orders[sort];
  const direction = back ? (forth === 'ASC' ? 'DESC' : 'ASC') : forth;
  const values = new Values();
  const offset = (page.before ?? page.cursor) ? 0 : (page.offset ?? 0);
  const limit = values.add(page.limit + 1, 'int');
  const reach = values.add(offset + page.limit + 1, 'int');
  const cursor = page.before ?? page.cursor;
  const key = `c.${column}`;
  const keyset =
    cursor === undefined
      ? []
      : [beyond(readCursor(cursor, sort), key, direction, values, sort === 'waiting')];
  const statuses = filter.status === 'all' ? caseStatuses : [filter.status];
  const parts = statuses.map(
    (status) =>
      `(SELECT c.id, ${key} AS key FROM cases c
        WHERE ${[...conditions(filter, status, values), ...keyset].join(' AND ')}
        ORDER BY ${key} ${direction}, c.id ${direction} LIMIT ${reach})`,
  );
  const rows: { id: string; at: string | null }[] = await manager.query(
    `SELECT id, (extract(epoch FROM key) * 1000000)::bigint::text AS at FROM (${parts.join(' UNION ALL ')}) merged
     ORDER BY key ${direction}, id ${direction} LIMIT ${limit} OFFSET ${values.add(offset, 'int')}`,
    values.list,
  );
  const more = rows.length > page.limit;
  const items = rows.slice(0, page.limit);
  if (back) items.reverse();
  const cursorOf = (row: (typeof rows)[number] | undefined): string | null =>
    row ? encodeCursor([sort, row.at, row.id]) : null;
  return {
    ids: items.map((row) => row.id),
    nextCursor: back || more ? cursorOf(items.at(-1)) : null,
    previousCursor: (back ? more : cursor !== undefined || offset > 0) ? cursorOf(items[0]) : null,
  };
}

/** What comes after a row in this direction. Who does not wait has no key, and stands below everybody who does. */
function beyond(
  after: { at: string | null; id: string },
  key: string,
  direction: 'ASC' | 'DESC',
  values: Values,
  nulls: boolean,
): string {
  const sign = direction === 'ASC' ? '>' : '<';
  const id = values.add(after.id, 'uuid');
  if (after.at === null) {
    const among = `${key} IS NULL AND c.id ${sign} ${id}`;
    return direction === 'ASC' ? among : `(${among} OR ${key} IS NOT NULL)`;
  }
  const at = `timestamptz 'epoch' + ${values.add(after.at, 'bigint')} * interval '1 microsecond'`;
  const row = `(${key}, c.id) ${sign} (${at}, ${id})`;
  return nulls && direction === 'ASC' ? `(${row} OR ${key} IS NULL)` : row;
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

/** How many cases a list holds, counted no further than `cap + 1`. */
export async function countCases(
  manager: EntityManager,
  filter: CaseFilter,
  cap: number = countCap,
): Promise<number> {
  const values = new Values();
  const [row]: { count: string }[] = await manager.query(counting(filter, cap, values), values.list);
  return Number(row?.count ?? 0);
}

/**
 * The same for many lists in one statement.
 * @returns by the same keys, at most `countCap`
 */
export async function countLists(
  manager: EntityManager,
  lists: ReadonlyMap<string, CaseFilter>,
): Promise<Record<string, number>> {
  if (lists.size === 0) return {};
  const values = new Values();
  const counts = [...lists].map(
    ([key, filter]) =>
      `SELECT ${values.add(key, 'text')} AS key, (${counting(filter, countCap, values)}) AS count`,
  );
  const rows: { key: string; count: string }[] = await manager.query(counts.join(' UNION ALL '), values.list);
  return Object.fromEntries(rows.map(({ key, count }) => [key, Math.min(Number(count), countCap)]));
}

function counting(filter: CaseFilter, cap: number, values: Values): string {
  const limit = values.add(cap + 1, 'int');
  const statuses = filter.status === 'all' ? caseStatuses : [filter.status];
  const parts = statuses.map(
    (status) =>
      `(SELECT 1 FROM cases c WHERE ${conditions(filter, status, values).join(' AND ')} LIMIT ${limit})`,
  );
  return `SELECT count(*) AS count FROM (SELECT * FROM (${parts.join(' UNION ALL ')}) one LIMIT ${limit}) capped`;
}
