import type { ArrivingMessage, OpenCaseFacts } from './case-score.js';
import { entity, type Entity, type EntityType } from './text/entity.js';
import type { Lexicon } from './text/lexicon.js';
import { similarity } from './text/similarity.js';

/**
 * Numbers that may be a customer's own: a line, a policy, a device. Not those of orders and the like: one that stands in
 * two cases more likely says that the two are one.
 */
const lasting: ReadonlySet<EntityType> = new Set(['number', 'policy', 'serial', 'plate']);
/** from this likeness on two cases may be one matter, and the number its own */
const related = 0.3;
/** so much of each case is looked at: a number that comes in every message stands in these, too */
const mostCases = 5;
const mostMessages = 3;

/**
 * Numbers that come with the customer in every matter of his (`JN200118`), and so tie a message to none: they were called
 * a customer's or a member's somewhere, or stand in open cases that are about different things.
 *
 * @param cases open cases of one customer
 */
export function customerNumbers(
  message: ArrivingMessage,
  cases: readonly OpenCaseFacts[],
  lexicon: Lexicon,
): ReadonlySet<string> {
  const numbers = new Set<string>();
  const all = [message.digest, ...cases.flatMap(({ messages }) => messages.map(({ digest }) => digest))];
  for (const { entities } of all)
    for (const { type, value } of entities) if (type === 'account') numbers.add(value);
  for (const { type, value } of message.digest.entities) {
    if (!lasting.has(type) || numbers.has(value)) continue;
    const holding = cases.filter((open) => names(open, type, value)).slice(0, mostCases);
    const [first, ...others] = holding;
    if (first && others.some((other) => areUnlike(first, other, lexicon))) numbers.add(value);
  }
  return numbers;
}

/** @returns the same things, with a customer's numbers as such */
export function withCustomerNumbers(
  entities: readonly Entity[],
  numbers: ReadonlySet<string>,
): readonly Entity[] {
  if (numbers.size === 0) return entities;
  return entities.map((one) =>
    lasting.has(one.type) && numbers.has(one.value) ? entity('account', one.value) : one,
  );
}

function names({ messages }: OpenCaseFacts, type: EntityType, value: string): boolean {
  return messages.some(({ digest }) =>
    digest.entities.some((one) => one.type === type && one.value === value),
  );
}

function areUnlike(a: OpenCaseFacts, b: OpenCaseFacts, lexicon: Lexicon): boolean {
  const [left, right] = [a, b].map(({ messages }) =>
    messages.filter(({ digest }) => digest.content === 'full').slice(-mostMessages),
  );
  if (!left?.length || !right?.length) return false;
  return left.every((one) =>
    right.every((other) => similarity(one.digest, other.digest, lexicon).score < related),
  );
}
