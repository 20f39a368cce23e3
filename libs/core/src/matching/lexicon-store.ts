import type { EntityManager } from 'typeorm';
import { type Lexicon, lexiconOf } from './text/lexicon.js';

/** The row that counts the messages themselves; no word is empty. */
export const documentsTerm = '';
/** Words that stand in fewer than one message in so many all say the same: "rare". They need not be in memory. */
const rareShare = 400;
/** bounds memory, should a workspace write very monotonously */
const mostTerms = 20_000;

/**
 * The lexicon of the workspace as it is in the database now.
 *
 * @param products names of what the workspace sells
 */
export async function readLexicon(manager: EntityManager, products: readonly string[]): Promise<Lexicon> {
  const documents = await countedDocuments(manager);
  const rows: { term: string; documents: number }[] = await manager.query(
    `SELECT term, documents FROM terms WHERE term <> '' AND documents >= $1 ORDER BY documents DESC LIMIT $2`,
    [Math.max(2, Math.floor(documents / rareShare)), mostTerms],
  );
  return lexiconOf({
    products,
    documents,
    frequencies: new Map(rows.map((row) => [row.term, row.documents])),
  });
}

/** In how many messages words were counted. */
export async function countedDocuments(manager: EntityManager): Promise<number> {
  const [row]: { documents: number }[] = await manager.query('SELECT documents FROM terms WHERE term = $1', [
    documentsTerm,
  ]);
  return row?.documents ?? 0;
}
