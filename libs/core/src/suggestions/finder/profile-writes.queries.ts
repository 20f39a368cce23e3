import type { EntityManager } from 'typeorm';
import type { IdentityKind } from '@loket/contracts/inbound.js';
import { newId } from '@loket/platform/ids.js';
import type { NewClaim } from './new-claims.js';

/** @returns customers among these that got a claim */
export async function insertClaims(
  tx: EntityManager,
  claims: readonly NewClaim[],
  now: Date,
): Promise<string[]> {
  if (claims.length === 0) return [];
  const rows: { customer_id: string }[] = await tx.query(
    `INSERT INTO identities (id, customer_id, kind, value, verbatim, name, proof, resolves, source, evidence, created_at)
     SELECT n.id, n.customer_id, n.kind, n.value, n.verbatim, n.name, 'claimed', false, n.source, ARRAY[n.evidence], $1
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
          AS n(id, customer_id, kind, value, verbatim, name, source, evidence)
     JOIN customers k ON k.id = n.customer_id AND k.merged_into_id IS NULL
     WHERE NOT EXISTS (
       SELECT FROM identities d WHERE d.customer_id = n.customer_id AND d.kind = n.kind AND d.value = n.value)
     RETURNING customer_id`,
    [
      now,
      claims.map(() => newId()),
      claims.map((c) => c.customerId),
      claims.map((c) => c.kind),
      claims.map((c) => c.value),
      claims.map((c) => c.verbatim),
      claims.map((c) => c.name),
      claims.map((c) => c.source),
      claims.map((c) => `message ${c.messageId}`),
    ],
  );
  return rows.map((row) => row.customer_id);
}

/** The name that somebody gives himself, where his channel gives none. @returns customers of those that had none */
export async function nameIdentities(
  tx: EntityManager,
  names: readonly { identityId: string; name: string }[],
): Promise<string[]> {
  if (names.length === 0) return [];
  const [rows]: [{ customer_id: string }[], number] = await tx.query(
    `UPDATE identities d SET name = n.name FROM unnest($1::uuid[], $2::text[]) AS n(id, name)
     WHERE d.id = n.id AND d.name IS NULL RETURNING d.customer_id`,
    [names.map((n) => n.identityId), names.map((n) => n.name)],
  );
  return rows.map((row) => row.customer_id);
}

/** @returns customers of those that were not marked before */
export async function markShared(tx: EntityManager, identityIds: readonly string[]): Promise<string[]> {
  if (identityIds.length === 0) return [];
  const [rows]: [{ customer_id: string }[], number] = await tx.query(
    'UPDATE identities SET shared = true WHERE id = ANY($1::uuid[]) AND NOT shared RETURNING customer_id',
    [identityIds],
  );
  return rows.map((row) => row.customer_id);
}

/** @returns customers of those that were not marked before */
export async function markSharedValues(
  tx: EntityManager,
  values: readonly { kind: IdentityKind; value: string }[],
): Promise<string[]> {
  if (values.length === 0) return [];
  const [rows]: [{ customer_id: string }[], number] = await tx.query(
    `UPDATE identities d SET shared = true FROM unnest($1::text[], $2::text[]) AS v(kind, value)
     WHERE d.value = v.value AND NOT d.shared
       AND d.kind = ANY (CASE WHEN v.kind IN ('phone', 'whatsapp') THEN ARRAY['phone', 'whatsapp'] ELSE ARRAY[v.kind] END)
     RETURNING d.customer_id`,
    [values.map((v) => v.kind), values.map((v) => v.value)],
  );
  return rows.map((row) => row.customer_id);
}

/** Customers by the domains of their organizations, which come to be with the first of them. @returns those changed */
export async function setOrganizations(
  tx: EntityManager,
  members: readonly { customerId: string; domain: string; name: string }[],
  now: Date,
): Promise<string[]> {
  if (members.length === 0) return [];
  const domains = new Map(members.map((m) => [m.domain, m.name]));
  await tx.query(
    `INSERT INTO organizations (id, name, domain, created_at)
     SELECT n.id, n.name, n.domain, $4 FROM unnest($1::uuid[], $2::text[], $3::text[]) AS n(id, name, domain)
     ON CONFLICT (domain) DO NOTHING`,
    [[...domains].map(() => newId()), [...domains.values()], [...domains.keys()], now],
  );
  const [rows]: [{ id: string }[], number] = await tx.query(
    `UPDATE customers k SET organization_id = o.id
     FROM unnest($1::uuid[], $2::text[]) AS n(customer_id, domain) JOIN organizations o ON o.domain = n.domain
     WHERE k.id = n.customer_id AND k.merged_into_id IS NULL AND k.organization_id IS NULL RETURNING k.id`,
    [members.map((m) => m.customerId), members.map((m) => m.domain)],
  );
  return rows.map((row) => row.id);
}

/** Silently: what language somebody writes is seen by whoever reads him. */
export async function setLanguages(
  tx: EntityManager,
  languages: readonly { customerId: string; language: 'id' | 'en' }[],
): Promise<void> {
  if (languages.length === 0) return;
  await tx.query(
    `UPDATE customers k SET language = n.language FROM unnest($1::uuid[], $2::text[]) AS n(customer_id, language)
     WHERE k.id = n.customer_id AND k.merged_into_id IS NULL`,
    [languages.map((l) => l.customerId), languages.map((l) => l.language)],
  );
}

/** Agents who have the customer open see that he is another one now. */
export async function countUp(tx: EntityManager, customerIds: readonly string[], now: Date): Promise<void> {
  await tx.query('UPDATE customers SET version = version + 1, updated_at = $2 WHERE id = ANY($1::uuid[])', [
    customerIds,
    now,
  ]);
}
