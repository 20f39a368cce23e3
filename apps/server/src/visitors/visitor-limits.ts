import { Injectable } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import { RateGate } from '@loket/core/access/rate-gate.js';

const minute = 60;
const rates = {
  /** new visitors of one address: an office behind one, not a crowd */
  newVisitor: { points: 60, duration: minute },
  token: { points: 300, duration: minute },
  config: { points: 600, duration: minute },
  /** sockets that one address opens */
  socket: { points: 300, duration: minute },
  history: { points: 120, duration: minute },
  upload: { points: 20, duration: minute },
  /** bytes of one visitor's files */
  uploadBytes: { points: 200_000_000, duration: 60 * minute },
  /** messages of one visitor: nobody writes faster by hand */
  message: { points: 30, duration: 10 },
  /** messages of one address, and of a whole channel */
  messageFrom: { points: 300, duration: 10 },
  messageChannel: { points: 5_000, duration: 10 },
  identify: { points: 120, duration: minute },
  confirm: { points: 10, duration: minute },
  claim: { points: 20, duration: minute },
  /** packets that fit nothing, from one address: beyond these its sockets are refused */
  malformed: { points: 1_000, duration: minute },
} as const;
export type VisitorRate = keyof typeof rates;

/** How often visitors may do what. Counted in memory, like sign-ins: a table would let strangers make us write. */
@Injectable()
export class VisitorLimits {
  private readonly gates = new Map<VisitorRate, RateGate>();

  constructor() {
    for (const [name, rate] of Object.entries(rates)) this.gates.set(name as VisitorRate, new RateGate(rate));
  }

  /** @throws AppError `rate_limited` `rate_limited` with the seconds to wait */
  async take(rate: VisitorRate, key: string, points = 1): Promise<void> {
    const ms = await this.gates.get(rate)!.take(key, points);
    if (ms !== null) throw limited(ms);
  }

  /** @returns whether nothing is left, without taking anything */
  async isSpent(rate: VisitorRate, key: string): Promise<boolean> {
    return this.gates.get(rate)!.isSpent(key);
  }

  async count(rate: VisitorRate, key: string, points = 1): Promise<void> {
    await this.gates.get(rate)!.take(key, points);
  }
}

function limited(ms: number): AppError {
  return new AppError('rate_limited', 'rate_limited', 'too much at once; wait before the next', {
    data: { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) },
  });
}
