import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compareProfiles } from '@loket/core/matching/linkage/compare-profiles.js';
import { linkageKeysOf } from '@loket/core/matching/linkage/linkage-keys.js';
import { linkageThresholds } from '@loket/core/matching/linkage/linkage-weights.js';
import type { Profile, ProfileIdentity } from '@loket/core/matching/linkage/profile.js';
import { compareNames } from '@loket/core/matching/names/compare-names.js';
import { readName } from '@loket/core/matching/names/read-name.js';

interface Pair<T> {
  id: string;
  half: 'tune' | 'test';
  same: boolean;
  a: T;
  b: T;
  note: string;
}
type Written = Omit<Profile, 'identities'> & {
  identities: Pick<ProfileIdentity, 'kind' | 'value' | 'proof'>[];
};

const read = <T>(name: string): Pair<T>[] =>
  readFileSync(join(import.meta.dirname, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Pair<T>);
const names = read<string>('pairs.jsonl');
const profiles = read<Written>('profiles.jsonl');
const full = (profile: Written): Profile => ({
  ...profile,
  identities: profile.identities.map((identity) => ({ ...identity, source: 'agent', resolves: true })),
});

describe('labelled pairs', () => {
  it('are as many as their README says, each once, with both answers in both halves', () => {
    expect(names.length).toBeGreaterThanOrEqual(140);
    expect(new Set(names.map(({ id }) => id)).size).toBe(names.length);
    expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length);
    for (const half of ['tune', 'test']) {
      const own = names.filter((pair) => pair.half === half);
      expect(own.filter(({ same }) => same).length / own.length).toBeGreaterThan(0.4);
      expect(own.filter(({ same }) => !same).length / own.length).toBeGreaterThan(0.4);
    }
  });

  it('name no person in both halves', () => {
    const people = (half: string): Set<string> =>
      new Set(
        names
          .filter((pair) => pair.half === half)
          .flatMap(({ a, b }) => [a, b])
          .map((name) => name.toLowerCase()),
      );
    const tune = people('tune');
    expect([...people('test')].filter((name) => tune.has(name))).toEqual([]);
  });

  // Only the half that is tuned on: a floor under the other half would be tuning on it.
  it.each(names.filter(({ half }) => half === 'tune').map((pair): [string, Pair<string>] => [pair.id, pair]))(
    'name pair %s',
    (_, { a, b, same }) => {
      const { level } = compareNames(readName(a), readName(b));
      expect(level === 'same' || level === 'compatible').toBe(same);
    },
  );

  it.each(
    profiles.filter(({ half }) => half === 'tune').map((pair): [string, Pair<Written>] => [pair.id, pair]),
  )('profile pair %s', (_, { a, b, same }) => {
    expect(compareProfiles(full(a), full(b)).score >= linkageThresholds.suggest).toBe(same);
    if (!same) return;
    const keys = linkageKeysOf(full(b));
    expect(linkageKeysOf(full(a)).some((key) => keys.includes(key))).toBe(true);
  });
});
