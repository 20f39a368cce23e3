import { readFileSync } from 'node:fs';
import { compareDigests } from '@loket/core/matching/case-score-compare.js';
import { digestOf } from '@loket/core/matching/text/digest.js';
import { builtInLexicon } from '@loket/core/matching/text/lexicon.js';

/** no wrong pair in a hundred: what a join by texts alone is held to */
const leastPrecision = 0.99;

/**
 * Compares the labelled pairs of pairs/texts.jsonl from their texts alone. The threshold is the lowest one (in steps of
 * 0.01) that reaches a precision of 0.99 on the tune half; both halves are measured at it.
 *
 * @param {number} [given] a threshold, 0..1, instead of the chosen one
 * @returns {{half: 'tune' | 'test', pairs: number, threshold: number, precision: number, recall: number, f1: number,
 *   falseJoins: string[]}[]} ids of the pairs wrongly taken for duplicates; of the test half too, so look at them only
 *   when its figures are final
 */
export function evaluateTextPairs(given) {
  const scored = readPairs().map((pair) => ({ ...pair, score: scoreOf(pair) }));
  const tune = scored.filter(({ half }) => half === 'tune');
  const threshold = given ?? lowestPrecise(tune);
  return ['tune', 'test'].map((half) =>
    measure(
      half,
      scored.filter((pair) => pair.half === half),
      threshold,
    ),
  );
}

function readPairs() {
  const file = new URL('pairs/texts.jsonl', import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function scoreOf({ a, b }) {
  return compareDigests(digest(a), digest(b), builtInLexicon).score;
}

function digest({ subject = null, text }) {
  return digestOf({ subject, text, attachments: [] }, builtInLexicon);
}

function lowestPrecise(pairs) {
  for (let step = 1; step < 100; step++) {
    if (measure('tune', pairs, step / 100).precision >= leastPrecision) return step / 100;
  }
  return 1;
}

function measure(half, pairs, threshold) {
  const found = pairs.filter(({ score }) => score >= threshold);
  const right = found.filter(({ duplicate }) => duplicate).length;
  const precision = found.length === 0 ? 1 : right / found.length;
  const recall = right / pairs.filter(({ duplicate }) => duplicate).length;
  const falseJoins = found.filter(({ duplicate }) => !duplicate).map(({ id }) => id);
  const f1 = (2 * precision * recall) / (precision + recall || 1);
  return { half, pairs: pairs.length, threshold, precision, recall, f1, falseJoins };
}
