import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { MatchingSettings, UpdateMatchingSettings } from '@loket/contracts/settings.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { limitsOf } from '../matching/settings.js';
import { matchingKey, MatchingSettingsStore, readMatchingSettings } from '../matching/settings-store.js';
import { writeSetting } from './workspace-settings.js';

/** What admins decide for the whole workspace. */
@Injectable()
export class SettingsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly store: MatchingSettingsStore,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  matching(): Promise<MatchingSettings> {
    return readMatchingSettings(this.manager);
  }

  /**
   * Changes what is named and leaves the rest. In force here at once, in other processes within a second.
   * @throws AppError `conflict` `version_conflict` with the current settings; `unprocessable` `thresholds_crossed`
   */
  async updateMatching(
    { version, ...change }: UpdateMatchingSettings,
    actorId: string,
  ): Promise<MatchingSettings> {
    const stale = await this.manager.transaction(async (tx) => {
      const now = await readMatchingSettings(tx);
      if (version !== undefined && version !== now.version) return true;
      const next = { ...now, ...change };
      requireOrder(next);
      return !(await this.write(tx, now, next, actorId));
    });
    if (stale) {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed these settings meanwhile', {
        data: await this.matching(),
      });
    }
    this.events.committed();
    await this.store.refresh();
    return this.matching();
  }

  /** @returns false when somebody else was faster */
  private async write(
    tx: EntityManager,
    now: MatchingSettings,
    { version: _, ...value }: MatchingSettings,
    actorId: string,
  ): Promise<boolean> {
    if (!(await writeSetting(tx, matchingKey, now.version, value, this.clock.now()))) return false;
    await this.events.append(tx, [
      { type: 'settings.updated', caseId: null, version: null, actorId, data: { key: matchingKey } },
    ]);
    return true;
  }
}

/** What is joined would also be suggested: the other way round the middle would be empty, and nobody would see why. */
function requireOrder(settings: MatchingSettings): void {
  const { joinAt, suggestAt } = limitsOf(settings);
  if (joinAt >= suggestAt) return;
  throw new AppError(
    'unprocessable',
    'thresholds_crossed',
    'messages cannot be joined at a lower score than they are suggested at',
    { data: { joinAt, suggestAt } },
  );
}
