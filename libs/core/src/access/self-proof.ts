import { Injectable } from '@nestjs/common';
import { AppError } from '@loket/contracts/errors.js';
import type { Agent } from './agent.entity.js';
import { verifyPassword } from './passwords.js';
import { SignInLimits } from './sign-in-limits.js';

/** Whoever sits down at an open screen must not be able to guess here what the sign-in would not let him guess. */
@Injectable()
export class SelfProof {
  constructor(private readonly limits: SignInLimits) {}

  /** @throws AppError unprocessable `password_wrong`, rate_limited `sign_in_limited` */
  async require(agent: Agent, ip: string, currentPassword: string): Promise<void> {
    const right = await this.limits.take(ip, agent.email, () => Promise.resolve(true));
    if (!(await verifyPassword(currentPassword, agent.passwordHash)))
      throw new AppError('unprocessable', 'password_wrong', 'the current password is not right');
    await right();
  }
}
