import type { Assignable } from '../cases/assigned-case.js';
import type { Case } from '../cases/case.entity.js';
import type { Changeable } from '../cases/changed-case.js';

/** All that a bulk change may set. */
export type Fields = Omit<Changeable, 'subject'> & Assignable;
type Name = keyof Fields;

/** Fields that only make sense together: they are taken back together, or not at all. */
const groups: readonly (readonly Name[])[] = [
  [
    'status',
    'waitingSince',
    'resolvedAt',
    'snoozedUntil',
    'callbackSince',
    'callbackNumber',
    'callbackDoneAt',
  ],
  ['priority'],
  ['tags'],
  ['assigneeId', 'teamId', 'assignedAt', 'queuedAt', 'takenFromId'],
];
const names = groups.flat();

/** As it stands in the database: instants as ISO 8601. */
type Kept = Record<string, unknown>;

/** What a change did to one case: groups of fields, as they were and as they are since. */
export interface ChangedCase {
  caseId: string;
  /** the version with which somebody else had it; left out when nobody got or lost it */
  moved?: number;
  groups: { before: Kept; after: Kept }[];
}

export function fieldsOf(found: Case): Fields {
  return Object.fromEntries(names.map((name) => [name, found[name]])) as unknown as Fields;
}

/** @returns null when nothing differs */
export function changeOf(caseId: string, before: Fields, after: Fields): ChangedCase | null {
  const changed = groups
    .map((group) => ({ before: kept(before, group), after: kept(after, group) }))
    .filter((pair) => !same(pair.before, pair.after));
  return changed.length === 0 ? null : { caseId, groups: changed };
}

/** The case without the change, in all that nobody changed since. @returns null when that is nothing */
export function takenBack(found: Fields, { groups: changed }: ChangedCase): Fields | null {
  const back = changed.filter(({ after }) => same(kept(found, Object.keys(after) as Name[]), after));
  if (back.length === 0) return null;
  const values = Object.fromEntries(
    back.flatMap(({ before }) => Object.entries(before).map(([name, value]) => [name, revived(name, value)])),
  );
  return { ...found, ...values };
}

/** Nobody moved it on since, or back. */
export function isWhereItWasMoved(found: Fields, { groups: changed }: ChangedCase): boolean {
  return changed.some(
    ({ after }) => 'assigneeId' in after && same(kept(found, Object.keys(after) as Name[]), after),
  );
}

function kept(fields: Fields, group: readonly Name[]): Kept {
  return JSON.parse(JSON.stringify(Object.fromEntries(group.map((name) => [name, fields[name]])))) as Kept;
}

function same(a: Kept, b: Kept): boolean {
  return Object.keys(a).every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));
}

function revived(name: string, value: unknown): unknown {
  return typeof value === 'string' && /(At|Since|Until)$/.test(name) ? new Date(value) : value;
}
