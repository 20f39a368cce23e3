import type { LockKey } from './locks.js';

/** Something that waits for its turn, with the locks by which it excludes others. */
export interface Waiting {
  readonly lockKeys: readonly LockKey[];
}

/**
 * Messages that wait for intake, in the order of their arrival.
 *
 * `take` forms a group in which no two share a lock, none shares one with a group under way, and none overtakes an
 * earlier message that it shares one with. So a group never waits for itself or for a sibling, one customer's
 * messages keep their order, and a flood from one sender does not hold up the others.
 */
export class IntakeQueue<T extends Waiting> {
  private waiting: T[] = [];

  /** @param busy locks of groups under way; queues that share them do not wait for each other's groups either */
  constructor(private readonly busy: Set<LockKey> = new Set()) {}

  get length(): number {
    return this.waiting.length;
  }

  push(item: T): void {
    this.waiting.push(item);
  }

  /** Puts items back in front, for example those that turned out to be the same customer's. */
  unshift(items: readonly T[]): void {
    this.waiting = [...items, ...this.waiting];
  }

  /**
   * Takes the next group out of the queue and marks its locks as busy until `release`.
   * @param maxItems messages in one group
   * @param maxLocks locks that one transaction may hold
   */
  take(maxItems: number, maxLocks: number): T[] {
    const group: T[] = [];
    const left: T[] = [];
    const passed = new Set<LockKey>();
    let locks = 0;
    let seen = 0;
    for (const item of this.waiting) {
      // Looking far behind a flood of one sender costs time for every group, so the look-ahead is bounded.
      if (group.length >= maxItems || seen++ >= maxItems * 16) break;
      const fits = group.length === 0 || locks + item.lockKeys.length <= maxLocks;
      if (fits && item.lockKeys.every((k) => !this.busy.has(k) && !passed.has(k))) {
        group.push(item);
        locks += item.lockKeys.length;
      } else {
        left.push(item);
      }
      for (const k of item.lockKeys) passed.add(k);
    }
    this.waiting = [...left, ...this.waiting.slice(group.length + left.length)];
    for (const item of group) for (const k of item.lockKeys) this.busy.add(k);
    return group;
  }

  release(group: readonly T[]): void {
    for (const item of group) for (const k of item.lockKeys) this.busy.delete(k);
  }
}
