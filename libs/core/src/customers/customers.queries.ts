import type { EntityManager } from 'typeorm';
import type { Customer, Identity } from '@loket/contracts/customers.js';
import { contains, customerPatterns, wordsOf } from '../cases/case-search.queries.js';
import { wordsNear } from '../cases/search-words.queries.js';

interface Row {
  id: string;
  name: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  case_count: number;
  language: 'id' | 'en' | null;
  organization_id: string | null;
  organization_name: string | null;
  domain: string | null;
  merged: { id: string; name: string | null }[] | null;
  identities: (Omit<Identity, 'createdAt'> & { createdAt: string })[] | null;
}

/**
 * The customers as clients see them, in one statement.
 *
 * @returns by id; customers that do not exist are missing
 */
export async function customersById(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Customer>> {
  if (ids.length === 0) return new Map();
  const rows: Row[] = await manager.query(
    `SELECT k.id, k.name, k.version, k.created_at, k.updated_at, k.language, o.id AS organization_id,
            o.name AS organization_name, o.domain,
            (SELECT json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY m.created_at, m.id)
             FROM customers m WHERE m.merged_into_id = k.id) AS merged,
            (SELECT count(*)::int FROM cases c WHERE c.customer_id = k.id AND c.merged_into_id IS NULL) AS case_count,
            (SELECT json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'verbatim', i.verbatim,
               'proof', i.proof, 'resolves', i.resolves, 'shared', i.shared, 'name', i.name, 'source', i.source, 'evidence', i.evidence,
               'undeliverable', i.undeliverable_at IS NOT NULL, 'createdAt', i.created_at)
               ORDER BY i.proof = 'verified' DESC, i.created_at, i.id)
             FROM identities i WHERE i.customer_id = k.id) AS identities
     FROM customers k LEFT JOIN organizations o ON o.id = k.organization_id WHERE k.id = ANY($1::uuid[])`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        identities: (row.identities ?? []).map((i) => ({
          ...i,
          createdAt: new Date(i.createdAt).toISOString(),
        })),
        caseCount: row.case_count,
        organization:
          row.organization_id === null
            ? null
            : { id: row.organization_id, name: row.organization_name ?? '', domain: row.domain ?? '' },
        language: row.language,
        merged: row.merged ?? [],
        version: row.version,
        createdAt: row.created_at.toISOString(),
        updatedAt: row.updated_at.toISOString(),
      },
    ]),
  );
}

/** The most customers that a search looks through. */
const maxHits = 1_000;

/**
 * Ids of one page, newest customers first (keys grow with time). A merged profile is in none; what finds it finds the one
 * that stands for it.
 *
 * @param q part of a name or address; a text shorter than three characters finds beginnings of names only
 */
export async function listCustomerIds(
  manager: EntityManager,
  page: { q: string | undefined; before: string | undefined; limit: number },
): Promise<string[]> {
  const ids = await idsLike(manager, page);
  if (ids.length > 0 || page.before !== undefined || !page.q) return ids;
  return manager.transaction((tx) => idsNearly(tx, page.q ?? '', page.limit));
}

/** Names with words that are spelt nearly so; one page of them is enough. */
async function idsNearly(tx: EntityManager, q: string, limit: number): Promise<string[]> {
  const words = wordsOf(q);
  const values: unknown[] = [limit];
  const like: string[] = [];
  for (const [at, word] of words.entries()) {
    const near = await wordsNear(tx, word, at === words.length - 1);
    if (near.length === 0 && word.length > 3) return [];
    like.push(`name ILIKE ANY($${values.push([word, ...near].map(contains))}::text[])`);
  }
  if (like.length === 0) return [];
  const rows: { id: string }[] = await tx.query(
    `SELECT DISTINCT coalesce(merged_into_id, id) AS id FROM customers WHERE ${like.join(' AND ')} ORDER BY id DESC LIMIT $1`,
    values,
  );
  return rows.map((row) => row.id);
}

async function idsLike(
  manager: EntityManager,
  { q, before, limit }: { q: string | undefined; before: string | undefined; limit: number },
): Promise<string[]> {
  const values: unknown[] = [limit];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const below = before === undefined ? '' : `AND id < ${bind(before)}::uuid`;
  const rows: { id: string }[] = await manager.query(
    `SELECT id FROM ${q ? matching(q, bind) : 'customers'} WHERE ${q ? 'true' : 'merged_into_id IS NULL'} ${below}
     ORDER BY id DESC LIMIT $1`,
    values,
  );
  return rows.map((row) => row.id);
}

function matching(q: string, bind: (value: unknown) => string): string {
  const patterns = bind(q.length < 3 ? [`${q.replace(/[\\%_]/g, '\\$&')}%`] : customerPatterns(q));
  return `(
    (SELECT coalesce(merged_into_id, id) AS id FROM customers WHERE name ILIKE ANY(${patterns}::text[]) LIMIT ${maxHits})
    UNION (SELECT customer_id FROM identities WHERE value ILIKE ANY(${patterns}::text[]) LIMIT ${maxHits})) found`;
}
