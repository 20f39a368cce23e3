import type { EntityManager } from 'typeorm';
import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import { saidSql } from '../../calls/call-rules.js';

export interface StoredIdentity {
  id: string;
  kind: IdentityKind;
  value: string;
  name: string | null;
  proof: Proof;
  source: string;
  resolves: boolean;
  shared: boolean;
}

/** A customer with everything that tells who he is. */
export interface StoredProfile {
  id: string;
  name: string | null;
  /** names of profiles that were merged into this one */
  formerNames: string[];
  language: 'id' | 'en' | null;
  organizationId: string | null;
  /** of the organization */
  domain: string | null;
  createdAt: Date;
  identities: StoredIdentity[];
}

/** more identities than this tell nothing more about who somebody is */
const mostIdentities = 60;

/** @returns by id; merged customers and those that do not exist are missing */
export async function storedProfiles(
  manager: EntityManager,
  ids: Iterable<string>,
): Promise<Map<string, StoredProfile>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  const rows: (Omit<StoredProfile, 'identities' | 'formerNames'> & {
    identities: StoredIdentity[] | null;
    formerNames: string[] | null;
  })[] = await manager.query(
    `SELECT k.id, k.name, k.language, k.organization_id AS "organizationId", o.domain, k.created_at AS "createdAt",
            (SELECT json_agg(DISTINCT m.name) FROM customers m WHERE m.merged_into_id = k.id AND m.name IS NOT NULL)
              AS "formerNames",
            (SELECT json_agg(i) FROM (
               SELECT id, kind, value, name, proof, source, resolves, shared FROM identities
               WHERE customer_id = k.id ORDER BY resolves DESC, proof = 'verified' DESC, created_at, id LIMIT $2
             ) i) AS identities
     FROM customers k LEFT JOIN organizations o ON o.id = k.organization_id
     WHERE k.id = ANY($1::uuid[]) AND k.merged_into_id IS NULL`,
    [asked, mostIdentities],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { ...row, formerNames: row.formerNames ?? [], identities: row.identities ?? [] },
    ]),
  );
}

/** How many customers have a value, and by which names, once somebody claims it too. */
export interface SharedValue {
  kind: IdentityKind;
  value: string;
  customers: number;
  names: (string | null)[];
}

/** Who else has these values. Numbers are one line whether they were called or written to. */
export async function holdersOf(
  manager: EntityManager,
  values: readonly { kind: IdentityKind; value: string }[],
): Promise<SharedValue[]> {
  if (values.length === 0) return [];
  return manager.query(
    `SELECT a.kind, a.value, count(DISTINCT d.customer_id)::int AS customers,
            json_agg(DISTINCT coalesce(d.name, k.name)) AS names
     FROM unnest($1::text[], $2::text[]) AS a(kind, value)
     JOIN LATERAL (
       SELECT customer_id, name FROM identities
       WHERE value = a.value AND source <> 'spoofed'
         AND kind = ANY (CASE WHEN a.kind IN ('phone', 'whatsapp') THEN ARRAY['phone', 'whatsapp'] ELSE ARRAY[a.kind] END)
       LIMIT 50
     ) d ON true
     JOIN customers k ON k.id = d.customer_id
     GROUP BY a.kind, a.value`,
    [values.map((v) => v.kind), values.map((v) => v.value)],
  );
}

/** Addresses of our own channels: nobody else's, whoever writes them. */
export async function ownAddresses(manager: EntityManager): Promise<string[]> {
  const rows: { address: string }[] = await manager.query(
    'SELECT address FROM channels WHERE address IS NOT NULL',
  );
  return rows.map((row) => row.address);
}

/** What the customer wrote before in the same case, newest first, a few messages of each. */
export async function earlierTexts(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<{ caseId: string; text: string }[]> {
  if (caseIds.length === 0) return [];
  return manager.query(
    `SELECT c.id AS "caseId", m.text FROM unnest($1::uuid[]) AS c(id)
     JOIN LATERAL (
       SELECT left(${saidSql('n')}, 2000) AS text FROM messages n
       WHERE case_id = c.id AND direction = 'inbound' AND automatic IS NULL
       ORDER BY created_at DESC, id DESC LIMIT 5
     ) m ON true`,
    [caseIds],
  );
}
