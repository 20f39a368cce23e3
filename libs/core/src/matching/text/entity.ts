/** Things that a text names. The first row are numbers that stand for one matter, so that another number is another matter. */
export type EntityType =
  | 'order'
  | 'invoice'
  | 'ticket'
  | 'shipment'
  | 'serial'
  | 'policy'
  | 'plate'
  | 'error'
  | 'number'
  | 'account'
  | 'amount'
  | 'date'
  | 'url'
  | 'domain'
  | 'phone'
  | 'email'
  | 'product'
  | 'place';

export interface Entity {
  readonly type: EntityType;
  /** normalised: two spellings of one thing give the same value */
  readonly value: string;
  /** strong: stands for one matter; weak: comes along */
  readonly strength: 'strong' | 'weak';
}

const strong: ReadonlySet<EntityType> = new Set([
  'order',
  'invoice',
  'ticket',
  'shipment',
  'serial',
  'policy',
  'plate',
  'error',
  'number',
]);

export function entity(type: EntityType, value: string): Entity {
  return { type, value, strength: strong.has(type) ? 'strong' : 'weak' };
}

/** Numbers that people write without saying what they are, and so may be the same under two names. */
const numbers: ReadonlySet<EntityType> = new Set([
  'order',
  'invoice',
  'ticket',
  'shipment',
  'serial',
  'policy',
  'number',
  'account',
]);
/** the tail of a long number is often all that people write; shorter tails are met by chance */
const shortestTail = 5;
const mostCompared = 30;

export interface EntityComparison {
  shared: Entity[];
  /** the same type is named on both sides, and no value is common */
  other: { type: EntityType; value: string; other: string }[];
}

/** @returns what both name, and where they name different things of one type */
export function compareEntities(a: readonly Entity[], b: readonly Entity[]): EntityComparison {
  const left = a.slice(0, mostCompared);
  const right = b.slice(0, mostCompared);
  const shared: Entity[] = [];
  const settled = new Set<EntityType>();
  for (const one of left) {
    for (const twin of right) {
      if (!same(one, twin)) continue;
      settled.add(one.type).add(twin.type);
      const named = clearer(one, twin);
      if (!shared.some((known) => known.type === named.type && known.value === named.value))
        shared.push(named);
    }
  }
  const other: EntityComparison['other'] = [];
  for (const one of left) {
    if (settled.has(one.type)) continue;
    const differing = right.find((candidate) => differs(one, candidate));
    if (!differing) continue;
    settled.add(one.type).add(differing.type);
    other.push({ type: one.type, value: one.value, other: differing.value });
  }
  return { shared, other };
}

/** the one whose type says more; the same whoever comes first */
function clearer(a: Entity, b: Entity): Entity {
  if (a.type === 'number' || b.type === 'number') return a.type === 'number' ? b : a;
  return `${a.type}${a.value}` <= `${b.type}${b.value}` ? a : b;
}

/** names another thing of the same kind; bare numbers only where they are built alike (`KN-240817`, `KN-241733`) */
function differs(a: Entity, b: Entity): boolean {
  if (a.type === 'place' && b.type === 'place') return a.value.split(' ')[0] === b.value.split(' ')[0];
  // a day and a month alone cannot contradict each other
  if (a.type === 'date' && b.type === 'date') return a.value.length === b.value.length;
  if (a.type !== 'number' && b.type !== 'number') return a.type === b.type;
  if (!numbers.has(a.type) || !numbers.has(b.type)) return false;
  const [lettersA = '', lettersB = ''] = [a.value, b.value].map((value) => /^[A-Z]{0,8}/.exec(value)?.[0]);
  if (a.type !== b.type && lettersA === '') return false;
  return lettersA === lettersB && Math.abs(a.value.length - b.value.length) <= 1;
}

function same(a: Entity, b: Entity): boolean {
  if (a.type === b.type && a.value === b.value) return true;
  if (!numbers.has(a.type) || !numbers.has(b.type)) return false;
  if (a.value === b.value) return true;
  const [short, long] = a.value.length < b.value.length ? [a.value, b.value] : [b.value, a.value];
  return a.type === b.type && short.length >= shortestTail && long.endsWith(short);
}
