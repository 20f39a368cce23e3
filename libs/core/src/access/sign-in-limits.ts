import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '@loket/contracts/errors.js';

const minutes = 60;

/**
 * How often one may guess passwords. Counted in memory: each guess costs more here than a row would, a restart is not the
 * guesser's to make, and a table would let strangers make us write.
 *
 * - One address guessing for one person: 10 in 15 minutes.
 * - One address, whomever it tries: 100 in 15 minutes.
 * - One person, from everywhere: 50 in 15 minutes. This one alone could be used to lock somebody out, so addresses
 *   from which he has signed in before are exempt.
 *
 * Guesses count before the password is checked, so that a hundred at once count as a hundred; the right password takes its
 * own guess back.
 */
@Injectable()
export class SignInLimits {
  private readonly pair = new RateLimiterMemory({ points: 10, duration: 15 * minutes });
  private readonly address = new RateLimiterMemory({ points: 100, duration: 15 * minutes });
  private readonly person = new RateLimiterMemory({ points: 50, duration: 15 * minutes });

  /**
   * @param knownHere whether this person has signed in from this address before; asked only when it matters
   * @returns to be called when the password was right
   * @throws AppError rate_limited `sign_in_limited` with the seconds to wait
   */
  async take(ip: string, email: string, knownHere: () => Promise<boolean>): Promise<() => Promise<void>> {
    const from = network(ip);
    const pair = `${from} ${email}`;
    await consume(this.address, from);
    await consume(this.pair, pair);
    const everywhere = await this.person.get(email);
    if (everywhere && everywhere.remainingPoints <= 0 && !(await knownHere())) refuse(everywhere);
    await this.person.penalty(email);
    return async () => {
      await this.pair.delete(pair);
      await this.address.reward(from);
      await this.person.reward(email);
    };
  }

  /** Whoever has proven himself some other way begins anew from there. */
  async forgive(ip: string, email: string): Promise<void> {
    await this.pair.delete(`${network(ip)} ${email}`);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) refuse(error);
    throw error;
  }
}

function refuse({ msBeforeNext }: RateLimiterRes): never {
  throw new AppError('rate_limited', 'sign_in_limited', 'too many tries; wait before the next one', {
    data: { retryAfterSeconds: Math.ceil(msBeforeNext / 1000) },
  });
}

/** A household has a whole /64 of IPv6 addresses, so they count as one. */
export function network(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped?.[1]) return mapped[1];
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('%', 1)[0]!.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = ip.includes('::') ? Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0') : [];
  return `${[...front, ...zeros, ...back]
    .slice(0, 4)
    .map((g) => g.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
