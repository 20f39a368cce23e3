import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { Clock } from '@loket/platform/clock.js';
import { EventLog } from '../events/event-log.js';
import { readSetting, writeSetting, type SettingKey, type SettingOf } from './workspace-settings.js';

type Change<T> = { [F in keyof T]?: T[F] | undefined };

/** Settings that are one small document each: the workspace itself, its hours, its rules for tags. */
@Injectable()
export class WorkspaceSettingsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  read<K extends SettingKey>(key: K): Promise<SettingOf<K>> {
    return readSetting(this.manager, key);
  }

  /**
   * Changes what is named and leaves the rest.
   * @throws AppError `conflict` `version_conflict` with the settings as they are
   */
  async update<K extends SettingKey>(
    key: K,
    { version, ...change }: Change<SettingOf<K>>,
    actorId: string,
  ): Promise<SettingOf<K>> {
    const written = await this.manager.transaction(async (tx) => {
      const { version: now, ...before } = await readSetting(tx, key);
      if (version !== undefined && version !== now) return false;
      if (!(await writeSetting(tx, key, now, { ...before, ...change }, this.clock.now()))) return false;
      await this.events.append(tx, [
        { type: 'settings.updated', caseId: null, version: null, actorId, data: { key } },
        ...(key === 'tags'
          ? [{ type: 'tag.updated' as const, caseId: null, version: null, actorId, data: { tagId: null } }]
          : []),
      ]);
      return true;
    });
    if (!written) {
      throw new AppError('conflict', 'version_conflict', 'somebody else changed these settings meanwhile', {
        data: await this.read(key),
      });
    }
    this.events.committed();
    return this.read(key);
  }
}
