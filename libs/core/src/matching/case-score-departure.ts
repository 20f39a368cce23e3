import type { Evidence } from '@loket/contracts/inbound.js';
import { awaitedHours, hoursBetween, namesChannelOf, otherPerson } from './case-score-context.js';
import type { ArrivingMessage, OpenCaseFacts } from './case-score.js';
import type { Digest } from './text/digest.js';
import { compareEntities, type EntityType } from './text/entity.js';
import type { Lexicon } from './text/lexicon.js';
import { similarity, tellsMatter } from './text/similarity.js';

/** another number of these is another matter, also within one chat */
const telling: ReadonlySet<EntityType> = new Set([
  'order',
  'invoice',
  'shipment',
  'serial',
  'policy',
  'plate',
  'ticket',
  'number',
]);
/** from this likeness on a message is about the case, whatever else it says */
const related = 0.3;
/** an agent and a customer in talk wander; after this pause a message stands for itself */
const pauseHours = 2;
const pauseAfterClosing = 6;

/**
 * Does a message leave the case of the conversation that it was written in (DESIGN §5, rule 6)? One chat with a company
 * goes on for years and holds many matters; but to tear one apart is as bad as to mix two, so only what says itself
 * that it is another matter leaves. Greetings, answers and files never do.
 *
 * @param closed the case was resolved, and would be opened again by the message
 * @returns why it leaves, or null: it stays
 */
export function departureOf(
  message: ArrivingMessage,
  open: OpenCaseFacts,
  closed: boolean,
  lexicon: Lexicon,
): Evidence[] | null {
  const person = otherPerson(message, open);
  if (person !== null) return [{ code: 'other_person', data: { name: person } }];
  const { digest } = message;
  if (digest.content !== 'full' || digest.corrects) return null;
  const known = open.messages.flatMap((one) => one.digest.entities);
  const { shared, other } = compareEntities(digest.entities, known);
  if (shared.some(({ strength }) => strength === 'strong')) return null;
  const likeness = mostAlike(digest, open, lexicon);
  if (digest.fresh && likeness.score < related) return [{ code: 'topic_changed' }];
  const differing = other.find(({ type }) => telling.has(type));
  if (differing)
    return [
      {
        code: 'other_entity',
        data: { type: differing.type, value: differing.value, other: differing.other },
      },
    ];
  if (!likeness.apart || digest.nudge || digest.continues || namesChannelOf(message, open) === true)
    return null;
  // "btw …?" in the middle of a talk: no pause is needed where it names a matter of its own.
  const own = digest.intent !== null || digest.entities.length > 0;
  if (digest.turns && own && tellsMatter(digest, lexicon)) return [{ code: 'topic_changed' }];
  return standsForItself(message, open, closed) ? [{ code: 'topic_changed' }] : null;
}

function standsForItself(message: ArrivingMessage, open: OpenCaseFacts, closed: boolean): boolean {
  const pause = hoursBetween(message.at, open.lastMessageAt);
  if (closed) return pause >= pauseAfterClosing;
  const awaited = awaitedHours(message, open);
  const troubled = open.messages.some(
    ({ digest, direction }) => direction === 'inbound' && digest.intent === 'trouble',
  );
  const another = message.digest.intent === 'buy' && troubled;
  return another && pause >= pauseHours && (awaited === null || awaited >= pauseHours);
}

/** the best likeness to anything that was said in the case; apart only from all of it */
function mostAlike(digest: Digest, open: OpenCaseFacts, lexicon: Lexicon): { score: number; apart: boolean } {
  let score = 0;
  let apart = false;
  let compared = 0;
  for (const one of open.messages) {
    if (one.digest.content === 'low' || one.digest.content === 'empty') continue;
    const like = similarity(digest, one.digest, lexicon);
    score = Math.max(score, like.score);
    apart =
      (compared === 0 || apart) && (like.apart || (one.digest.content === 'reply' && like.shared === 0));
    compared += 1;
  }
  return { score, apart: compared > 0 && apart };
}
