import { RateLimiterMemory } from 'rate-limiter-flexible';
import { network } from '../access/sign-in-limits.js';

const maxFailures = 60;
const seconds = 60;

/**
 * Who signs wrongly again and again, by address. Counted in memory: a restart is not the stranger's to make, and a table
 * would let him make us write.
 */
export class FailingCallers {
  private readonly failures = new RateLimiterMemory({ points: maxFailures, duration: seconds });

  async count(ip: string): Promise<void> {
    await this.failures.penalty(network(ip));
  }

  /** @returns seconds until the address is one like all others; null when it is now */
  async secondsLeft(ip: string): Promise<number | null> {
    const failed = await this.failures.get(network(ip));
    return failed && failed.consumedPoints > maxFailures ? Math.ceil(failed.msBeforeNext / 1000) : null;
  }
}
