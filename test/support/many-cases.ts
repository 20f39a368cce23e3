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
