import { readFileSync } from 'node:fs';
import { compareProfiles } from '@loket/core/matching/linkage/compare-profiles.js';
import { linkageKeysOf } from '@loket/core/matching/linkage/linkage-keys.js';
import { linkageThresholds } from '@loket/core/matching/linkage/linkage-weights.js';
import { compareNames } from '@loket/core/matching/names/compare-names.js';
import { readName } from '@loket/core/matching/names/read-name.js';

/**
 * Compares the labelled pairs of names/pairs.jsonl: taken for one person when the names are `same` or `compatible`.
 *
 * @returns {Figures[]} of each half
 * @typedef {{half: 'tune' | 'test', pairs: number, precision: number, recall: number, f1: number, wrong: string[]}} Figures
 *   `wrong` are the ids of pairs that were taken wrongly; of the test half too, so look at them only when its figures are
 *   final
 */
export function evaluateNamePairs() {
  const pairs = read('pairs.jsonl').map((pair) => {
    const { level } = compareNames(readName(pair.a), readName(pair.b));
    return { ...pair, found: level === 'same' || level === 'compatible' };
  });
  return halves(pairs);
}

/**
 * Compares the labelled pairs of names/profiles.jsonl: suggested when the score reaches the threshold and the two would
 * have met (they share a linkage key).
 *
 * @param {number} [threshold] 0..1, instead of the one in force
 * @returns {(Figures & {met: number})[]} of each half; `met` is the share of true pairs that share a key
 */
export function evaluateProfilePairs(threshold = linkageThresholds.suggest) {
  const pairs = read('profiles.jsonl').map((pair) => {
    const [a, b] = [profile(pair.a), profile(pair.b)];
    const keys = new Set(linkageKeysOf(b));
    const met = linkageKeysOf(a).some((key) => keys.has(key));
    return { ...pair, met, found: met && compareProfiles(a, b).score >= threshold };
  });
  return halves(pairs).map((figures) => {
    const same = pairs.filter((pair) => pair.half === figures.half && pair.same);
    return { ...figures, met: same.filter(({ met }) => met).length / same.length };
  });
}

function read(name) {
  return readFileSync(new URL(`names/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function profile(given) {
  const identities = given.identities.map((identity) => ({ ...identity, source: 'agent', resolves: true }));
  return { ...given, identities };
}

function halves(pairs) {
  return ['tune', 'test'].map((half) => {
    const own = pairs.filter((pair) => pair.half === half);
    const found = own.filter((pair) => pair.found);
    const right = found.filter(({ same }) => same).length;
    const precision = found.length === 0 ? 1 : right / found.length;
    const recall = right / own.filter(({ same }) => same).length;
    const f1 = (2 * precision * recall) / (precision + recall || 1);
    const wrong = own.filter((pair) => pair.found !== pair.same).map(({ id }) => id);
    return { half, pairs: own.length, precision, recall, f1, wrong };
  });
}
