import { Injectable } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import { RateGate } from './rate-gate.js';
import { network } from './sign-in-limits.js';

const minutes = 60;

/**
 * How often one address may come with links that nobody made, and ask for mail. 256 bits are not guessed; this only keeps
 * strangers from keeping us busy. Right links are free, since whole offices come from one address.
 */
@Injectable()
export class LinkGate {
  private readonly wrong = new RateGate({ points: 30, duration: 15 * minutes });
  private readonly asked = new RateGate({ points: 10, duration: 15 * minutes });

  /** @throws AppError rate_limited `sign_in_limited` when too many wrong ones came from there */
  async pass(ip: string): Promise<void> {
    if (await this.wrong.isSpent(network(ip))) throw limited(15 * minutes);
  }

  async countWrong(ip: string): Promise<void> {
    await this.wrong.take(network(ip));
  }

  /** @throws AppError rate_limited `sign_in_limited` when too many mails were asked for from there */
  async ask(ip: string): Promise<void> {
    const waitMs = await this.asked.take(network(ip));
    if (waitMs !== null) throw limited(Math.ceil(waitMs / 1000));
  }
}

function limited(retryAfterSeconds: number): AppError {
  return new AppError('rate_limited', 'sign_in_limited', 'too many tries; wait before the next one', {
    data: { retryAfterSeconds },
  });
}
