import type { Client } from 'pg';

/**
 * Fills an empty database with so many cases of as many customers, a message each, in set-based SQL. One in ten is open,
 * the newest come first and are among them.
 */
export async function fillWithCases(sql: Client, channelId: string, count: number): Promise<void> {
  await sql.query(
    `CREATE TEMP TABLE made AS
     SELECT n, gen_random_uuid() AS case_id, gen_random_uuid() AS thread_id, gen_random_uuid() AS customer_id,
            gen_random_uuid() AS identity_id, now() - n * interval '20 seconds' AS at
     FROM generate_series(1, ${String(count)}) n`,
  );
  const fill = (table: string, columns: string, values: string): Promise<unknown> =>
    sql.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM made`);
  await fill('customers', 'id, name', `customer_id, 'Pelanggan ' || n`);
  await fill(
    'identities',
    'id, customer_id, kind, value, verbatim, proof, source',
    `identity_id, customer_id, 'email', 'p' || n || '@customer.example', 'p' || n || '@customer.example', 'verified', 'email'`,
  );
  await fill(
    'cases',
    'id, subject, status, customer_id, channel_kinds, preview, last_direction, message_count, waiting_since, last_message_at, version, created_at',
    `case_id, 'Pesanan TK-' || n, CASE WHEN n <= 2000 OR n % 10 = 0 THEN 'open' ELSE 'resolved' END, customer_id, '{email}',
     'Pesanan TK-' || n || ' belum sampai, tolong dicek', 'inbound', 1, at, at, 2, at`,
  );
  await fill('threads', 'id, channel_id, case_id', `thread_id, '${channelId}', case_id`);
  await fill(
    'messages',
    'id, case_id, thread_id, channel_id, customer_id, identity_id, direction, external_id, sender, recipients, subject, text, match_rule, match_score, match_evidence, sent_at, created_at',
    `gen_random_uuid(), case_id, thread_id, '${channelId}', customer_id, identity_id, 'inbound', 'm' || n || '@customer.example',
     jsonb_build_object('kind', 'email', 'value', 'p' || n || '@customer.example', 'proof', 'verified', 'evidence', '[]'::jsonb),
     '[]', 'Pesanan TK-' || n, 'Pesanan TK-' || n || ' belum sampai, tolong dicek', 'new_case', 1, '[]', at, at`,
  );
  await fill('thread_refs', 'ref, thread_id', `'m' || n || '@customer.example', thread_id`);
  await sql.query('DROP TABLE made');
  await sql.query('VACUUM ANALYZE');
}

/**
 * The people to whom the open ones of these cases belong, in teams of ten, half of the cases waiting in their queues; and
 * what years of work leave behind: events, notices, cases that one follows or that sleep.
 *
 * @param me who is given some, too
 * @returns one of the teams: of which `me` is
 */
export async function crowd(sql: Client, me: string, count: number): Promise<string> {
  await sql.query(
    `INSERT INTO agents (id, email, name, role, password_hash)
     SELECT gen_random_uuid(), 'a' || n || '@loket.example', 'Petugas ' || n, 'agent', 'none'
     FROM generate_series(2, ${String(count)}) n`,
  );
  await sql.query(
    `INSERT INTO agent_work (agent_id, availability, limits)
     SELECT id, 'online', '{"total": 15, "byChannel": {}}' FROM agents
     ON CONFLICT (agent_id) DO UPDATE SET availability = 'online'`,
  );
  await sql.query(
    `CREATE TEMP TABLE people AS
     SELECT id, row_number() OVER (ORDER BY id = '${me}' DESC, id) - 1 AS n FROM agents`,
  );
  await sql.query(
    `INSERT INTO teams (id, name, routing)
     SELECT gen_random_uuid(), 'Tim ' || n, '{"distribution": "manual", "sticky": true, "silentMinutes": null,
       "offlineMinutes": 5, "overflow": null, "hours": null, "outOfHours": "hold"}'
     FROM generate_series(1, ${String(Math.ceil(count / 10))}) n`,
  );
  await sql.query(
    `CREATE TEMP TABLE queues AS SELECT id, row_number() OVER (ORDER BY name) - 1 AS n FROM teams`,
  );
  await sql.query(
    `INSERT INTO team_members (team_id, agent_id)
     SELECT q.id, p.id FROM people p JOIN queues q ON q.n = p.n / 10`,
  );
  // the newest are at work: ten each; of the rest every other one waits, the others wait for their customers
  await sql.query(
    `UPDATE cases c SET assignee_id = CASE WHEN o.n < ${String(count)} * 10 THEN p.id END,
            team_id = q.id, assigned_at = now(),
            status = CASE WHEN o.n < ${String(count)} * 20 THEN 'open' ELSE 'pending' END,
            tags = CASE WHEN o.n % 7 = 0 THEN '{retur}'::text[] ELSE '{}' END,
            snoozed_until = CASE WHEN o.n % 50 = 49 THEN now() + interval '1 day' END
     FROM (SELECT id, row_number() OVER (ORDER BY last_message_at DESC) - 1 AS n FROM cases WHERE status = 'open') o
     JOIN people p ON p.n = o.n % ${String(count)} JOIN queues q ON q.n = p.n / 10
     WHERE c.id = o.id`,
  );
  await sql.query(
    `INSERT INTO events (type, case_id, version, data, at)
     SELECT kind, id, 1, '{}', created_at FROM cases, (VALUES ('case.opened'), ('message.received')) k (kind)`,
  );
  await sql.query(
    `INSERT INTO notices (id, agent_id, event_id, kind, case_id, at, read_at)
     SELECT gen_random_uuid(), p.id, c.number, CASE WHEN c.number % 5 = 0 THEN 'mention' ELSE 'given' END, c.id,
            c.created_at, CASE WHEN c.number > 1000 THEN now() END
     FROM cases c JOIN people p ON p.n = c.number % ${String(count)}`,
  );
  await sql.query(
    `INSERT INTO case_followers (case_id, agent_id)
     SELECT c.id, p.id FROM cases c JOIN people p ON p.n = c.number % ${String(count)} WHERE c.number % 9 = 0`,
  );
  await sql.query(
    `INSERT INTO saved_views (id, owner_id, name, filter, shared, created_at)
     SELECT gen_random_uuid(), '${me}', kind || priority,
            jsonb_build_object('view', 'all', 'status', 'open', 'sort', 'newest', 'kind', kind, 'priority', priority), true, now()
     FROM unnest('{email,phone}'::text[]) kind, unnest('{low,normal,urgent}'::text[]) priority`,
  );
  await sql.query('VACUUM ANALYZE');
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM queues WHERE n = 0');
  await sql.query('DROP TABLE people, queues');
  return rows[0]!.id;
}
