import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import type { Role } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import {
  type SignInRules,
  signInRulesSchema,
  type UpdateSignInRules,
} from '@loket/contracts/second-factor.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';

const key = 'sign_in';

/** What admins ask of everybody's sign-in. */
@Injectable()
export class SignInRulesService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  async get(): Promise<SignInRules> {
    const [row] = await this.manager.query<{ value: object; version: number }[]>(
      'SELECT value, version FROM settings WHERE key = $1',
      [key],
    );
    return signInRulesSchema.parse(row ? { ...row.value, version: row.version } : {});
  }

  async requires(role: Role): Promise<boolean> {
    return (await this.get()).secondFactorFor.includes(role);
  }

  /** @throws AppError conflict `version_conflict` with the current rules */
  async update({ version, ...change }: UpdateSignInRules, actorId: string): Promise<SignInRules> {
    const now = await this.get();
    const value = { secondFactorFor: [...new Set(change.secondFactorFor ?? now.secondFactorFor)] };
    const written =
      (version === undefined || version === now.version) && (await this.write(value, now.version, actorId));
    if (!written) {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed these settings meanwhile', {
        data: await this.get(),
      });
    }
    return this.get();
  }

  /** @returns false when somebody else was faster */
  private async write(value: object, version: number, actorId: string): Promise<boolean> {
    const done = await this.manager.transaction(async (tx) => {
      const rows: unknown[] = await tx.query(
        `INSERT INTO settings AS s (key, value, version, updated_at) VALUES ($1, $2, $3::int + 1, $4)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version, updated_at = $4
           WHERE s.version = $3::int
         RETURNING key`,
        [key, value, version, this.clock.now()],
      );
      if (rows.length === 0) return false;
      await this.events.append(tx, [
        { type: 'settings.updated', caseId: null, version: null, actorId, data: { key } },
      ]);
      return true;
    });
    if (done) this.events.committed();
    return done;
  }
}
