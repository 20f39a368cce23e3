import { digestOf, type Digest } from '../../matching/text/digest.js';
import type { Lexicon } from '../../matching/text/lexicon.js';
import { faultsIn } from './burst-likeness.js';
import type { ReportedCase } from './burst.queries.js';

/** A case whose customer has said enough to compare it. */
export interface Report extends ReportedCase {
  digest: Digest;
  faults: readonly string[];
  namesError: boolean;
}

/** the last few hundred cases are read again and again */
const digests = new Map<string, { lexicon: Lexicon; digest: Digest }>();
const mostDigests = 2_000;

/** @returns null while nothing was said but greetings, nudges and files */
export function reportOf(one: ReportedCase, lexicon: Lexicon): Report | null {
  const digest = digestOfCase(one, lexicon);
  if (digest.content !== 'full') return null;
  const namesError = digest.entities.some(({ type }) => type === 'error');
  return { ...one, digest, faults: faultsIn(digest), namesError };
}

function digestOfCase(one: ReportedCase, lexicon: Lexicon): Digest {
  const key = one.messageIds.join();
  const kept = digests.get(key);
  if (kept?.lexicon === lexicon) return kept.digest;
  const digest = digestOf({ subject: one.subject, text: one.text, attachments: [] }, lexicon);
  if (digests.size >= mostDigests) digests.clear();
  digests.set(key, { lexicon, digest });
  return digest;
}
