import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import { readTagSettings } from '../settings/workspace-settings.js';

/**
 * Words that people put on a case, where only agreed tags may stand.
 *
 * @param added without those that the cases have already
 * @throws AppError `unprocessable` `tag_unknown` with the words that are no tags
 */
export async function requireAgreed(tx: EntityManager, added: readonly string[]): Promise<void> {
  if (added.length === 0 || (await readTagSettings(tx)).free) return;
  const rows: { name: string }[] = await tx.query(
    'SELECT name FROM tags WHERE archived_at IS NULL AND name = ANY($1::text[])',
    [added],
  );
  const agreed = new Set(rows.map(({ name }) => name));
  const unknown = added.filter((name) => !agreed.has(name));
  if (unknown.length === 0) return;
  throw new AppError('unprocessable', 'tag_unknown', 'only agreed tags may be put on cases', {
    data: { tags: unknown },
  });
}
