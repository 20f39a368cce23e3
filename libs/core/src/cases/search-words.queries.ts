import type { EntityManager } from 'typeorm';
import { nearWords } from './near-words.js';
import { searchVector } from './search-vector.js';

/** Messages, or customers, at a time. */
const batch = 2_000;
const maxNear = 8;
const maxCandidates = 3_000;
const nilId = '00000000-0000-0000-0000-000000000000';

/** Keeps how far the words were learned: a settings row of our own, which no admin sees. */
const progressKey = 'search_words';
type Progress = { messages: string; customers: string };

/**
 * Learns the words of what came in since the last time: of messages, and of the names of customers. Keys grow with time
 * (UUIDv7), so nothing is read twice; what a late commit hides from it is only missed as a guess, never as an exact hit.
 *
 * @returns whether there is more
 */
export async function learnWords(manager: EntityManager): Promise<boolean> {
  return manager.transaction(async (tx) => {
    const [row]: { value: Progress }[] = await tx.query(
      `INSERT INTO settings (key, value) VALUES ($1, $2)
       ON CONFLICT (key) DO UPDATE SET updated_at = now() RETURNING value`,
      [progressKey, JSON.stringify({ messages: nilId, customers: nilId })],
    );
    const { messages = nilId, customers = nilId } = row?.value ?? {};
    const next = {
      messages: await learn(
        tx,
        `SELECT id, tsvector_to_array(${searchVector}) AS words FROM messages WHERE id > $1::uuid ORDER BY id LIMIT ${batch}`,
        messages,
      ),
      customers: await learn(
        tx,
        `SELECT id, tsvector_to_array(to_tsvector('simple', coalesce(name, ''))) AS words FROM customers
         WHERE id > $1::uuid ORDER BY id LIMIT ${batch}`,
        customers,
      ),
    };
    const known = { messages: next.messages.last, customers: next.customers.last };
    await tx.query('UPDATE settings SET value = $2 WHERE key = $1', [progressKey, JSON.stringify(known)]);
    return next.messages.full || next.customers.full;
  });
}

async function learn(
  tx: EntityManager,
  rows: string,
  after: string,
): Promise<{ last: string; full: boolean }> {
  const [found]: { last: string | null; read: number }[] = await tx.query(
    `WITH read AS MATERIALIZED (${rows}),
     learned AS (
       INSERT INTO search_words (word)
       SELECT DISTINCT word FROM read, unnest(words) word WHERE word ~ '^[[:alpha:]]{4,24}$' ORDER BY word
       ON CONFLICT DO NOTHING)
     SELECT (SELECT id FROM read ORDER BY id DESC LIMIT 1) AS last, (SELECT count(*)::int FROM read) AS read`,
    [after],
  );
  return { last: found?.last ?? after, full: found?.read === batch };
}

/**
 * Known words that this one may be a slip of; itself among them when it is one.
 * Runs inside a transaction: how alike words have to be to be looked at is set for it.
 */
export async function wordsNear(tx: EntityManager, typed: string, unfinished: boolean): Promise<string[]> {
  if (!/^\p{L}{4,24}$/u.test(typed)) return [];
  await tx.query(`SET LOCAL pg_trgm.similarity_threshold = ${typed.length < 7 ? 0.2 : 0.3}`);
  const rows: { word: string }[] = await tx.query(
    `SELECT word FROM search_words
     WHERE word % $1 AND length(word) >= length($1) - 2 AND ($2 OR length(word) <= length($1) + 2)
     LIMIT ${maxCandidates}`,
    [typed, unfinished],
  );
  return nearWords(
    typed,
    rows.map(({ word }) => word),
    unfinished,
    maxNear,
  );
}
