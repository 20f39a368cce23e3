import type { PoolClient } from 'pg';
import { digestOf, type Digest } from '../matching/text/digest.js';
import type { Lexicon } from '../matching/text/lexicon.js';
import { findSaid } from './open-cases.queries.js';

/** A digest is some ten kilobytes. */
const mostKept = 4_000;

/** What stored messages say, read once: messages do not change (but for calls), and those of open cases are compared again and again. */
export class MessageDigests {
  private readonly kept = new Map<string, Digest>();
  private lexicon: Lexicon | null = null;

  /** @returns by message id; messages that do not exist are missing */
  async of(
    client: PoolClient,
    messageIds: readonly string[],
    lexicon: Lexicon,
  ): Promise<Map<string, Digest>> {
    if (lexicon !== this.lexicon) this.kept.clear();
    this.lexicon = lexicon;
    const found = new Map<string, Digest>();
    for (const id of messageIds) {
      const digest = this.kept.get(id);
      if (digest) found.set(id, digest);
    }
    const missing = messageIds.filter((id) => !found.has(id));
    for (const { id, files, ...said } of missing.length > 0 ? await findSaid(client, [missing]) : []) {
      found.set(id, digestOf({ ...said, attachments: files ?? [] }, lexicon));
    }
    for (const [id, digest] of found) this.keep(id, digest);
    return found;
  }

  /** More is known of a call, and what was noted about it. */
  forget(id: string): void {
    this.kept.delete(id);
  }

  /** Remembers what a message says that has just been read. */
  keep(id: string, digest: Digest): void {
    this.kept.delete(id);
    this.kept.set(id, digest);
    const oldest = this.kept.keys().next();
    if (this.kept.size > mostKept && !oldest.done) this.kept.delete(oldest.value);
  }
}
