import { compareProfiles } from '../../matching/linkage/compare-profiles.js';
import { digestOf } from '../../matching/text/digest.js';
import { pairKey } from '../suggestion-key.js';
import { Breather } from './breather.js';
import type { FinderBatch, FinderStep } from './finder-step.js';
import { profileOf } from './linkage-profile.js';
import { changeKeys, type KeyChange } from './linkage.queries.js';
import { storedProfiles } from './profiles.queries.js';
import { numberKeys, topicKeys } from './said.js';
import { forgetSaid, speakersOf, type Speaker } from './said.queries.js';

/** Pairs of one customer that are looked at: who shares most. */
const mostPairs = 10;
/** One number named by two customers: one of them twice, or two about one thing. */
const sameNumber = 0.6;
/** One name and one topic: chance is likelier than with a number, so their cases must be more alike. */
const sameTopic = { score: 0.35, atLeast: 0.5 };

/**
 * Customers who speak of one thing: the same order, or by the same name of the same topic. Nothing is said of who they
 * are; their cases are compared by the step after this one.
 */
export const saidStep: FinderStep = {
  async run(batch) {
    const { manager, messages, matching } = batch;
    if (matching.enabled && messages.length > 0) {
      const said = await keysOf(batch);
      if (said.length > 0) await batch.write((tx) => changeKeys(tx, said, []));
      await suspect(batch, await speakersOf(manager, said));
    }
    const resolved = resolvedCases(batch);
    if (resolved.length > 0) await batch.write((tx) => forgetSaid(tx, resolved));
  },
};

function resolvedCases({ events }: FinderBatch): string[] {
  return events.flatMap(({ type, caseId, data }) => {
    const status = type === 'case.updated' ? (data['status'] as { to?: unknown } | undefined) : undefined;
    return caseId !== null && status?.to === 'resolved' ? [caseId] : [];
  });
}

async function keysOf({ manager, messages, matching }: FinderBatch): Promise<KeyChange[]> {
  const profiles = await storedProfiles(
    manager,
    messages.map((m) => m.customerId),
  );
  const breather = new Breather();
  const said = new Map<string, KeyChange>();
  for (const { customerId, subject, text, quoted, files } of messages) {
    const profile = profiles.get(customerId);
    if (!profile) continue;
    const digest = digestOf({ subject, text, quoted, attachments: files }, matching.lexicon);
    const { names } = profileOf(profile);
    for (const key of [...numberKeys(digest), ...topicKeys(digest, names, matching.lexicon)])
      said.set(`${customerId} ${key}`, { customerId, key });
    await breather.breathe();
  }
  return [...said.values()];
}

async function suspect({ manager, suspected }: FinderBatch, speakers: readonly Speaker[]): Promise<void> {
  const profiles = await storedProfiles(
    manager,
    speakers.flatMap((s) => [s.customerId, s.other]),
  );
  const taken = new Map<string, number>();
  const breather = new Breather();
  for (const { customerId, other, numbers } of speakers) {
    const [a, b] = [profiles.get(customerId), profiles.get(other)];
    const pairs = taken.get(customerId) ?? 0;
    if (!a || !b || pairs >= mostPairs) continue;
    taken.set(customerId, pairs + 1);
    const { score, evidence } = compareProfiles(profileOf(a), profileOf(b));
    await breather.breathe();
    const conflict = evidence.some(({ code }) => code === 'name_conflict' || code === 'verified_conflict');
    if (numbers === 0 && conflict) continue;
    suspected.set(pairKey(customerId, other), {
      customerIds: [customerId, other],
      score: Math.max(score, numbers > 0 ? sameNumber : sameTopic.score),
      atLeast: numbers > 0 ? 0 : sameTopic.atLeast,
    });
  }
}
