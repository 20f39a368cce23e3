import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many points in so many seconds for each key, in this process's memory. */
export class RateGate {
  private readonly limiter: RateLimiterMemory;
  private readonly points: number;

  constructor({ points, duration }: { points: number; duration: number }) {
    this.points = points;
    this.limiter = new RateLimiterMemory({ points, duration });
  }

  /** @returns null when they are granted, else the milliseconds to wait */
  async take(key: string, points = 1): Promise<number | null> {
    try {
      await this.limiter.consume(key, points);
      return null;
    } catch (error) {
      if (error instanceof RateLimiterRes) return error.msBeforeNext;
      throw error;
    }
  }

  async isSpent(key: string): Promise<boolean> {
    const taken = await this.limiter.get(key);
    return taken !== null && taken.consumedPoints > this.points;
  }
}
