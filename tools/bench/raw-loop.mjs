import { randomUUID } from 'node:crypto';
import { inParallel } from './workload.mjs';

/**
 * What this machine's PostgreSQL can do for the same rows without us: per message one transaction with an identity
 * upsert, the message, the update of its case and an event, by prepared statements on eight connections.
 *
 * @returns messages per second
 */
export async function rawLoop(pool, messages) {
  const { rows: places } = await pool.query(
    `SELECT c.id AS case_id, t.id AS thread_id, c.customer_id, d.id AS identity_id
     FROM cases c JOIN threads t ON t.case_id = c.id JOIN identities d ON d.customer_id = c.customer_id
     ORDER BY c.last_message_at DESC LIMIT 3000`,
  );
  let at = 0;
  const clients = await Promise.all(Array.from({ length: 8 }, () => pool.connect()));
  const free = [...clients];
  try {
    const seconds = await inParallel(messages, 8, async (message) => {
      const client = free.pop();
      await write(client, message, places[at++ % places.length]);
      free.push(client);
    });
    return messages.length / seconds;
  } finally {
    for (const client of clients) client.release();
  }
}

async function write(client, message, place) {
  const id = randomUUID();
  await client.query({ name: 'raw_begin', text: 'BEGIN' });
  await client.query({
    name: 'raw_identity',
    text: `INSERT INTO identities (id, customer_id, kind, value, verbatim, proof, source)
           VALUES ($1, $2, 'email', $3, $3, 'claimed', 'email')
           ON CONFLICT (kind, value) WHERE resolves DO UPDATE SET verbatim = excluded.verbatim RETURNING id`,
    values: [randomUUID(), place.customer_id, message.sender.value],
  });
  await client.query({
    name: 'raw_message',
    text: `INSERT INTO messages (id, case_id, thread_id, channel_id, customer_id, identity_id, direction, external_id,
                                 sender, recipients, subject, text, match_rule, match_score, match_evidence, sent_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'inbound', $7, $8, $9, $10, $11, 'new_case', 1, '[]', $12)`,
    values: [
      id,
      place.case_id,
      place.thread_id,
      message.channelId,
      place.customer_id,
      place.identity_id,
      message.externalId,
      JSON.stringify(message.sender),
      JSON.stringify(message.recipients),
      message.subject,
      message.text,
      message.sentAt,
    ],
  });
  await client.query({
    name: 'raw_case',
    text: `UPDATE cases SET status = 'open', preview = $2, last_message_at = now(), message_count = message_count + 1,
                            version = version + 1 WHERE id = $1`,
    values: [place.case_id, message.text.slice(0, 200)],
  });
  await client.query({
    name: 'raw_event',
    text: `INSERT INTO events (type, case_id, version, data) VALUES ('message.received', $1, 1, $2)`,
    values: [place.case_id, JSON.stringify({ messageId: id, rule: 'new_case' })],
  });
  await client.query({ name: 'raw_commit', text: 'COMMIT' });
}
