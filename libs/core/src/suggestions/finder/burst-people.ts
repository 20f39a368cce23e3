import type { EntityManager } from 'typeorm';
import { compareEntities, type EntityType } from '../../matching/text/entity.js';
import type { Report } from './burst-report.js';

/** Numbers that belong to one customer: two reports that name the same are of one person, or of one house. */
const personal: ReadonlySet<EntityType> = new Set([
  'order',
  'invoice',
  'ticket',
  'shipment',
  'serial',
  'policy',
  'plate',
  'number',
  'account',
  'phone',
  'email',
]);

/**
 * How many people stand behind the reports, at least. Profiles that may be one person, as far as that is suggested, count
 * once: somebody who writes on three channels is not yet an outage.
 */
export async function countPeople(manager: EntityManager, reports: readonly Report[]): Promise<number> {
  const groups = new Groups(reports.map((r) => r.customerId));
  for (const [n, one] of reports.entries()) {
    for (const other of reports.slice(n + 1)) {
      const { shared } = compareEntities(one.digest.entities, other.digest.entities);
      if (shared.some(({ type }) => personal.has(type))) groups.join(one.customerId, other.customerId);
    }
  }
  const rows: { ids: string[] }[] = await manager.query(
    `SELECT ARRAY(SELECT coalesce(k.merged_into_id, k.id) FROM customers k WHERE k.id = ANY(s.customer_ids)) AS ids
     FROM suggestions s
     WHERE s.state = 'waiting' AND s.kind IN ('customer', 'case') AND s.customer_ids && $1::uuid[]`,
    [[...new Set(reports.map((r) => r.customerId))]],
  );
  for (const { ids } of rows) for (const id of ids.slice(1)) groups.join(ids[0] ?? id, id);
  return groups.count;
}

/** Sets of ids that are one (union-find). Ids that it was not made with are not known to it. */
class Groups {
  private readonly parents: Map<string, string>;

  constructor(ids: Iterable<string>) {
    this.parents = new Map([...ids].map((id) => [id, id]));
  }

  join(a: string, b: string): void {
    const [one, other] = [this.root(a), this.root(b)];
    if (one !== null && other !== null) this.parents.set(one, other);
  }

  get count(): number {
    return [...this.parents].filter(([id, parent]) => id === parent).length;
  }

  private root(id: string): string | null {
    let at = id;
    for (let up = this.parents.get(at); up !== at; up = this.parents.get(at)) {
      if (up === undefined) return null;
      at = up;
    }
    return at;
  }
}
