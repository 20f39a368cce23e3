import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Nest injection token of the workspace secret: signs case tokens, seals channel passwords. */
export const SECRET = Symbol('secret');

/**
 * The secret of LOKET_SECRET, else the one in the data dir, made at the first start. Losing it makes stored channel
 * passwords unreadable and old reply tokens void, so it belongs into the backup.
 */
export function readSecret(dataDir: string, fromEnvironment?: string): string {
  if (fromEnvironment !== undefined) return fromEnvironment;
  const file = join(dataDir, 'secret');
  try {
    // `wx`: of two processes that start at once, one makes it and the other reads it.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
