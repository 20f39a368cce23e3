import type { EntityManager } from 'typeorm';
import { matchKeyOf } from '../../customers/address-keys.js';
import { compareProfiles } from '../../matching/linkage/compare-profiles.js';
import { linkageKeysOf } from '../../matching/linkage/linkage-keys.js';
import { linkageThresholds, sharedByMany } from '../../matching/linkage/linkage-weights.js';
import type { LinkageFrequencies } from '../../matching/linkage/profile.js';
import { pairKey } from '../suggestion-key.js';
import type { NewSuggestion } from '../suggestion-writer.js';
import { Breather } from './breather.js';
import type { FinderBatch, FinderStep } from './finder-step.js';
import {
  candidatesOf,
  changeKeys,
  dropKeysOfMerged,
  holdersOfKeys,
  storedKeys,
  type KeyChange,
} from './linkage.queries.js';
import { storedProfiles, type StoredProfile } from './profiles.queries.js';
import { profileOf } from './linkage-profile.js';
import { saidPrefix } from './said.js';
import { settlePairs } from './settle-pairs.queries.js';
import { toldApart, vouchedPairs } from './settled-pairs.queries.js';

/** Profiles that one is compared with; who shares most is asked first. */
const mostCandidates = 100;

/** Which profiles may be one person (DESIGN §4): only ever suggested. */
export const linkageStep: FinderStep = {
  async run(batch) {
    const ids = new Set([...batch.messages.map((m) => m.customerId), ...batch.changed]);
    if (ids.size + batch.moved.customerIds.size === 0) return;
    const profiles = await storedProfiles(batch.manager, ids);
    const anew = await writeKeys(batch, profiles);
    if (anew.length > 0) await compare(batch, anew, profiles);
  },
};

/** @returns customers who may be like others in a way that was not seen yet */
async function writeKeys(
  { manager, changed, moved, write }: FinderBatch,
  profiles: ReadonlyMap<string, StoredProfile>,
): Promise<string[]> {
  const stored = await storedKeys(manager, [...profiles.keys()]);
  const [added, removed]: [KeyChange[], KeyChange[]] = [[], []];
  const breather = new Breather();
  for (const profile of profiles.values()) {
    const customerId = profile.id;
    const keys = new Set(linkageKeysOf(profileOf(profile)));
    const known = stored.get(customerId) ?? new Set();
    for (const key of keys) if (!known.has(key)) added.push({ customerId, key });
    for (const key of known)
      if (!keys.has(key) && !key.startsWith(saidPrefix)) removed.push({ customerId, key });
    await breather.breathe();
  }
  if (added.length + removed.length + moved.customerIds.size > 0) {
    await write(async (tx) => {
      await changeKeys(tx, added, removed);
      await dropKeysOfMerged(tx, [...moved.customerIds]);
    });
  }
  const anew = new Set([...changed, ...added.map((a) => a.customerId)]);
  return [...anew].filter((id) => profiles.has(id));
}

async function compare(
  batch: FinderBatch,
  anew: readonly string[],
  known: ReadonlyMap<string, StoredProfile>,
): Promise<void> {
  const { manager } = batch;
  const candidates = await candidatesOf(manager, anew, mostCandidates);
  const others = candidates.flatMap((c) => c.others).filter((id) => !known.has(id));
  const profiles = new Map([...known, ...(await storedProfiles(manager, others))]);
  const frequencies = await frequenciesOf(manager, anew, profiles);
  const found: NewSuggestion[] = [];
  const unlike: string[] = [];
  const seen = new Set<string>();
  const breather = new Breather();
  for (const { customerId, others: ids } of candidates) {
    const own = profiles.get(customerId);
    for (const id of ids) {
      const other = profiles.get(id);
      const key = pairKey(customerId, id);
      if (!own || !other || seen.has(key)) continue;
      seen.add(key);
      const { score, evidence } = compareProfiles(profileOf(own), profileOf(other), frequencies);
      if (score >= linkageThresholds.suggest) {
        const customerIds = remainingLast(own, other);
        found.push({ kind: 'customer', key, score: round(score), evidence, customerIds });
      } else unlike.push(key);
      await breather.breathe();
    }
  }
  const apart = await toldApart(
    manager,
    'customer',
    found.flatMap((f) => f.customerIds ?? []),
  );
  const vouched = await vouchedPairs(manager, [...unlike, ...found.map((f) => f.key)]);
  await batch.write(async (tx) => {
    const stands = (key: string): boolean => apart.has(key) || vouched.has(key);
    await batch.writer.upsert(
      tx,
      found.filter((f) => !stands(f.key)),
      batch.now,
    );
    await settlePairs(
      tx,
      batch,
      'customer',
      unlike.filter((key) => !stands(key)),
    );
  });
}

const round = (score: number): number => Math.round(score * 1000) / 1000;

/** A number that six customers give says nothing of any of them. */
async function frequenciesOf(
  manager: EntityManager,
  ids: readonly string[],
  profiles: ReadonlyMap<string, StoredProfile>,
): Promise<LinkageFrequencies> {
  const keys = ids.flatMap((id) =>
    (profiles.get(id)?.identities ?? []).map((i) => matchKeyOf(i.kind, i.value)),
  );
  return { holders: await holdersOfKeys(manager, keys, sharedByMany + 1) };
}

/** The profile that would remain stands last: the one with more proof, else the older. */
function remainingLast(a: StoredProfile, b: StoredProfile): [string, string] {
  const proof = (p: StoredProfile): number =>
    p.identities.filter((i) => i.resolves && i.proof === 'verified' && !i.shared).length;
  const order = proof(a) - proof(b) || b.createdAt.getTime() - a.createdAt.getTime();
  return order > 0 || (order === 0 && a.id < b.id) ? [b.id, a.id] : [a.id, b.id];
}
