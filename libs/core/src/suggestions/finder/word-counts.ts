import type { EntityManager } from 'typeorm';
import { documentsTerm } from '../../matching/lexicon-store.js';
import { digestOf } from '../../matching/text/digest.js';
import { Breather } from './breather.js';
import type { FinderBatch } from './finder-step.js';

/** Rows that the table may have before the rarest go. Names and typing errors would fill any table. */
const mostTerms = 60_000;
const longestTerm = 60;

/**
 * In how many messages each word stands. Counted once per message: write it together with the cursor.
 *
 * @returns the writes, null when there is nothing to count
 */
export async function countWords({
  messages,
  matching,
}: FinderBatch): Promise<((tx: EntityManager) => Promise<void>) | null> {
  if (messages.length === 0) return null;
  const counts = new Map<string, number>([[documentsTerm, messages.length]]);
  const breather = new Breather();
  for (const { subject, text, quoted, files } of messages) {
    const { words } = digestOf({ subject, text, quoted, attachments: files }, matching.lexicon);
    for (const word of words.keys()) {
      if (word !== documentsTerm && word.length <= longestTerm) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    await breather.breathe();
  }
  const terms = [...counts.keys()].sort();
  return async (tx) => {
    await tx.query(
      `INSERT INTO terms AS t (term, documents) SELECT * FROM unnest($1::text[], $2::int[])
       ON CONFLICT (term) DO UPDATE SET documents = t.documents + excluded.documents`,
      [terms, terms.map((term) => counts.get(term))],
    );
  };
}

/** Drops the rarest words of a table that has grown too large: what is not counted counts as rare. */
export async function pruneTerms(manager: EntityManager): Promise<void> {
  await manager.query(
    `WITH kept AS (SELECT documents FROM terms ORDER BY documents DESC OFFSET $1 LIMIT 1)
     DELETE FROM terms WHERE term <> $2 AND documents <= (SELECT documents FROM kept)`,
    [mostTerms, documentsTerm],
  );
}
