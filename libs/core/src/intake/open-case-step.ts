import type { ChannelKind } from '@loket/contracts/channels.js';
import { saidIn } from '../calls/call-rules.js';
import type { CaseMatch, Candidate } from '../cases/match-case.js';
import { hoursBetween } from '../matching/case-score-context.js';
import { departureOf } from '../matching/case-score-departure.js';
import {
  scoreCases,
  type ArrivingMessage,
  type CaseScore,
  type OpenCaseFacts,
} from '../matching/case-score.js';
import { digestOf, type Digest } from '../matching/text/digest.js';
import type { CurrentMatching } from '../matching/settings.js';
import type { IntakeGroup } from './intake-group.js';
import type { IntakeItem } from './intake-item.js';
import { findOpenCases, type OpenCaseRow } from './open-cases.queries.js';

/** An open case of the sender, with what is needed to place a message in it. */
interface OpenCase extends OpenCaseFacts {
  row: OpenCaseRow;
}

/**
 * Rule 7 (DESIGN §5): a message that nothing ties to a case may still be about one that its customer has open, on
 * another channel or in another thread. What it says decides; in between it opens a case, and the pair is suggested.
 * Rule 6 ends here too, where a chat plainly turns to another matter.
 */
export async function compareWithOpenCases(group: IntakeGroup): Promise<void> {
  const { client, items, matching } = group;
  if (!matching.enabled) return;
  const asking = items.filter(
    (item) =>
      !item.own && item.said?.caseId === undefined && (mayBelongToOpenCase(item) || mayTurn(item, matching)),
  );
  if (asking.length === 0) return;
  const rows = await findOpenCases(client, [
    asking.map((_, position) => position),
    asking.map((item) => item.customer?.id),
    asking.map((item) => item.match?.candidate?.caseId ?? null),
  ]);
  const digests = await group.digests.of(
    client,
    rows.map((row) => row.message_id),
    matching.lexicon,
  );
  asking.forEach((item, position) => {
    const found = rows.filter((row) => row.position === position);
    if (found.length > 0) decide(group, item, found, digests);
  });
}

function mayBelongToOpenCase({ message, match, customer }: IntakeItem): boolean {
  return (
    match?.candidate === null &&
    customer?.isNew === false &&
    // What was over before it was told is nothing that somebody is at work on.
    message.history !== true &&
    message.sender.proof !== 'failed' &&
    (message.automatic ?? null) === null
  );
}

/** Only where words may join, too: a workspace that wants them to decide nothing is left alone. */
function mayTurn({ message, match, customer }: IntakeItem, { joinAt }: CurrentMatching): boolean {
  return (
    match?.rule === 'same_conversation' &&
    customer?.isNew === false &&
    (message.automatic ?? null) === null &&
    Number.isFinite(joinAt)
  );
}

function decide(
  group: IntakeGroup,
  item: IntakeItem,
  rows: readonly OpenCaseRow[],
  digests: ReadonlyMap<string, Digest>,
): void {
  const { matching, now, suggestions } = group;
  const at = new Date(Math.min(now.getTime(), Date.parse(item.message.sentAt)));
  const known = openCasesOf(rows, at, digests);
  item.digest = digestOf(
    {
      subject: item.message.subject ?? null,
      text: saidIn(item.message),
      quoted: item.message.quoted ?? null,
      attachments: item.message.attachments,
    },
    matching.lexicon,
  );
  const arriving = {
    digest: item.digest,
    at,
    channelKind: item.channel.kind,
    channelId: item.channel.id,
    senderName: item.message.sender.name ?? null,
  };
  const held = known.find((c) => c.caseId === item.match?.candidate?.caseId);
  const cases = known.filter((c) => c !== held && c.row.status !== 'resolved');
  const scores = scoreCases(arriving, cases, matching.lexicon);
  const [best] = scores;
  if (held && !turns(item, arriving, held, matching, best)) return;
  const nearest = cases.find((c) => c.caseId === best?.caseId);
  if (!best || !nearest) return;
  if (best.score >= matching.joinAt && mayJoinByWords(item)) {
    item.match = joined(best, nearest);
    return;
  }
  for (const score of scores.filter((s) => s.score >= matching.suggestAt).slice(0, mostSuggestions)) {
    suggestions.push({ item, score: score.score, evidence: score.evidence, caseId: score.caseId });
  }
  if (item.match && best.score >= matching.suggestAt) {
    const evidence = [{ code: 'perhaps_same_as', data: { number: nearest.caseNumber } }, ...best.evidence];
    item.match = { ...item.match, score: 1 - best.score, evidence: [...item.match.evidence, ...evidence] };
  }
}

/** below this score a case is not even worth a suggestion: another one that fits is meant, or, when it is done, a new one */
const hardly = 0.3;
/** below this score nothing speaks for a case; after this silence it does not go on by itself either */
const unlike = 0.12;
const silentHours = 24;
/** but we have spoken last, and people take their time to answer */
const awaitedHours = 24 * 14;

/**
 * The chat turns to another matter, or back to an older one: from here on the message stands like one that nothing ties
 * to a case. A customer whom we have asked something answers, however long it takes him.
 */
function turns(
  item: IntakeItem,
  arriving: ArrivingMessage,
  held: OpenCase,
  { lexicon, joinAt }: CurrentMatching,
  best: CaseScore | undefined,
): boolean {
  let reasons = departureOf(arriving, held, held.row.status === 'resolved', lexicon);
  if (reasons === null && arriving.digest.content === 'full') {
    const fitsElsewhere = (best?.score ?? 0) >= joinAt && mayJoinByWords(item);
    const silent = saysSomethingNew(arriving.digest) && silentSince(arriving.at, held);
    const [here] = scoreCases(arriving, [held], lexicon);
    const done = held.row.status === 'resolved';
    const least = fitsElsewhere || (silent && done) ? hardly : silent ? unlike : 0;
    if (here && here.score < least) reasons = here.evidence;
  }
  if (reasons === null) return false;
  const evidence = [{ code: 'chat_turned', data: { number: held.caseNumber } }, ...reasons];
  item.match = { rule: 'new_case', score: 1, evidence, candidate: null };
  return true;
}

function saysSomethingNew({ nudge, continues }: Digest): boolean {
  return !nudge && !continues;
}

function silentSince(at: Date, { row, lastDirection, lastMessageAt }: OpenCase): boolean {
  const answers = row.status !== 'resolved' && lastDirection === 'outbound';
  return hoursBetween(at, lastMessageAt) > (answers ? awaitedHours : silentHours);
}

const mostSuggestions = 2;

/**
 * Words are the weakest tie. A sender whose address used to give proof and now gives none may be somebody else, and a
 * forward is a new matter until a person says otherwise; both are only suggested.
 */
function mayJoinByWords({ message, customer }: IntakeItem): boolean {
  const provenAsBefore = message.sender.proof === 'verified' || customer?.knownProof !== 'verified';
  return provenAsBefore && !message.thread.forwarded;
}

function joined(best: CaseScore, { row }: OpenCase): CaseMatch {
  const candidate: Candidate = {
    source: 'text',
    rank: 0,
    by: row.case_number,
    caseId: row.case_id,
    caseNumber: Number(row.case_number),
    status: row.status,
    resolvedAt: null,
    arrangement: row.arrangement,
    threadId: null,
    threadChannelId: null,
    bouncedMessageId: null,
    participant: true,
  };
  return { rule: 'duplicate_text', score: best.score, evidence: best.evidence, candidate };
}

function openCasesOf(
  rows: readonly OpenCaseRow[],
  at: Date,
  digests: ReadonlyMap<string, Digest>,
): OpenCase[] {
  const newest = rows.filter((row, n) => row.case_id !== rows[n - 1]?.case_id);
  return newest.map((row) => {
    const messages = rows.filter((m) => m.case_id === row.case_id);
    const read = messages.flatMap((m) => {
      const digest = digests.get(m.message_id);
      return digest
        ? [
            {
              digest,
              // an answer of today may stand beside a letter that says it was written last week
              at: new Date(Math.min(m.written_at.getTime(), at.getTime())),
              direction: m.direction,
              channelKind: m.channel_kind,
              channelId: m.channel_id,
              senderName: m.direction === 'inbound' ? m.sender_name : null,
            },
          ]
        : [];
    });
    const times = read.map((m) => m.at.getTime());
    return {
      row,
      caseId: row.case_id,
      caseNumber: Number(row.case_number),
      subject: row.case_subject,
      openedAt: new Date(Math.min(...times)),
      lastMessageAt: new Date(Math.max(...times)),
      lastDirection: row.last_direction,
      channelKinds: row.channel_kinds satisfies ChannelKind[],
      messages: read,
    };
  });
}
