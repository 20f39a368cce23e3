import type { Evidence } from '@loket/contracts/inbound.js';
import { round } from './case-score-compare.js';
import type { ArrivingMessage, OpenCaseFacts } from './case-score.js';
import { compareNames } from './names/compare-names.js';
import type { PersonName } from './names/person-name.js';
import { readName } from './names/read-name.js';
import { mentions } from './text/digest.js';

const hour = 3_600_000;

/** What lies around the words, in log-odds; chosen like `textWeights`. */
export const contextWeights = {
  onlyCase: 0.9,
  /** one of several: each is less likely to be meant */
  oneOfSeveral: -0.2,
  /** names a channel that the case has, and says what about */
  channelSwitch: 2.6,
  /** … and says that it goes on with what was said there */
  goesOn: 2,
  /** the case has only a greeting or a file so far: what is the matter comes now */
  nothingSaidYet: 4.2,
  /** names a channel that the case does not have */
  otherChannel: -0.6,
  /** goes on with something ("masih belum…") */
  continues: 0.3,
  reply: 0.5,
  burst: 1,
  otherPerson: -3.5,
  automatic: -1.5,
  question: -0.9,
  fresh: -3,
} as const;

/** hours since the case was last active → log-odds; between the marks in a straight line */
const age: readonly [hours: number, odds: number][] = [
  [0, 0.3],
  [24, 0.2],
  [72, 0],
  [168, -0.6],
  [336, -1.2],
  [720, -2.2],
  [2160, -3.5],
];
/** seconds after the last inbound message within which a customer is still saying one thing */
export const burstSeconds = 120;

export function hoursBetween(later: Date, earlier: Date): number {
  return Math.max(0, (later.getTime() - earlier.getTime()) / hour);
}

export function ageOdds(hours: number): number {
  let [fromHours, fromOdds] = age[0] ?? [0, 0];
  for (const [toHours, toOdds] of age) {
    if (hours <= toHours) {
      const share = toHours === fromHours ? 1 : (hours - fromHours) / (toHours - fromHours);
      return fromOdds + share * (toOdds - fromOdds);
    }
    [fromHours, fromOdds] = [toHours, toOdds];
  }
  return fromOdds;
}

/** Seconds since the customer's last message in the case, when that is so short that he is still writing. */
export function burstOf(message: ArrivingMessage, open: OpenCaseFacts): number | null {
  let least = Infinity;
  for (const { direction, at } of open.messages) {
    if (direction !== 'inbound') continue;
    least = Math.min(least, Math.abs(message.at.getTime() - at.getTime()) / 1000);
  }
  return least <= burstSeconds ? least : null;
}

/** Hours since our last message, when it was the last word in the case. */
export function awaitedHours(message: ArrivingMessage, open: OpenCaseFacts): number | null {
  if (open.lastDirection !== 'outbound') return null;
  const ours = open.messages.filter(({ direction, at }) => direction === 'outbound' && at <= message.at);
  const last = ours.reduce<Date | null>((newest, { at }) => (newest && newest >= at ? newest : at), null);
  return hoursBetween(message.at, last ?? open.lastMessageAt);
}

/** The message says that it was preceded on a channel: does the case have that channel? Null: it names none. */
export function namesChannelOf(message: ArrivingMessage, open: OpenCaseFacts): boolean | null {
  if (message.digest.switchFrom.length === 0) return null;
  return open.channelKinds.some((kind) => mentions(message.digest, kind));
}

/** Only greetings and files so far, and not long ago. */
export function saysNothingYet(message: ArrivingMessage, open: OpenCaseFacts): boolean {
  const silent = open.messages.every(
    ({ digest, direction }) =>
      direction === 'outbound' || digest.content === 'low' || digest.content === 'empty',
  );
  return silent && hoursBetween(message.at, open.lastMessageAt) <= silentHours;
}

/** so long a greeting waits for its matter */
const silentHours = 24;

/**
 * Somebody else writes from the same channel of the customer: a shared address. Names on other channels are no help:
 * the same person is "Sri Wahyuni" in a mail and "Bunda Kayla" on a phone.
 *
 * @returns the name in the case that differs, else null
 */
export function otherPerson(message: ArrivingMessage, open: OpenCaseFacts): string | null {
  const name = nameOf(message.senderName);
  if (name === null) return null;
  let differing: string | null = null;
  for (const known of open.messages) {
    if (known.direction !== 'inbound' || known.channelId !== message.channelId) continue;
    // by far the most: a channel gives the same name each time
    if (known.senderName === message.senderName) return null;
    const other = nameOf(known.senderName);
    if (other === null) continue;
    if (compareNames(name, other).level !== 'conflict') return null;
    differing ??= known.senderName;
  }
  return differing;
}

/** a name to compare; a company, a bare title or initials say nothing */
function nameOf(text: string | null): PersonName | null {
  const name = text === null ? null : readName(text);
  return name?.kind === 'person' ? name : null;
}

export function evidenceOfAge(hours: number): Evidence {
  return { code: 'recent', data: { hours: round(hours) } };
}
