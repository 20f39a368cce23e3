import { createHash } from 'node:crypto';
import type { CallOutcome, CallRecord } from '@loket/contracts/calls.js';
import { cleanLine, numberOf } from '../clean-call.js';
import type { CdrLeg } from './cdr-line.js';

/** What belongs together: all legs that Asterisk links, or those of one channel, or the line alone. */
export function callIdOfLeg(leg: CdrLeg, text: string): string {
  return (
    leg.linkedId ?? leg.uniqueId ?? `cdr:${createHash('sha256').update(text).digest('hex').slice(0, 40)}`
  );
}

/**
 * One call of its legs: a queue that rings at five telephones and is passed on once is seven lines and one call.
 *
 * @param legs of one call, in the order of the file
 * @returns null for calls between our own telephones and to feature codes: no customer took part
 */
export function callOfLegs(callId: string, legs: readonly CdrLeg[]): CallRecord | null {
  const [first] = [...legs].sort((a, b) => a.start - b.start);
  if (!first) return null;
  const sides = sidesOf(first);
  if (!sides) return null;
  const taken = legs.filter(talked);
  const outcome = outcomeOf(sides.direction, legs, taken.length > 0);
  const answeredBy = taken.at(-1);
  const talk = taken.reduce((sum, leg) => sum + leg.talk, 0);
  const queue = legs.find(({ lastApp }) => lastApp === 'Queue')?.lastData.split(',')[0];
  return {
    callId,
    ...sides,
    name: nameOf(first.clid, sides.number),
    startedAt: new Date(first.start).toISOString(),
    ringSeconds: Math.min(86_400, ringOf(legs, taken[0])),
    talkSeconds: outcome === 'answered' ? Math.min(604_800, talk) : null,
    outcome,
    agent:
      sides.direction === 'inbound'
        ? answeredBy
          ? (extensionOf(answeredBy.dstChannel) ?? cleanLine(answeredBy.dst, 320))
          : null
        : (extensionOf(first.channel) ?? cleanLine(first.accountCode, 320)),
    queue: cleanLine(queue, 255),
    recording: recordingOf(legs),
    notes: null,
    disposition: null,
  };
}

/** Numbers of our own telephones; three-digit emergency numbers look the same, and nobody answers those here. */
const extension = /^[1-9]\d{1,5}$/;

/** `PJSIP/201-0000001a` is the telephone 201; `PJSIP/trunk-telkom-0000001b` is a line to the world. */
function extensionOf(channel: string): string | null {
  const name =
    /^(?:SIP|PJSIP|IAX2|SCCP|DAHDI|Local|Agent)\/([^/@]+?)(?:@[^-]*)?(?:-[\da-f]+(?:;\d)?)?$/i.exec(
      channel,
    )?.[1];
  return name !== undefined && extension.test(name) ? name : null;
}

function sidesOf(leg: CdrLeg): Pick<CallRecord, 'direction' | 'number' | 'line'> | null {
  const fromUs =
    extensionOf(leg.channel) !== null || (/^from-internal/.test(leg.context) && extension.test(leg.src));
  if (!fromUs) {
    // an extension that comes in by a trunk is a colleague in another building
    const line = /^\+?\d{2,}$/.test(leg.dst) ? leg.dst : null;
    return { direction: 'inbound', number: numberOf(leg.src), line };
  }
  const internal = !/^\+?\d{5,}$/.test(leg.dst) || extension.test(leg.dst);
  if (internal) return null;
  // FreePBX puts the number that is shown to the world into src
  const line = extension.test(leg.src) ? null : cleanLine(leg.src, 320);
  return { direction: 'outbound', number: numberOf(leg.dst), line };
}

/** Two people spoke: answered, and bridged to another channel. */
function talked({ disposition, dstChannel, lastApp }: CdrLeg): boolean {
  return disposition === 'ANSWERED' && dstChannel !== '' && !/^voicemail/i.test(lastApp);
}

/** Asterisk says ANSWERED as soon as a queue, a menu or a mailbox picks up; only a second channel is a person. */
function outcomeOf(direction: CallRecord['direction'], legs: readonly CdrLeg[], taken: boolean): CallOutcome {
  if (taken) return 'answered';
  const inbound = direction === 'inbound';
  const answered = legs.filter(({ disposition }) => disposition === 'ANSWERED');
  if (answered.some(({ lastApp }) => /^(?:voicemail|record|mixmonitor)/i.test(lastApp))) return 'voicemail';
  // in a queue or a menu, and gone before anybody came
  if (answered.length > 0) return inbound ? 'abandoned' : 'missed';
  if (inbound && legs.some(({ lastApp }) => lastApp === 'Queue')) return 'abandoned';
  const all = legs.map(({ disposition }) => disposition);
  if (all.includes('NO ANSWER')) return 'missed';
  return all.includes('BUSY') ? 'busy' : 'failed';
}

/** Until the first person came, or until everybody gave up. */
function ringOf(legs: readonly CdrLeg[], taken: CdrLeg | undefined): number {
  if (!taken) return Math.max(...legs.map(({ duration, talk }) => Math.max(duration - talk, 0)));
  const first = Math.min(...legs.map(({ start }) => start));
  const until = taken.answer ?? taken.start + (taken.duration - taken.talk) * 1000;
  return Math.max(0, Math.round((until - first) / 1000));
}

/** `"Budi Santoso" <08123456789>` */
function nameOf(clid: string, number: string | null): string | null {
  const name = cleanLine(/^\s*"?([^"<]*?)"?\s*(?:<[^>]*>)?\s*$/.exec(clid)?.[1], 255);
  if (name === null || name === number || numberOf(name) === null) return null;
  return /^\+?[\d\s()-]+$/.test(name) ? null : name;
}

function recordingOf(legs: readonly CdrLeg[]): CallRecord['recording'] {
  for (const { userField } of legs) {
    if (userField !== null && /^https?:\/\/[^\s]{1,1990}$/.test(userField) && URL.canParse(userField))
      return { kind: 'url', url: userField };
  }
  return null;
}
