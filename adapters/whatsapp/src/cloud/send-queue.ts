import { fail } from './send-failure.js';

/** How fast Meta lets a number write (Cloud API, "Throughput" and "Pair rate limits"). */
export interface SendPace {
  /** messages a second, from one number */
  perSecond: number;
  /** to one customer: messages at once … */
  pairBurst: number;
  /** … and milliseconds until there is room for another one */
  pairMs: number;
  /** sends that wait for one number at a time */
  maxWaiting: number;
  /** milliseconds that a send may wait; longer, and it comes back later */
  maxWaitMs: number;
}

export const defaultPace: SendPace = {
  perSecond: 80,
  pairBurst: 45,
  pairMs: 6000,
  maxWaiting: 1000,
  maxWaitMs: 15_000,
};

/** idle pairs are forgotten from here on */
const manyPairs = 5000;

/**
 * Paces sends by number and by customer. Those to one customer leave in the order in which they came, one after the
 * other; nothing waits without bounds.
 */
export class SendQueue {
  private readonly numbers = new Map<string, { bucket: Bucket; waiting: number }>();
  private readonly pairs = new Map<string, { bucket: Bucket; tail: Promise<void>; held: number }>();

  constructor(private readonly pace: SendPace = defaultPace) {}

  /**
   * @param number phone number id
   * @param pair the customer's address
   * @param task makes one call to Meta for each time it calls `ready`
   * @throws ChannelError `temporary` when it would have to wait too long
   */
  async run<T>(number: string, pair: string, task: (ready: () => Promise<void>) => Promise<T>): Promise<T> {
    const line = this.number(number);
    if (line.waiting >= this.pace.maxWaiting) {
      throw fail('temporary', 'whatsapp_queue_full', { retryAfterMs: this.pace.maxWaitMs });
    }
    line.waiting += 1;
    const key = `${number} ${pair}`;
    const lane = this.pair(key);
    lane.held += 1;
    const before = lane.tail;
    let done = (): void => undefined;
    lane.tail = new Promise((resolve) => (done = resolve));
    try {
      await before;
      return await task(() => this.ready(line.bucket, lane.bucket));
    } finally {
      done();
      line.waiting -= 1;
      lane.held -= 1;
    }
  }

  /** Meta says that it was too much: what stood in the bucket was not there. */
  empty(number: string, pair: string | null): void {
    if (pair === null) this.number(number).bucket.empty();
    else this.pair(`${number} ${pair}`).bucket.empty();
  }

  private async ready(number: Bucket, pair: Bucket): Promise<void> {
    const waitMs = pair.waitMs();
    if (waitMs > this.pace.maxWaitMs) {
      throw fail('temporary', 'whatsapp_pair_rate_limited', { retryAfterMs: Math.ceil(waitMs) });
    }
    await sleep(pair.take());
    if (number.waitMs() > this.pace.maxWaitMs) {
      pair.giveBack();
      throw fail('temporary', 'whatsapp_rate_limited', { retryAfterMs: Math.ceil(number.waitMs()) });
    }
    await sleep(number.take());
  }

  private number(id: string): { bucket: Bucket; waiting: number } {
    const { perSecond } = this.pace;
    const known = this.numbers.get(id);
    if (known) return known;
    const made = { bucket: new Bucket(perSecond, 1000 / perSecond), waiting: 0 };
    this.numbers.set(id, made);
    return made;
  }

  private pair(key: string): { bucket: Bucket; tail: Promise<void>; held: number } {
    const known = this.pairs.get(key);
    if (known) return known;
    if (this.pairs.size >= manyPairs) {
      for (const [other, { bucket, held }] of this.pairs) {
        if (held === 0 && bucket.full()) this.pairs.delete(other);
      }
    }
    const { pairBurst, pairMs } = this.pace;
    const made = { bucket: new Bucket(pairBurst, pairMs), tail: Promise.resolve(), held: 0 };
    this.pairs.set(key, made);
    return made;
  }
}

/** A bucket that may be taken from in advance: then it tells how long to wait. */
class Bucket {
  private level: number;
  private at = performance.now();

  constructor(
    private readonly size: number,
    private readonly refillMs: number,
  ) {
    this.level = size;
  }

  /** milliseconds that the next one to take would wait */
  waitMs(): number {
    this.refill();
    return Math.max(0, (1 - this.level) * this.refillMs);
  }

  /** @returns milliseconds to wait for what was taken */
  take(): number {
    const waitMs = this.waitMs();
    this.level -= 1;
    return waitMs;
  }

  giveBack(): void {
    this.level += 1;
  }

  empty(): void {
    this.refill();
    this.level = Math.min(this.level, 0);
  }

  full(): boolean {
    this.refill();
    return this.level >= this.size;
  }

  private refill(): void {
    const now = performance.now();
    this.level = Math.min(this.size, this.level + (now - this.at) / this.refillMs);
    this.at = now;
  }
}

async function sleep(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
