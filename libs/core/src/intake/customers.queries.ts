import type { PoolClient, QueryResultRow } from 'pg';
import type { IdentityKind, Proof } from '@loket/contracts/inbound.js';
import { prepared } from '@loket/platform/database/prepared.js';
import type { AddressRole } from './whose-message.js';

// Whose a message is, in SQL; see intake.queries.ts on why it is set-based and prepared.

export interface IdentityRow extends QueryResultRow {
  position: number;
  role: AddressRole;
  id: string;
  customer_id: string;
  kind: IdentityKind;
  value: string;
  proof: Proof;
  resolves: boolean;
  source: string;
  name: string | null;
  profile_name: string | null;
  nothing_else: boolean;
}

/** Stored identities with the addresses asked for: those that decide, and those kept apart beside them. */
export const findIdentities = prepared<IdentityRow>(
  'intake_identities',
  `SELECT i.position, i.role, d.id, d.customer_id, d.kind, d.value, d.proof, d.resolves, d.source,
          coalesce(d.name, k.name) AS name, k.name AS profile_name,
          i.role = 'twin' AND NOT EXISTS (
            SELECT FROM identities o WHERE o.customer_id = d.customer_id AND o.value <> d.value) AS nothing_else
   FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS i(position, role, kind, value)
   JOIN identities d ON d.kind = i.kind AND d.value = i.value
   JOIN customers k ON k.id = d.customer_id
   WHERE d.resolves OR d.source IN ('spoofed', 'shared_line')
   ORDER BY d.created_at, d.id`,
);

export interface NewCustomer {
  id: string;
  name: string | null;
}

export interface NewIdentity {
  id: string;
  customerId: string;
  kind: IdentityKind;
  value: string;
  verbatim: string;
  name: string | null;
  proof: Proof;
  resolves: boolean;
  source: string;
  evidence: readonly string[];
}

const insertCustomersSql = prepared(
  'intake_insert_customers',
  `WITH new_customers AS (
     INSERT INTO customers (id, name, created_at, updated_at)
     SELECT id, name, $3, $3 FROM unnest($1::uuid[], $2::text[]) AS n(id, name)
   )
   INSERT INTO identities (id, customer_id, kind, value, verbatim, name, proof, resolves, source, evidence, created_at)
   SELECT n.id, n.customer_id, n.kind, n.value, n.verbatim, n.name, n.proof, n.resolves, n.source,
          ARRAY(SELECT jsonb_array_elements_text(n.evidence)), $3
   FROM unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bool[],
               $12::text[], $13::jsonb[])
        AS n(id, customer_id, kind, value, verbatim, name, proof, resolves, source, evidence)`,
);

/** Profiles and the addresses that messages of this group came from. */
export async function insertCustomers(
  client: PoolClient,
  customers: readonly NewCustomer[],
  identities: readonly NewIdentity[],
  now: Date,
): Promise<void> {
  if (identities.length === 0) return;
  await insertCustomersSql(client, [
    customers.map((c) => c.id),
    customers.map((c) => c.name),
    now,
    ...columnsOf(identities),
  ]);
}

const insertFurtherSql = prepared(
  'intake_insert_further',
  `INSERT INTO identities (id, customer_id, kind, value, verbatim, name, proof, resolves, source, evidence, created_at)
   SELECT n.id, n.customer_id, n.kind, n.value, n.verbatim, n.name, n.proof,
          n.resolves AND NOT EXISTS (
            SELECT FROM identities d WHERE d.kind = n.kind AND d.value = n.value AND d.resolves),
          n.source, ARRAY(SELECT jsonb_array_elements_text(n.evidence)), $1
   FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bool[],
               $10::text[], $11::jsonb[])
        AS n(id, customer_id, kind, value, verbatim, name, proof, resolves, source, evidence)
   WHERE NOT EXISTS (
     SELECT FROM identities d WHERE d.customer_id = n.customer_id AND d.kind = n.kind AND d.value = n.value)`,
);

const upgradeFurtherSql = prepared(
  'intake_upgrade_further',
  `UPDATE identities d SET proof = 'verified', source = n.source,
     resolves = d.resolves OR NOT EXISTS (
       SELECT FROM identities o WHERE o.kind = n.kind AND o.value = n.value AND o.resolves)
   FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS n(customer_id, kind, value, source)
   WHERE d.customer_id = n.customer_id AND d.kind = n.kind AND d.value = n.value AND d.proof = 'claimed'`,
);

/**
 * Further addresses of senders. What the channel vouches for decides from now on, unless it is somebody's already;
 * what was only typed is kept as a claim.
 */
export async function insertFurther(
  client: PoolClient,
  identities: readonly NewIdentity[],
  now: Date,
): Promise<void> {
  if (identities.length === 0) return;
  const vouched = identities.filter((i) => i.proof === 'verified');
  if (vouched.length > 0) {
    await upgradeFurtherSql(client, [
      vouched.map((i) => i.customerId),
      vouched.map((i) => i.kind),
      vouched.map((i) => i.value),
      vouched.map((i) => i.source),
    ]);
  }
  await insertFurtherSql(client, [now, ...columnsOf(identities)]);
}

function columnsOf(identities: readonly NewIdentity[]): unknown[] {
  return [
    identities.map((i) => i.id),
    identities.map((i) => i.customerId),
    identities.map((i) => i.kind),
    identities.map((i) => i.value),
    identities.map((i) => i.verbatim),
    identities.map((i) => i.name),
    identities.map((i) => i.proof),
    identities.map((i) => i.resolves),
    identities.map((i) => i.source),
    identities.map((i) => JSON.stringify(i.evidence)),
  ];
}

/** A claim that has now been proven, and the name that came with it. */
export const refreshIdentities = prepared(
  'intake_refresh_identities',
  `UPDATE identities d
   SET name = coalesce(i.name, d.name),
       proof = CASE WHEN i.proven THEN 'verified' ELSE d.proof END,
       evidence = CASE WHEN i.proven AND d.proof = 'claimed'
                       THEN ARRAY(SELECT jsonb_array_elements_text(i.evidence)) ELSE d.evidence END
   FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::jsonb[]) AS i(id, name, proven, evidence)
   WHERE d.id = i.id AND ((i.proven AND d.proof = 'claimed') OR i.name IS DISTINCT FROM d.name)`,
);

/** Those identities that still are where they were found, now that their customers are held. */
export const findUnmoved = prepared<{ id: string }>(
  'intake_unmoved_identities',
  `SELECT d.id FROM unnest($1::uuid[], $2::uuid[]) AS i(id, customer_id)
   JOIN identities d ON d.id = i.id AND d.customer_id = i.customer_id
   JOIN customers k ON k.id = d.customer_id AND k.merged_into_id IS NULL`,
);

const ownersSql = prepared<{ id: string; customer_id: string }>(
  'intake_case_owners',
  `SELECT k.id, c.customer_id FROM cases k JOIN cases c ON c.id = coalesce(k.merged_into_id, k.id)
   WHERE k.id = ANY($1::uuid[])`,
);

/** @returns customer by case; a merged case is its successor's customer's */
export async function ownersOf(client: PoolClient, caseIds: readonly string[]): Promise<Map<string, string>> {
  if (caseIds.length === 0) return new Map();
  const rows = await ownersSql(client, [caseIds]);
  return new Map(rows.map((row) => [row.id, row.customer_id]));
}
