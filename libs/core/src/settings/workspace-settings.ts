import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import {
  hoursSettingsSchema,
  tagSettingsSchema,
  workspaceSettingsSchema,
  type HoursSettings,
  type TagSettings,
  type WorkspaceSettings,
} from '@loket/contracts/settings.js';

/** What is stored whole under a key of its own, and read wherever it is needed. */
export const settingSchemas = {
  workspace: workspaceSettingsSchema,
  hours: hoursSettingsSchema,
  tags: tagSettingsSchema,
} as const;
export type SettingKey = keyof typeof settingSchemas;
export type SettingOf<K extends SettingKey> = z.infer<(typeof settingSchemas)[K]>;

/** The defaults while nobody has stored any. */
export async function readSetting<K extends SettingKey>(
  manager: EntityManager,
  key: K,
): Promise<SettingOf<K>> {
  const [row]: { value: Record<string, unknown>; version: number }[] = await manager.query(
    'SELECT value, version FROM settings WHERE key = $1',
    [key],
  );
  return settingSchemas[key].parse(row ? { ...row.value, version: row.version } : {}) as SettingOf<K>;
}

export const readWorkspace = (manager: EntityManager): Promise<WorkspaceSettings> =>
  readSetting(manager, 'workspace');
export const readHours = (manager: EntityManager): Promise<HoursSettings> => readSetting(manager, 'hours');
export const readTagSettings = (manager: EntityManager): Promise<TagSettings> => readSetting(manager, 'tags');

/**
 * @param seen the version that the change is based on
 * @returns false when somebody else was faster
 */
export async function writeSetting(
  tx: EntityManager,
  key: string,
  seen: number,
  value: object,
  now: Date,
): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `INSERT INTO settings AS s (key, value, version, updated_at) VALUES ($1, $2, $3::int + 1, $4)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version, updated_at = $4
       WHERE s.version = $3::int
     RETURNING key`,
    [key, value, seen, now],
  );
  return rows.length > 0;
}
