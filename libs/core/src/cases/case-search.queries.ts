import type { EntityManager } from 'typeorm';
import { normaliseAddress } from '../customers/normalise-address.js';

/** Exactly the expression of the index `messages_search`, or the index is not used. */
export const searchVector = `to_tsvector('simple', left(coalesce(subject, '') || ' ' || text, 100000))`;

/** A word found in more messages than this is common, and then only the newest messages are looked at. */
const maxHits = 5_000;
const newest = 20_000;
const maxCustomers = 50;
const nilId = '00000000-0000-0000-0000-000000000000';

/**
 * Cases that a search may mean: by number, by words of their messages, by name or address of the customer. Every part
 * has a ceiling, so that no search can cost more than the index allows.
 *
 * @param text as typed, not empty
 */
export async function searchCaseIds(manager: EntityManager, text: string): Promise<string[]> {
  const parts = [
    await byNumber(manager, text),
    await byCustomer(manager, text),
    text.startsWith('#') ? [] : await byWords(manager, text),
  ];
  return [...new Set(parts.flat())];
}

async function byNumber(manager: EntityManager, text: string): Promise<string[]> {
  const [, number] = /^#?\s*(\d{1,15})$/.exec(text) ?? [];
  return number === undefined ? [] : ids(manager, 'SELECT id FROM cases WHERE number = $1::bigint', [number]);
}

async function byCustomer(manager: EntityManager, text: string): Promise<string[]> {
  const patterns = customerPatterns(text);
  if (patterns.length === 0) return [];
  return ids(
    manager,
    `SELECT c.id FROM cases c WHERE c.customer_id IN (
       (SELECT id FROM customers WHERE name ILIKE ANY($1::text[]) LIMIT ${maxCustomers})
       UNION (SELECT customer_id FROM identities WHERE value ILIKE ANY($1::text[]) LIMIT ${maxCustomers}))
     LIMIT ${maxHits}`,
    [patterns],
  );
}

/** LIKE patterns for names and addresses; none for texts too short for a trigram. */
export function customerPatterns(text: string): string[] {
  if (text.length < 3) return [];
  const patterns = [contains(text)];
  // 0812… is stored as +62812…, so a number is also looked for in its normal form.
  if (/^[+\d][\d\s().-]{4,}$/.test(text)) patterns.push(contains(normaliseAddress('phone', text).value));
  return patterns;
}

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

async function byWords(manager: EntityManager, text: string): Promise<string[]> {
  // The last word may be unfinished; very short beginnings would match nearly everything.
  const last = /[\p{L}\p{N}]+$/u.exec(text)?.[0] ?? '';
  const query =
    last.length >= 3
      ? `(plainto_tsquery('simple', $1)::text || ':*')::tsquery`
      : `plainto_tsquery('simple', $1)`;
  const [words]: { query: string | null }[] = await manager.query(
    `SELECT CASE WHEN numnode(plainto_tsquery('simple', $1)) > 0 THEN ${query}::text END AS query`,
    [text],
  );
  if (!words?.query) return [];
  const found = await ids(
    manager,
    `SELECT case_id AS id FROM messages WHERE ${searchVector} @@ $1::tsquery LIMIT ${maxHits + 1}`,
    [words.query],
  );
  if (found.length <= maxHits) return found;
  // Keys grow with time (UUIDv7), so the newest messages are one end of the primary key.
  return ids(
    manager,
    `SELECT DISTINCT case_id AS id FROM messages
     WHERE ${searchVector} @@ $1::tsquery
       AND id >= coalesce((SELECT id FROM messages ORDER BY id DESC OFFSET ${newest} LIMIT 1), '${nilId}')`,
    [words.query],
  );
}

async function ids(manager: EntityManager, sql: string, values: unknown[]): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(sql, values);
  return rows.map((row) => row.id);
}
