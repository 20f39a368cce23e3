/** One customer for every five messages, five thousand at least; of their cases one in ten is not resolved. */
export const customersOf = (messages) => Math.max(Math.floor(messages / 5), Math.min(5000, messages));

/**
 * Fills an empty database with `count` messages in set-based SQL: a case for every two messages, each about an order of
 * its own, words from the same list as the workload.
 */
export async function seed(client, channelId, count) {
  const cases = Math.max(1, Math.floor(count / 2));
  const customers = customersOf(count);
  await client.query(
    `INSERT INTO channels (id, kind, name, config) VALUES ($1, 'email', 'bench', '{}') ON CONFLICT DO NOTHING`,
    [channelId],
  );
  await client.query(`CREATE TEMP TABLE seed_customers AS
    SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS identity_id FROM generate_series(0, ${customers - 1}) n`);
  await client.query(`INSERT INTO customers (id, name) SELECT id, 'Pelanggan ' || n FROM seed_customers`);
  await client.query(`INSERT INTO identities (id, customer_id, kind, value, verbatim, proof, source)
    SELECT identity_id, id, 'email', 'pelanggan' || n || '@contoh.example', 'pelanggan' || n || '@contoh.example', 'claimed', 'email'
    FROM seed_customers`);
  await client.query(`CREATE TEMP TABLE seed_cases AS
    SELECT g.n, gen_random_uuid() AS id, gen_random_uuid() AS thread_id, c.id AS customer_id, c.identity_id,
           now() - (g.n * interval '1 minute') AS at
    FROM generate_series(0, ${cases - 1}) AS g(n) JOIN seed_customers c ON c.n = g.n % ${customers}`);
  await client.query(`INSERT INTO cases (id, subject, status, customer_id, channel_kinds, preview, last_direction,
                                         message_count, waiting_since, last_message_at, version, created_at)
    SELECT id, 'Pesanan ' || n, CASE WHEN n % 20 = 3 THEN 'open' WHEN n % 20 = 10 THEN 'pending' ELSE 'resolved' END,
           customer_id, '{email}', 'pesanan saya belum sampai', 'inbound', 2, at, at, 3, at FROM seed_cases`);
  await client.query(
    `INSERT INTO threads (id, channel_id, case_id) SELECT thread_id, $1, id FROM seed_cases`,
    [channelId],
  );
  await client.query(
    `INSERT INTO messages (id, case_id, thread_id, channel_id, customer_id, identity_id, direction, external_id, sender,
                           recipients, subject, text, match_rule, match_score, match_evidence, sent_at, created_at)
     SELECT gen_random_uuid(), s.id, s.thread_id, $1, s.customer_id, s.identity_id, 'inbound',
            'seed-' || s.n || '-' || k || '@contoh.example', '{"kind":"email","value":"x@contoh.example","proof":"claimed","evidence":[]}',
            '[{"role":"to","kind":"email","value":"halo@toko.example"}]', 'Pesanan ' || s.n,
            'Pesanan ORD-' || 100000 + s.n || ' ' ||
            (SELECT string_agg((ARRAY['pesanan','saya','belum','sampai','tolong','dicek','nomor','resi','mug','retak','ganti','baru','kapan','dikirim','alamat','kantor'])[1 + floor(random() * 16)::int], ' ')
             FROM generate_series(1, 60) WHERE s.n >= 0),
            'new_case', 1, '[]', s.at, s.at + k * interval '1 second'
     FROM seed_cases s CROSS JOIN generate_series(0, 1) k`,
    [channelId],
  );
  await client.query(`INSERT INTO thread_refs (ref, thread_id)
    SELECT 'seed-' || n || '-' || k || '@contoh.example', thread_id FROM seed_cases CROSS JOIN generate_series(0, 1) k`);
  await client.query(`INSERT INTO events (type, case_id, version, data, at)
    SELECT 'message.received', id, 2, '{"messageId":"00000000-0000-7000-8000-000000000000","rule":"new_case"}', at FROM seed_cases`);
  await client.query('DROP TABLE seed_customers, seed_cases');
  await client.query('VACUUM ANALYZE');
}
