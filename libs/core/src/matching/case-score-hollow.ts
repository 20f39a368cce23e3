import type { Evidence } from '@loket/contracts/inbound.js';
import { round, type Weighing } from './case-score-compare.js';
import { awaitedHours, burstOf, hoursBetween, namesChannelOf } from './case-score-context.js';
import type { ArrivingMessage, OpenCaseFacts } from './case-score.js';

/** log-odds of a message that says nothing by itself, by where it stands */
const hollowWeights = {
  /** nothing speaks for this case more than for another */
  unplaced: -2,
  /** the only open case: a greeting, a file, a nudge */
  only: 2.6,
  onlyNudge: 3.2,
  /** right after our own message, in this case only */
  answer: 2.8,
  onlyAnswer: 3.2,
  channelSwitch: 2.6,
  burst: 2.4,
  /** "mau tanya": the matter is still to come */
  question: -2.4,
} as const;

/** hours after which a greeting or an answer, or a nudge, no longer goes without saying */
const freshHours = 72;
const nudgeHours = 24 * 14;
const answerHours = 48;

/** Places a greeting, a nudge, a bare answer or a file (DESIGN §5, rule 7: they go to the only open case). */
export function hollowOdds(
  message: ArrivingMessage,
  open: OpenCaseFacts,
  cases: readonly OpenCaseFacts[],
): Weighing {
  const { content, nudge, question } = message.digest;
  const hours = hoursBetween(message.at, open.lastMessageAt);
  const recent: Evidence = { code: 'recent', data: { hours: round(hours) } };
  const burst = burstOf(message, open);
  const others = cases.filter((other) => other.caseId !== open.caseId);
  const candidates: Weighing[] = [{ odds: hollowWeights.unplaced, evidence: [] }];
  if (burst !== null && others.every((other) => burstOf(message, other) === null))
    candidates.push({
      odds: hollowWeights.burst,
      evidence: [{ code: 'burst', data: { seconds: Math.round(burst) } }],
    });
  const awaited = awaitedHours(message, open);
  const alone = others.every((other) => (awaitedHours(message, other) ?? Infinity) > answerHours);
  if (
    content !== 'low' &&
    awaited !== null &&
    awaited <= (others.length === 0 ? freshHours * 2 : answerHours) &&
    alone
  )
    candidates.push({
      odds: others.length === 0 ? hollowWeights.onlyAnswer : hollowWeights.answer,
      evidence: [{ code: 'reply_to_our_message', data: { hours: round(awaited) } }],
    });
  if (
    namesChannelOf(message, open) === true &&
    others.every((other) => namesChannelOf(message, other) !== true)
  ) {
    const kind = message.digest.switchFrom[0]?.channelKind ?? null;
    candidates.push({
      odds: hollowWeights.channelSwitch - late(hours, nudgeHours),
      evidence: [{ code: 'channel_switch', data: { channel: kind } }, recent],
    });
  }
  if (others.length === 0) {
    const odds = nudge
      ? hollowWeights.onlyNudge - late(hours, nudgeHours)
      : hollowWeights.only - late(hours, freshHours);
    candidates.push({
      odds: odds + (question ? hollowWeights.question : 0),
      evidence: [{ code: 'low_content_only_open_case' }, recent],
    });
  }
  return candidates.reduce((best, one) => (one.odds > best.odds ? one : best));
}

/** grows with each doubling of the time that would go without saying */
function late(hours: number, free: number): number {
  return hours <= free ? 0 : 1.2 * Math.log2(hours / free) + 0.8;
}
