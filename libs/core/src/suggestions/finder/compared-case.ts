import type { Evidence } from '@loket/contracts/inbound.js';
import { scoreCases, type OpenCaseFacts } from '../../matching/case-score.js';
import { digestOf, type Digest } from '../../matching/text/digest.js';
import type { Lexicon } from '../../matching/text/lexicon.js';
import type { OpenCaseRow } from './open-cases.queries.js';

/** A case as it is compared with others. */
export interface ComparedCase extends OpenCaseFacts {
  customerId: string;
  createdAt: Date;
}

/** @param rows of several cases, the messages of each together, newest first */
export function comparedCases(rows: readonly OpenCaseRow[], digests: Digests): ComparedCase[] {
  const byCase = new Map<string, OpenCaseRow[]>();
  for (const row of rows) {
    const own = byCase.get(row.caseId) ?? [];
    byCase.set(row.caseId, own);
    own.push(row);
  }
  return [...byCase.values()].flatMap((own) => {
    const [newest] = own;
    if (!newest) return [];
    const times = own.map((row) => row.at.getTime());
    return [
      {
        caseId: newest.caseId,
        caseNumber: Number(newest.caseNumber),
        customerId: newest.customerId,
        createdAt: newest.createdAt,
        subject: newest.caseSubject,
        openedAt: new Date(Math.min(...times)),
        lastMessageAt: new Date(Math.max(...times)),
        lastDirection: newest.lastDirection,
        channelKinds: newest.channelKinds,
        messages: own.map((row) => ({
          digest: digests.of(row),
          at: row.at,
          direction: row.direction,
          channelKind: row.channelKind,
          channelId: row.channelId,
          senderName: row.senderName,
        })),
      },
    ];
  });
}

/** messages of the younger case by which it is compared: what it was opened with */
const openingMessages = 3;

/**
 * How likely a case continues one of those that were there before it.
 * @returns the best score and its reasons by id of the older case
 */
export function scoreAgainst(
  younger: ComparedCase,
  older: readonly ComparedCase[],
  lexicon: Lexicon,
): Map<string, { score: number; evidence: Evidence[] }> {
  const best = new Map<string, { score: number; evidence: Evidence[] }>();
  const opening = younger.messages
    .filter(({ direction, digest }) => direction === 'inbound' && tellsSomething(digest))
    .slice(-openingMessages);
  for (const message of opening) {
    for (const { caseId, score, evidence } of scoreCases(message, older, lexicon)) {
      if (score > (best.get(caseId)?.score ?? 0)) best.set(caseId, { score, evidence });
    }
  }
  return best;
}

/** A greeting fits every case; intake has placed it by where it stood. */
function tellsSomething({ content, switchFrom, entities, files }: Digest): boolean {
  return (
    content === 'full' ||
    switchFrom.length > 0 ||
    files.length > 0 ||
    entities.some(({ strength }) => strength === 'strong')
  );
}

const mostDigests = 3_000;

/** What messages say, read once: they do not change, and open cases are compared again and again. */
export class Digests {
  private readonly kept = new Map<string, Digest>();
  private lexicon: Lexicon | null = null;

  /** Begins anew when the workspace's words have changed. */
  use(lexicon: Lexicon): void {
    if (lexicon !== this.lexicon) this.kept.clear();
    this.lexicon = lexicon;
  }

  of({
    messageId,
    subject,
    text,
    quoted,
    files,
  }: Pick<OpenCaseRow, 'messageId' | 'subject' | 'text' | 'quoted' | 'files'>): Digest {
    if (!this.lexicon) throw new Error('no lexicon to read with');
    const digest =
      this.kept.get(messageId) ?? digestOf({ subject, text, quoted, attachments: files ?? [] }, this.lexicon);
    this.kept.delete(messageId);
    this.kept.set(messageId, digest);
    const oldest = this.kept.keys().next();
    if (this.kept.size > mostDigests && !oldest.done) this.kept.delete(oldest.value);
    return digest;
  }
}
