/** Longest that is believed: a week. */
const longest = 604_800;

/**
 * Seconds of a duration as exports and people write it: `83`, `83.0`, `00:01:23`, `1:23`, `00.01.23`, `1m23s`,
 * `1 menit 23 detik`, `2 jam`, `1h 2m 3s`, `1'23"`.
 *
 * @returns whole seconds, or null when it is none or longer than a week
 */
export function readDuration(text: string): number | null {
  const words = text.trim().toLowerCase().replaceAll('\u00a0', ' ');
  const seconds = clock(words) ?? plain(words) ?? units(words);
  return seconds !== null && seconds <= longest ? seconds : null;
}

/** `h:mm:ss`, or `m:ss` */
function clock(text: string): number | null {
  const match =
    /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$/.exec(text) ?? /^(\d{1,3})\.(\d{2})\.(\d{2})$/.exec(text);
  if (!match) return null;
  const [, hours = '0', minutes = '', seconds = ''] = match;
  // 90:00 is ninety minutes, 1:90:00 is a mistake
  if (Number(seconds) > 59 || (match[1] !== undefined && Number(minutes) > 59)) return null;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

function plain(text: string): number | null {
  const match = /^(\d{1,7})(?:[.,]\d{1,6})?$/.exec(text);
  return match ? Number(match[1]) : null;
}

const unitSeconds: readonly (readonly [RegExp, number])[] = [
  [/^(?:h|hr|hrs|hours?|j|jam)$/, 3600],
  [/^(?:m|min|mins|minutes?|mnt|menit|')$/, 60],
  [/^(?:s|sec|secs|seconds?|d|dtk|detik|"|'')$/, 1],
];

function units(text: string): number | null {
  if (!/^(?:\d{1,6} ?(?:[a-z]+|''|['"])\.?(?:[ ,]+|$|(?=\d)))+$/.test(text)) return null;
  let [total, smallest] = [0, Infinity];
  for (const [, count = '', unit = ''] of text.matchAll(/(\d{1,6}) ?([a-z]+|''|['"])/g)) {
    const seconds = unitSeconds.find(([names]) => names.test(unit))?.[1];
    // each unit once, largest first: `1d` after minutes is seconds (detik), alone it could be a day
    if (seconds === undefined || seconds >= smallest) return null;
    total += Number(count) * seconds;
    smallest = seconds;
  }
  return total;
}
