import type { Clock } from '@loket/platform/clock.js';

/** Something that is asked for often and read seldom. */
export class ShortCache<V> {
  private kept: { value: V; until: number } | null = null;
  private reading: Promise<V> | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly keepMs: number,
    private readonly read: () => Promise<V>,
  ) {}

  /** Who asks while it is being read gets that answer: an import asks hundreds of times at once. */
  async get(): Promise<V> {
    if (this.kept && this.kept.until > this.clock.now().getTime()) return this.kept.value;
    if (this.reading) return this.reading;
    const until = this.clock.now().getTime() + this.keepMs;
    const reading = this.read();
    this.reading = reading;
    try {
      const value = await reading;
      // forgotten meanwhile: what was read may be what stood there before the change
      if (this.reading === reading) this.kept = { value, until };
      return value;
    } finally {
      if (this.reading === reading) this.reading = null;
    }
  }

  /** It was changed. */
  forget(): void {
    this.kept = null;
    this.reading = null;
  }
}
