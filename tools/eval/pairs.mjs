import { join } from 'node:path';
import { matchThresholds } from '@loket/core/matching/case-score.js';
import { compareDigests } from '@loket/core/matching/case-score-compare.js';
import { compareNames } from '@loket/core/matching/names/compare-names.js';
import { readName } from '@loket/core/matching/names/read-name.js';
import { digestOf } from '@loket/core/matching/text/digest.js';
import { builtInLexicon } from '@loket/core/matching/text/lexicon.js';
import { root } from '../shell.mjs';
import { rates } from './measure.mjs';
import { readJsonLines } from './sets.mjs';

/**
 * Pairs of texts (one matter or not) and of names (one person or not), without everything that lies around a message.
 *
 * @returns figures of the test halves
 */
export function comparePairs(say) {
  const texts = readJsonLines(join(root, 'test/eval/pairs/texts.jsonl')).map((pair) => ({
    half: pair.half,
    truth: pair.duplicate,
    found:
      compareDigests(digest(pair.a), digest(pair.b), builtInLexicon).score >=
      matchThresholds.balanced.suggest,
  }));
  const names = readJsonLines(join(root, 'test/eval/names/pairs.jsonl')).map((pair) => ({
    half: pair.half,
    truth: pair.same,
    found: ['same', 'compatible'].includes(compareNames(readName(pair.a), readName(pair.b)).level),
  }));
  return { texts: report('texts', texts, say), names: report('names', names, say) };
}

function digest({ subject = null, text, quoted = null, attachments = [] }) {
  return digestOf({ subject, text, quoted, attachments }, builtInLexicon);
}

function report(name, pairs, say) {
  const figures = {};
  for (const half of ['tune', 'test']) {
    const own = pairs.filter((p) => p.half === half);
    const right = own.filter((p) => p.truth && p.found).length;
    figures[half] = rates(right, own.filter((p) => p.found).length, own.filter((p) => p.truth).length);
    const { precision, recall } = figures[half];
    say(
      `${half}, ${own.length} pairs of ${name}: precision ${percent(precision)}, recall ${percent(recall)}`,
    );
  }
  const { precision, recall } = figures.test;
  return { precision: round(precision), recall: round(recall) };
}

const percent = (x) => `${(100 * x).toFixed(1)} %`;
const round = (n) => Math.round(n * 10_000) / 10_000;
