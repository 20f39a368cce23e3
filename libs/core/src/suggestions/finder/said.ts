import type { Digest } from '../../matching/text/digest.js';
import type { EntityType } from '../../matching/text/entity.js';
import type { Lexicon } from '../../matching/text/lexicon.js';
import { isLeadingKey } from '../../matching/names/leading.js';
import { readName } from '../../matching/names/read-name.js';

/** Keys of what somebody speaks of, beside those of who he is. */
export const saidPrefix = 'said:';

/** Numbers that stand for one matter of one customer; an error code is everybody's. */
const ownNumbers: ReadonlySet<EntityType> = new Set([
  'order',
  'invoice',
  'ticket',
  'shipment',
  'serial',
  'policy',
  'plate',
  'number',
]);
/** shorter ones are models of things: `ML-700` */
const fewestDigits = 4;
const mostNumbers = 4;
const mostNames = 2;
/** What many customers name, and few of one name. */
const namedThings: ReadonlySet<EntityType> = new Set(['amount', 'account', 'place']);
const mostThings = 2;
const mostTopics = 5;
/** words that tell less stand in too many messages */
const leastWeight = 0.4;

/** The numbers that a message names: whoever names the same speaks of the same thing. */
export function numberKeys({ entities }: Digest): string[] {
  const numbers = entities.filter(
    ({ type, value }) => ownNumbers.has(type) && value.replace(/\D/g, '').length >= fewestDigits,
  );
  return [...new Set(numbers.map(({ value }) => `${saidPrefix}#${value.slice(0, 60)}`))].slice(
    0,
    mostNumbers,
  );
}

/**
 * What a person is called together with what he speaks of. `Sekar` alone is many people and `kartu` many matters; both at
 * once are few, however large the workspace.
 *
 * @param names of the customer, as written
 */
export function topicKeys(digest: Digest, names: readonly string[], lexicon: Lexicon): string[] {
  if (digest.content !== 'full') return [];
  const read = names.map(readName);
  const own = new Set(read.flatMap(({ tokens }) => tokens.flatMap(({ text, key }) => [text, key])));
  const called = new Set(
    read.flatMap((name) => {
      if (name.kind !== 'person' || name.parent) return [];
      return (
        name.tokens.find(({ initial, father, key }) => !initial && !father && !isLeadingKey(key))?.key ?? []
      );
    }),
  );
  const topics = [...digest.words.keys()]
    .map((word) => ({ word, weight: lexicon.weightOf(word) }))
    .filter(({ word, weight }) => weight >= leastWeight && !own.has(word))
    .sort((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
    .slice(0, mostTopics);
  const things = digest.entities.filter(({ type }) => namedThings.has(type)).map(({ value }) => value);
  const spokenOf = [...new Set([...things.slice(0, mostThings), ...topics.map(({ word }) => word)])];
  return [...called]
    .slice(0, mostNames)
    .flatMap((name) => spokenOf.map((word) => `${saidPrefix}${name}+${word.slice(0, 60)}`));
}
