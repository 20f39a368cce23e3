import { expect } from '@jest/globals';
import { figuresOf } from '@loket/core/operations/recount.js';
import type { DataSource } from 'typeorm';

/** Everything that operations move, with the columns that only ever grow left out. */
const tables: Record<string, { key: string; without: string[] }> = {
  cases: { key: 'id', without: ['version', 'arrangement'] },
  threads: { key: 'id', without: [] },
  thread_refs: { key: 'ref || thread_id', without: [] },
  messages: { key: 'id', without: [] },
  notes: { key: 'id', without: [] },
  customers: { key: 'id', without: ['version', 'updated_at'] },
  identities: { key: 'id', without: [] },
  incident_deliveries: { key: 'update_id::text || case_id', without: [] },
};

export type Row = Record<string, unknown>;
export type Snapshot = Record<string, Row[]>;

/** Every row as it stands, for comparing before and after. */
export async function snapshot(database: DataSource): Promise<Snapshot> {
  const rows: { snapshot: Snapshot }[] = await database.query(
    `SELECT json_build_object(${Object.entries(tables)
      .map(
        ([table, { key, without }]) =>
          `'${table}', (SELECT coalesce(json_agg(to_jsonb(t)${without.map((c) => ` - '${c}'`).join('')} ORDER BY t.${key.replaceAll(
            '|| ',
            '|| t.',
          )}), '[]') FROM ${table} t)`,
      )
      .join(', ')}) AS snapshot`,
  );
  return rows[0]?.snapshot ?? {};
}

/** The rows of a snapshot that are not redirects which these ids became. */
export function withoutRows(from: Snapshot, ids: readonly string[]): Snapshot {
  const gone = new Set<unknown>(ids);
  return Object.fromEntries(
    Object.entries(from).map(([table, rows]) => [table, rows.filter((row) => !gone.has(row['id']))]),
  );
}

/** What must hold whatever was done; each gives the rows that break it. */
const broken: Record<string, string> = {
  'a message in a merged case': `SELECT m.id FROM messages m JOIN cases c ON c.id = m.case_id WHERE c.merged_into_id IS NOT NULL`,
  'a mail in another case than its thread': `SELECT m.id FROM messages m JOIN threads t ON t.id = m.thread_id
     JOIN channels ch ON ch.id = t.channel_id WHERE m.case_id <> t.case_id AND ch.kind = 'email'`,
  // A chat goes on through one case after the other, so earlier messages of it may stand elsewhere.
  'a chat in a case where none of it is': `SELECT t.id FROM threads t WHERE NOT EXISTS (
     SELECT FROM messages m WHERE m.thread_id = t.id AND m.case_id = t.case_id)`,
  'a thread without messages': `SELECT id FROM threads t WHERE NOT EXISTS (SELECT FROM messages m WHERE m.thread_id = t.id)`,
  'a thread of another channel than its message': `SELECT m.id FROM messages m JOIN threads t ON t.id = m.thread_id
     WHERE t.channel_id <> m.channel_id`,
  'a thread in a merged case': `SELECT t.id FROM threads t JOIN cases c ON c.id = t.case_id WHERE c.merged_into_id IS NOT NULL`,
  'a number that leads to no live case': `SELECT c.number FROM cases c JOIN cases r ON r.id = c.merged_into_id
     WHERE r.merged_into_id IS NOT NULL`,
  'a customer who leads to no live one': `SELECT k.id FROM customers k JOIN customers r ON r.id = k.merged_into_id
     WHERE r.merged_into_id IS NOT NULL`,
  'a case or address of a merged customer': `SELECT x.id FROM (SELECT id, customer_id FROM cases UNION ALL
       SELECT id, customer_id FROM identities UNION ALL SELECT id, customer_id FROM messages) x
     JOIN customers k ON k.id = x.customer_id WHERE k.merged_into_id IS NOT NULL`,
  'a message of another customer than its address': `SELECT m.id FROM messages m JOIN identities i ON i.id = m.identity_id
     WHERE i.customer_id <> m.customer_id`,
  'an id that leads to another thread alone': `SELECT m.id FROM messages m WHERE m.external_id IS NOT NULL
     AND NOT EXISTS (SELECT FROM thread_refs r WHERE r.ref = m.external_id AND r.thread_id = m.thread_id)`,
  'a wait in a case that is not open': `SELECT id FROM cases WHERE waiting_since IS NOT NULL AND status <> 'open'`,
  'a case half resolved': `SELECT id FROM cases WHERE (resolved_at IS NULL) = (status = 'resolved')`,
};

/** @throws when the desk is not whole: something lost, doubled, or in two places */
export async function expectWhole(database: DataSource): Promise<void> {
  const [found]: Record<string, unknown>[] = await database.query(
    `SELECT ${Object.entries(broken)
      .map(
        ([name, sql]) => `ARRAY(${sql.replace(/^SELECT (\S+) FROM/, 'SELECT $1::text FROM')}) AS "${name}"`,
      )
      .join(', ')}`,
  );
  expect(found).toEqual(Object.fromEntries(Object.keys(broken).map((name) => [name, []])));
  await expectCounted(database);
}

/** What intake, answers and operations keep up step by step is what the messages say. */
async function expectCounted(database: DataSource): Promise<void> {
  const cases: {
    id: string;
    message_count: number;
    channel_kinds: string[];
    last_message_at: Date;
    last_direction: string;
    preview: string;
  }[] = await database.query(
    `SELECT id, message_count, channel_kinds, last_message_at, last_direction, preview FROM cases
     WHERE merged_into_id IS NULL`,
  );
  for (const one of cases) {
    const shown = {
      messageCount: one.message_count,
      channelKinds: one.channel_kinds,
      lastMessageAt: one.last_message_at,
      lastDirection: one.last_direction,
      preview: one.preview,
    };
    expect({ case: one.id, ...shown }).toEqual({
      case: one.id,
      ...(await figuresOf(database.manager, [one.id])),
    });
  }
}
