import { judge } from './judge.mjs';

const thresholds = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/**
 * The curve from which the thresholds of the presets are read: the set is lived through anew for each one, since what
 * is joined early decides what later messages are compared with.
 */
export async function choose(set, live, settings, say) {
  say('join at   cases P    R      wrong pairs   rule 7 joins (wrong)   with suggestions R   suggestions P');
  for (const joinAt of thresholds) {
    const { cases, suggested, rules } = judge(await live(set, { ...settings, joinAt }));
    const rule = rules.duplicate_text ?? { joined: 0, wrong: 0 };
    say(
      [
        joinAt.toFixed(2).padEnd(9),
        percent(cases.precision),
        percent(cases.recall),
        String(cases.pairs.found - cases.pairs.together).padStart(9),
        `${rule.joined} (${rule.wrong})`.padStart(20),
        percent(suggested.recall).padStart(22),
        percent(suggested.precision).padStart(17),
      ].join(' '),
    );
  }
}

const percent = (x) => `${(100 * x).toFixed(1)} %`;
