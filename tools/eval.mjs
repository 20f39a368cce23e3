import 'reflect-metadata';
import './node-version.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

// `npm run eval`: how well Loket tells who wrote and what belongs together, on labelled sets. Explained in docs/matching.md.
//   -- --set tune|second|test|<file.jsonl>   one set only, with its failures (those of `test` stay unseen)
//   -- --preset careful|balanced|eager|suggest_only
//   -- --join-at 0.8 --suggest-at 0.5  instead of the preset's thresholds
//   -- --explain <message id>          all about one message of the set
//   -- --choose                        precision and recall over the thresholds, on the tune half
// The last line is one JSON object about the test half. Ends with 1 when a goal is missed.
const { values: options } = parseArgs({
  options: {
    set: { type: 'string' },
    preset: { type: 'string', default: 'balanced' },
    'join-at': { type: 'string' },
    'suggest-at': { type: 'string' },
    explain: { type: 'string' },
    choose: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});

const { fail, run, tsc } = await import('./shell.mjs');
const { setup } = await import('./setup.mjs');
if (!options['no-build']) {
  setup();
  if (run([...tsc, '-b', 'libs/core']) !== 0) fail('Loket does not compile; see above.');
}

const { readDesk } = await import('./eval/sets.mjs');
const { openHouse } = await import('./eval/house.mjs');
const { replay } = await import('./eval/replay.mjs');
const { judge } = await import('./eval/judge.mjs');
const { explain, reportDesk, reportFailures } = await import('./eval/report.mjs');
const { missedGoals, summary } = await import('./eval/goals.mjs');
const { choose } = await import('./eval/choose.mjs');
const { comparePairs } = await import('./eval/pairs.mjs');

const dir = mkdtempSync(join(tmpdir(), 'loket-eval-'));
process.stdout.on('error', () => undefined); // `| head` has seen enough; what was started still has to be stopped
const say = (text) => process.stdout.write(`${text}\n`);
const settings = {
  preset: options.preset,
  joinAt: numberOf(options['join-at']),
  suggestAt: numberOf(options['suggest-at']),
};
const house = await openHouse(dir);
let missed = [];
try {
  if (options.choose) await choose(readDesk(options.set ?? 'tune'), (set, s) => live(set, s), settings, say);
  else if (options.explain)
    say(explain(options.explain, await live(readDesk(options.set ?? 'tune'), settings)));
  else missed = await evaluate();
} finally {
  await house.close();
  rmSync(dir, { recursive: true, force: true });
}
process.exit(missed.length > 0 ? 1 : 0);

async function evaluate() {
  const figures = {};
  const names = options.set ? [options.set] : ['tune', 'second', 'test'];
  const replays = await Promise.all(names.map((name) => live(readDesk(name), settings)));
  names.forEach((name, at) => {
    const judged = judge(replays[at]);
    say(reportDesk(name, judged));
    if (name !== 'test') say(reportFailures(judged));
    figures[name] = judged;
  });
  const pairs = options.set ? {} : await comparePairs(say);
  const held = figures.test ?? Object.values(figures)[0];
  const goals = missedGoals(held);
  for (const goal of goals) say(`missed: ${goal}`);
  say(JSON.stringify({ ...summary(held), preset: options.preset, ...pairs, ok: goals.length === 0 }));
  return goals;
}

/** Lives a set through in a database of its own. */
async function live(set, given) {
  const desk = await house.newDesk();
  try {
    await desk.prepare(set.header, given);
    return await replay(desk, set);
  } finally {
    await desk.close();
  }
}

function numberOf(text) {
  return text === undefined ? null : Number(text);
}
