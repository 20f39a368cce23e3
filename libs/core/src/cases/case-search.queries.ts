import type { EntityManager } from 'typeorm';
import { normaliseAddress } from '../customers/normalise-address.js';
import { searchVector } from './search-vector.js';
import { wordsNear } from './search-words.queries.js';

/** Up to so many messages are found wherever they are; of more frequent words, only the newest messages count. */
const maxHits = 5_000;
const newestMessages = 20_000;
const newestHits = 300;
/** From this share of all messages on it is quicker to read the newest ones than to ask the index. */
const commonShare = 0.03;
const maxCustomers = 50;
/** Of customers with a name in common so many are looked at, and so many of their cases are read for other words. */
const maxNamed = 500;
const maxRead = 1_000;
const nilId = '00000000-0000-0000-0000-000000000000';

export interface Found {
  ids: string[];
  /** what was looked for instead, when nothing has the words as they were typed */
  similar: string[];
}

/**
 * Cases that a search may mean: by number, by words of their messages, by name or address of the customer. Only when that
 * finds nothing, by words that are spelt nearly so. Every part has a ceiling, so that no search can cost more than the index
 * allows.
 *
 * @param text as typed, not empty
 */
export async function searchCaseIds(manager: EntityManager, text: string): Promise<Found> {
  const parts = [
    await byNumber(manager, text),
    await byCustomer(manager, text),
    text.startsWith('#') ? [] : await byWords(manager, await wordQueries(manager, text)),
  ];
  const ids = [...new Set(parts.flat())];
  return ids.length > 0 || text.startsWith('#') ? { ids, similar: [] } : bySimilarWords(manager, text);
}

/**
 * Each word as it is known, or as known words are spelt that it may be a slip of; all of them in one message, or some in the
 * customer's name and the others in a message of his.
 */
async function bySimilarWords(manager: EntityManager, text: string): Promise<Found> {
  const words = wordsOf(text);
  const similar = new Set<string>();
  const inMessage: string[] = [];
  const inOthers: string[] = [];
  let customers: string[] | null = null;
  for (const [at, word] of words.entries()) {
    const near = await wordsNear(manager, word, at === words.length - 1);
    const meant = near.includes(word) || near.length === 0 ? [word] : near;
    if (meant[0] !== word) for (const other of meant) similar.add(other);
    const query = await anyOf(manager, meant, at === words.length - 1 && word.length > 2);
    if (query !== null) inMessage.push(query);
    const named = await customersNamed(manager, meant.flatMap(customerPatterns), customers);
    if (named.length > 0) customers = named;
    else if (query !== null) inOthers.push(query);
  }
  const both =
    inMessage.length === 0 ? [] : await byWords(manager, { whole: inMessage.join(' & '), firm: null });
  const ids = [...new Set([...both, ...(await ofCustomers(manager, customers ?? [], inOthers.join(' & ')))])];
  return { ids, similar: ids.length > 0 ? [...similar] : [] };
}

/** @param unfinished beginnings of words count as well */
async function anyOf(
  manager: EntityManager,
  words: readonly string[],
  unfinished: boolean,
): Promise<string | null> {
  const [row]: { query: string }[] = await manager.query(
    `SELECT string_agg(query || $2, ' | ') AS query
     FROM unnest($1::text[]) word, LATERAL (SELECT plainto_tsquery('simple', word)::text AS query) q WHERE query <> ''`,
    [words, unfinished ? ':*' : ''],
  );
  return row?.query ? `(${row.query})` : null;
}

/** @param among only these, when some are found already */
async function customersNamed(
  manager: EntityManager,
  patterns: readonly string[],
  among: readonly string[] | null,
): Promise<string[]> {
  if (patterns.length === 0) return [];
  return ids(
    manager,
    `SELECT coalesce(merged_into_id, id) AS id FROM customers
     WHERE name ILIKE ANY($1::text[]) AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[])) LIMIT ${maxNamed}`,
    [patterns, among],
  );
}

/** Their cases, or those of them that have a message with the words. */
async function ofCustomers(
  manager: EntityManager,
  customers: readonly string[],
  query: string,
): Promise<string[]> {
  if (customers.length === 0) return [];
  const having = `AND EXISTS (SELECT FROM messages m WHERE m.case_id = c.id AND ${searchVector} @@ $2::tsquery)`;
  return ids(
    manager,
    `SELECT c.id FROM (
       SELECT id FROM cases WHERE customer_id = ANY($1::uuid[]) AND merged_into_id IS NULL
       ORDER BY last_message_at DESC LIMIT ${maxRead}) c
     WHERE true ${query === '' ? '' : having}`,
    query === '' ? [customers] : [customers, query],
  );
}

/** At most so many words of a search are guessed at. */
const maxWords = 6;

/** The words of a search, in small letters. */
export function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, maxWords);
}

async function byNumber(manager: EntityManager, text: string): Promise<string[]> {
  const [, number] = /^#?\s*(\d{1,15})$/.exec(text) ?? [];
  return number === undefined
    ? []
    : ids(manager, 'SELECT coalesce(merged_into_id, id) AS id FROM cases WHERE number = $1::bigint', [
        number,
      ]);
}

async function byCustomer(manager: EntityManager, text: string): Promise<string[]> {
  return byPatterns(manager, customerPatterns(text));
}

async function byPatterns(manager: EntityManager, patterns: readonly string[]): Promise<string[]> {
  if (patterns.length === 0) return [];
  return ids(
    manager,
    `SELECT c.id FROM cases c WHERE c.customer_id IN (
       (SELECT coalesce(merged_into_id, id) FROM customers WHERE name ILIKE ANY($1::text[]) LIMIT ${maxCustomers})
       UNION (SELECT customer_id FROM identities WHERE value ILIKE ANY($1::text[]) LIMIT ${maxCustomers}))
       AND c.merged_into_id IS NULL
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

export const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

async function byWords(manager: EntityManager, { whole, firm }: WordQueries): Promise<string[]> {
  if (whole === null) return [];
  // The beginning of a word stands for many words, which the index has to gather; the whole words before it need not wait.
  const by = firm ?? whole;
  const expected = await expectedHits(manager, by);
  if (expected <= maxHits) {
    const found: { id: string; hit: boolean }[] = await manager.query(
      `SELECT case_id AS id, $1 = $2 OR ${searchVector} @@ $2::tsquery AS hit FROM (
         SELECT case_id, subject, text FROM messages WHERE ${searchVector} @@ $1::tsquery LIMIT ${maxHits + 1}) found`,
      [by, whole],
    );
    if (found.length <= maxHits) return found.filter((row) => row.hit).map((row) => row.id);
  }
  return (await isCommon(manager, Math.max(expected, maxHits)))
    ? amongNewest(manager, whole)
    : sinceBoundary(manager, whole);
}

interface WordQueries {
  whole: string | null;
  firm: string | null;
}

/**
 * `whole`: all words, the last one also as a beginning, since it may be unfinished; very short beginnings would match
 * nearly everything. `firm`: the words before a beginning. Each null when it has no words.
 */
async function wordQueries(manager: EntityManager, text: string): Promise<WordQueries> {
  const last = /[\p{L}\p{N}]+$/u.exec(text)?.[0] ?? '';
  const unfinished = last.length >= 3;
  const [row]: { whole: string; firm: string }[] = await manager.query(
    `SELECT plainto_tsquery('simple', $1)::text AS whole, plainto_tsquery('simple', $2)::text AS firm`,
    // the beginning of a number stands for few, and what numbers begin with (ORD-) often is everywhere
    [text, unfinished && !/\d/.test(last) ? text.slice(0, -last.length) : ''],
  );
  if (!row?.whole) return { whole: null, firm: null };
  return { whole: unfinished ? `${row.whole}:*` : row.whole, firm: row.firm || null };
}

/** What the planner expects from its statistics; costs nothing, unlike counting. */
async function expectedHits(manager: EntityManager, query: string): Promise<number> {
  const [row]: { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }[] = await manager.query(
    `EXPLAIN (FORMAT JSON) SELECT FROM messages WHERE ${searchVector} @@ $1::tsquery`,
    [query],
  );
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

async function isCommon(manager: EntityManager, hits: number): Promise<boolean> {
  const [row]: { total: number }[] = await manager.query(
    `SELECT reltuples AS total FROM pg_class WHERE oid = 'messages'::regclass`,
  );
  return hits > commonShare * (row?.total ?? 0);
}

/** Nearly every message has the word, so a few of the newest are enough. */
async function amongNewest(manager: EntityManager, query: string): Promise<string[]> {
  return ids(
    manager,
    `SELECT DISTINCT case_id AS id FROM (
       SELECT case_id FROM (SELECT case_id, subject, text FROM messages ORDER BY id DESC LIMIT ${newestMessages}) newest
       WHERE ${searchVector} @@ $1::tsquery LIMIT ${newestHits}) hits`,
    [query],
  );
}

/** The index again, together with the newest end of the primary key: keys grow with time (UUIDv7). */
async function sinceBoundary(manager: EntityManager, query: string): Promise<string[]> {
  const [boundary] = await ids(
    manager,
    `SELECT id FROM messages ORDER BY id DESC OFFSET ${newestMessages} LIMIT 1`,
    [],
  );
  return ids(
    manager,
    `SELECT DISTINCT case_id AS id FROM messages WHERE ${searchVector} @@ $1::tsquery AND id >= $2::uuid`,
    [query, boundary ?? nilId],
  );
}

async function ids(manager: EntityManager, sql: string, values: unknown[]): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(sql, values);
  return rows.map((row) => row.id);
}
