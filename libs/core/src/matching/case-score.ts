import type { ChannelKind } from '@loket/contracts/channels.js';
import type { Evidence } from '@loket/contracts/inbound.js';
import {
  round,
  scoreOf,
  textWeights,
  together,
  weighEntities,
  weighFiles,
  weighIntent,
  weighSubjects,
  weighText,
  type Weighing,
} from './case-score-compare.js';
import {
  ageOdds,
  awaitedHours,
  burstOf,
  contextWeights,
  evidenceOfAge,
  hoursBetween,
  namesChannelOf,
  otherPerson,
  saysNothingYet,
} from './case-score-context.js';
import { hollowOdds } from './case-score-hollow.js';
import { customerNumbers, withCustomerNumbers } from './case-score-numbers.js';
import type { Digest } from './text/digest.js';
import type { Entity } from './text/entity.js';
import type { Lexicon } from './text/lexicon.js';
import { similarity, type Similarity } from './text/similarity.js';

/** A message of a known customer for which no rule before the seventh has found a case. */
export interface ArrivingMessage {
  digest: Digest;
  /** when the customer wrote it, as far as that can be believed; when it arrived otherwise */
  at: Date;
  channelKind: ChannelKind;
  channelId: string;
  senderName: string | null;
}

/** An open case of the same customer. */
export interface OpenCaseFacts {
  caseId: string;
  caseNumber: number;
  subject: string;
  openedAt: Date;
  lastMessageAt: Date;
  lastDirection: 'inbound' | 'outbound' | null;
  channelKinds: readonly ChannelKind[];
  /** newest first, at most 8 are looked at */
  messages: readonly {
    digest: Digest;
    at: Date;
    direction: 'inbound' | 'outbound';
    channelKind: ChannelKind;
    channelId: string;
    senderName: string | null;
  }[];
}

export interface CaseScore {
  caseId: string;
  /** 0..1: how likely the message belongs to the case */
  score: number;
  evidence: Evidence[];
}

/**
 * From `join` on a message joins a case by itself, from `suggest` on it opens a case with a suggestion. Precision comes
 * first: a wrong join is worse than a missed one. `balanced` is the default. Chosen with `npm run eval -- --choose`: below
 * 0.6 wrong joins begin, up to 0.8 none is missed that 0.6 would make.
 */
export const matchThresholds: Record<'careful' | 'balanced' | 'eager', { join: number; suggest: number }> = {
  careful: { join: 0.94, suggest: 0.5 },
  balanced: { join: 0.8, suggest: 0.2 },
  eager: { join: 0.65, suggest: 0.15 },
};

const mostMessages = 8;
/** an agent's words are about the case, but they ask and explain where the customer tells */
const outboundShare = 0.6;
/** odds between the best and the second best below which it is not clear which is meant */
const clearMargin = 1.3;
const ambiguity = 2.2;

interface Scored {
  open: OpenCaseFacts;
  odds: number;
  evidence: Evidence[];
}

/**
 * Scores an arriving message against every open case of its customer (DESIGN §5, rule 7). Pure: the same facts give the
 * same answer.
 *
 * @param cases open cases of one customer; more than the newest 50 need not be asked about
 * @returns one score for each case, best first
 */
export function scoreCases(
  message: ArrivingMessage,
  cases: readonly OpenCaseFacts[],
  lexicon: Lexicon,
): CaseScore[] {
  const numbers = customerNumbers(message, cases, lexicon);
  const scored = cases
    .map((open) => scoreOne(message, open, cases, numbers, lexicon))
    .sort((a, b) => b.odds - a.odds || a.open.caseNumber - b.open.caseNumber);
  tellApart(scored);
  return scored.map(({ open, odds, evidence }) => ({
    caseId: open.caseId,
    score: round(scoreOf(odds)),
    evidence,
  }));
}

function scoreOne(
  message: ArrivingMessage,
  open: OpenCaseFacts,
  cases: readonly OpenCaseFacts[],
  numbers: ReadonlySet<string>,
  lexicon: Lexicon,
): Scored {
  const { content } = message.digest;
  const text = weighWords(message.digest, open, lexicon, goesOnWith(message, open));
  const things = together(
    weighEntities(
      withCustomerNumbers(message.digest.entities, numbers),
      withCustomerNumbers(entitiesOf(open), numbers),
      text.apart,
    ),
    weighFiles(
      message.digest.files,
      open.messages.flatMap(({ digest }) => digest.files),
    ),
  );
  const around = weighContext(message, open, cases);
  if (content === 'full') {
    const all = together(text, things, around);
    return { open, odds: textWeights.start + all.odds, evidence: all.evidence };
  }
  // What says nothing by itself is placed by where it stands; what it does name still counts.
  const hollow = hollowOdds(message, open, cases);
  const all = together(hollow, things, against(around));
  const own = textWeights.start + text.odds + things.odds + around.odds;
  return own > all.odds
    ? { open, odds: own, evidence: together(text, things, around).evidence }
    : { open, odds: all.odds, evidence: all.evidence };
}

/** the best likeness to one message of the case, or to all that the customer said in it */
function weighWords(
  digest: Digest,
  open: OpenCaseFacts,
  lexicon: Lexicon,
  goesOn: boolean,
): Weighing & { apart: boolean } {
  let best: { like: Similarity; subjects: Weighing; rest: number; odds: number } | null = null;
  let apart = true;
  for (const { digest: known, direction } of open.messages.slice(0, mostMessages)) {
    if (known.content === 'empty' || known.content === 'low') continue;
    const like = similarity(digest, known, lexicon);
    apart &&= like.apart || direction === 'outbound';
    const share = direction === 'outbound' ? outboundShare : 1;
    const subjects = weighSubjects(digest, known, lexicon);
    const odds =
      share * like.score * textWeights.text +
      subjects.odds +
      (direction === 'inbound' ? weighIntent(digest, known) : 0);
    if (!best || odds > best.odds)
      best = {
        like: { ...like, score: share * like.score },
        rest: odds - share * like.score * textWeights.text,
        subjects,
        odds,
      };
  }
  if (!best) return { odds: 0, evidence: [], apart: false };
  const unlike = apart && best.like.apart && !goesOn;
  const rest = { odds: best.rest, evidence: best.subjects.evidence };
  return { ...together(weighText({ ...best.like, apart: unlike }), rest), apart: unlike };
}

function entitiesOf(open: OpenCaseFacts): Entity[] {
  const all: Entity[] = [];
  for (const { digest } of open.messages.slice(0, mostMessages)) all.push(...digest.entities);
  return all;
}

function weighContext(
  message: ArrivingMessage,
  open: OpenCaseFacts,
  cases: readonly OpenCaseFacts[],
): Weighing {
  const evidence: Evidence[] = [];
  let odds = 0;
  const add = (code: string, weight: number, data?: Evidence['data']): void => {
    odds += weight;
    evidence.push(data ? { code, data } : { code });
  };
  const hours = hoursBetween(message.at, open.lastMessageAt);
  odds += ageOdds(hours);
  evidence.push(evidenceOfAge(hours));
  if (cases.length === 1) add('only_open_case', contextWeights.onlyCase);
  else odds += contextWeights.oneOfSeveral;
  const names = namesChannelOf(message, open);
  if (names === true) {
    const kind = message.digest.switchFrom.find((mention) => open.channelKinds.includes(mention.channelKind));
    add('channel_switch', contextWeights.channelSwitch, { channel: kind?.channelKind ?? null });
    if (goesOnWith(message, open)) odds += contextWeights.goesOn;
  } else if (names === false) odds += contextWeights.otherChannel;
  if (cases.length === 1 && saysNothingYet(message, open))
    add('nothing_said_yet', contextWeights.nothingSaidYet);
  if (message.digest.continues) odds += contextWeights.continues;
  const awaited = awaitedHours(message, open);
  if (awaited !== null && awaited <= 48)
    add('reply_to_our_message', contextWeights.reply, { hours: round(awaited) });
  const burst = burstOf(message, open);
  if (burst !== null) add('burst', contextWeights.burst, { seconds: Math.round(burst) });
  const person = otherPerson(message, open);
  if (person !== null) add('other_person', contextWeights.otherPerson, { name: person });
  if (message.digest.automatic) add('automatic_wording', contextWeights.automatic);
  if (message.digest.fresh) add('topic_changed', contextWeights.fresh);
  else if (message.digest.question) odds += contextWeights.question;
  return { odds, evidence };
}

/** "lanjutan chat tadi", and the case has a chat */
function goesOnWith(message: ArrivingMessage, open: OpenCaseFacts): boolean {
  return message.digest.switchFrom.some(
    (mention) => mention.goesOn && open.channelKinds.includes(mention.channelKind),
  );
}

/** of the context, only what speaks against: the rest is already in the odds of a hollow message */
function against({ evidence }: Weighing): Weighing {
  let odds = 0;
  const kept = evidence.filter(({ code }) => {
    if (code === 'other_person') odds += contextWeights.otherPerson;
    else if (code === 'topic_changed') odds += contextWeights.fresh;
    else if (code === 'automatic_wording') odds += contextWeights.automatic;
    else return false;
    return true;
  });
  return { odds, evidence: kept };
}

/** Two cases that fit about as well: it is not clear which is meant, so the better one is less sure. */
function tellApart(scored: Scored[]): void {
  const [best, second] = scored;
  if (!best || !second) return;
  const margin = best.odds - second.odds;
  if (margin >= clearMargin || second.odds < -1) return;
  best.odds -= ambiguity * (1 - margin / clearMargin);
  best.evidence.push({ code: 'ambiguous', data: { number: second.open.caseNumber } });
  if (best.odds < second.odds) second.odds = best.odds;
}
