/**
 * How well one way of putting things together matches another. Two measures, since each hides what the other shows:
 * pairwise counts pairs that are together (a case of twenty messages weighs 190 times one of two), B³ (Bagga and
 * Baldwin 1998) asks for each item how pure and how complete its group is, and takes the mean.
 *
 * @param items rows of `{truth, found}`; equal values are one group
 */
export function compare(items) {
  return { ...pairwise(items), b3: bCubed(items) };
}

function pairwise(items) {
  const pairs = (n) => (n * (n - 1)) / 2;
  const total = (sizes) => sizes.reduce((sum, n) => sum + pairs(n), 0);
  const together = total([...sizesOf(items, (i) => `${i.truth}\n${i.found}`).values()]);
  const found = total([...sizesOf(items, (i) => i.found).values()]);
  const truth = total([...sizesOf(items, (i) => i.truth).values()]);
  return { ...rates(together, found, truth), pairs: { together, found, truth } };
}

function bCubed(items) {
  const both = sizesOf(items, (i) => `${i.truth}\n${i.found}`);
  const [found, truth] = [sizesOf(items, (i) => i.found), sizesOf(items, (i) => i.truth)];
  let [precision, recall] = [0, 0];
  for (const item of items) {
    const shared = both.get(`${item.truth}\n${item.found}`);
    precision += shared / found.get(item.found);
    recall += shared / truth.get(item.truth);
  }
  precision /= items.length || 1;
  recall /= items.length || 1;
  return { precision, recall, f1: harmonic(precision, recall) };
}

/** @returns precision, recall and F1; nothing found is nothing wrong, nothing to find is nothing missed */
export function rates(right, found, truth) {
  const precision = found === 0 ? 1 : right / found;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: harmonic(precision, recall) };
}

const harmonic = (a, b) => (a + b === 0 ? 0 : (2 * a * b) / (a + b));

function sizesOf(items, key) {
  const sizes = new Map();
  for (const item of items) sizes.set(key(item), (sizes.get(key(item)) ?? 0) + 1);
  return sizes;
}

/** @returns the value that stands most often; of equals the first */
export function majority(values) {
  const counts = sizesOf(values, (v) => v);
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [undefined, 0])[0];
}

/** @returns Map from key to the items that have it, in order (Node 20 has no Map.groupBy) */
export function groupBy(items, key) {
  const groups = new Map();
  for (const item of items) {
    const own = groups.get(key(item));
    if (own) own.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Groups that grow together: `union(a, b)`, `find(a)`. */
export class Unions {
  #parents = new Map();

  find(a) {
    const parent = this.#parents.get(a);
    if (parent === undefined || parent === a) return a;
    const top = this.find(parent);
    this.#parents.set(a, top);
    return top;
  }

  union(a, b) {
    this.#parents.set(this.find(a), this.find(b));
  }
}
