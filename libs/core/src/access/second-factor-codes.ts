import { Inject, Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import { type EntityManager, IsNull } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { newId } from '@loket/platform/ids.js';
import { SECRET } from '@loket/platform/secret.js';
import { SecretBox } from '../channels/channel-secrets.js';
import { EventLog } from '../events/event-log.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { SecondFactor } from './second-factor.entity.js';
import { totpStep } from './totp.js';

/** As often as one address may guess one person's password. */
const maxGuesses = 10;
const guessMs = 15 * 60_000;

/** Codes of authenticator apps and those that stand in for them: each counts once. */
@Injectable()
export class SecondFactorCodes {
  private readonly box: SecretBox;

  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
    @Inject(SECRET) secret: string,
  ) {
    this.box = new SecretBox(secret, 'second factors v1');
  }

  seal(agentId: string, totp: string): string | null {
    return this.box.seal({ totp }, agentId);
  }

  /**
   * Counts a guess before it is looked at, so that a hundred at once count as a hundred; in the database, since only
   * who knows the password gets here, and a restart must not give new guesses. A right code starts anew.
   * @throws AppError rate_limited `second_factor_limited`
   */
  async takeGuess(agentId: string): Promise<void> {
    const now = this.clock.now();
    const [row] = await this.manager.query<[{ guesses: number; guesses_until: Date }[], number]>(
      `UPDATE second_factors SET
         guesses = CASE WHEN guesses_until > $2 THEN least(guesses + 1, 1000) ELSE 1 END,
         guesses_until = CASE WHEN guesses_until > $2 THEN guesses_until ELSE $3::timestamptz END
       WHERE agent_id = $1 RETURNING guesses, guesses_until`,
      [agentId, now, new Date(now.getTime() + guessMs)],
    );
    const taken = row[0];
    if (taken === undefined || taken.guesses <= maxGuesses) return;
    throw new AppError('rate_limited', 'second_factor_limited', 'too many codes; wait before the next one', {
      data: { retryAfterSeconds: Math.ceil((taken.guesses_until.getTime() - now.getTime()) / 1000) },
    });
  }

  /**
   * Takes a code of the app, or a recovery code, within the caller's transaction. Call `takeGuess` first.
   * @throws AppError unprocessable `second_factor_wrong` `second_factor_used` `second_factor_unreadable`
   */
  async accept(tx: EntityManager, agentId: string, typed: string): Promise<void> {
    const digits = typed.replaceAll(/[\s-]/g, '');
    if (/^\d{6}$/.test(digits)) await this.acceptTotp(tx, agentId, digits);
    else await this.acceptRecovery(tx, agentId, typed);
  }

  /** The same for six digits only: a new app has to show that it works. */
  async acceptTotp(tx: EntityManager, agentId: string, typed: string): Promise<void> {
    const factor = await tx.findOneBy(SecondFactor, { agentId });
    const step = factor?.secret
      ? totpStep(this.open(factor.secret, agentId), typed.replaceAll(/[\s-]/g, ''), this.clock.now())
      : null;
    if (step === null) throw wrong();
    // One statement, so that of two who hand in one code at the same moment one is refused.
    const { affected } = await tx
      .createQueryBuilder()
      .update(SecondFactor)
      .set({ lastStep: step, guesses: 0 })
      .where('agent_id = :agentId AND last_step < :step', { agentId, step })
      .execute();
    if (!affected) {
      throw new AppError(
        'unprocessable',
        'second_factor_used',
        'this code was used already; wait for the next',
      );
    }
  }

  /** Ten new ones within the caller's transaction; those before count no more. @returns them, known to nobody after */
  async renew(tx: EntityManager, agentId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await tx.delete(RecoveryCode, { agentId });
    await tx.insert(
      RecoveryCode,
      codes.map((code) => ({ id: newId(), agentId, codeHash: hashRecoveryCode(code) })),
    );
    return codes;
  }

  private async acceptRecovery(tx: EntityManager, agentId: string, typed: string): Promise<void> {
    const { affected } = await tx.update(
      RecoveryCode,
      { agentId, codeHash: hashRecoveryCode(typed), usedAt: IsNull() },
      { usedAt: this.clock.now() },
    );
    if (!affected) throw wrong();
    await tx.update(SecondFactor, { agentId }, { guesses: 0 });
    await this.events.append(tx, [
      {
        type: 'agent.second_factor_changed',
        caseId: null,
        version: null,
        actorId: agentId,
        data: { agentId, change: 'code_used' },
      },
    ]);
  }

  private open(sealed: string, agentId: string): string {
    try {
      return this.box.open(sealed, agentId)['totp'] ?? '';
    } catch (cause) {
      throw new AppError(
        'unprocessable',
        'second_factor_unreadable',
        'the secret of the app cannot be opened: LOKET_SECRET has changed; use a recovery code',
        // not `cause`: what the box says is about channels
        { data: { reason: cause instanceof AppError ? 'secret_changed' : 'unreadable' } },
      );
    }
  }
}

function wrong(): AppError {
  return new AppError('unprocessable', 'second_factor_wrong', 'the code is not right');
}
