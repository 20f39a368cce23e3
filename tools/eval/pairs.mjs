import { evaluateNamePairs, evaluateProfilePairs } from '../../test/eval/name-pairs.mjs';
import { evaluateTextPairs } from '../../test/eval/text-pairs.mjs';

/**
 * Pairs of texts (one matter or not), of names and of profiles (one person or not), without all that lies around a
 * message: what each part of the matching can do by itself.
 *
 * @returns figures of the test halves
 */
export function comparePairs(say) {
  say('\npairs                half  pairs  precision  recall  F1');
  return {
    texts: report('texts', evaluateTextPairs(), say),
    names: report('names', evaluateNamePairs(), say),
    profiles: report('profiles', evaluateProfilePairs(), say),
  };
}

function report(name, halves, say) {
  for (const { half, pairs, precision, recall, f1, threshold } of halves) {
    const at = threshold === undefined ? '' : `   at ${threshold.toFixed(2)}`;
    say(
      `${name.padEnd(20)} ${half}  ${String(pairs).padStart(5)}   ${percent(precision)} ${percent(recall)} ${percent(f1)}${at}`,
    );
  }
  const { precision, recall } = halves.find(({ half }) => half === 'test');
  return { precision: round(precision), recall: round(recall) };
}

const percent = (x) => `${(100 * x).toFixed(1).padStart(5)} %`;
const round = (n) => Math.round(n * 10_000) / 10_000;
