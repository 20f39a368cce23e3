const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The shop is in Jakarta: UTC+7, no summer time. */
const ahead = 7 * hour;

/** how busy each hour is there, from midnight on */
const hours = [2, 1, 1, 1, 1, 2, 4, 7, 11, 15, 17, 16, 13, 13, 14, 14, 13, 12, 11, 13, 14, 12, 8, 4];
/** and each day, from Sunday on */
const weekdays = [0.55, 1.25, 1.1, 1, 1, 0.95, 0.75];

const localHour = (at) => Math.floor(((at + ahead) % day) / hour);
const localDay = (at) => new Date(at + ahead).getUTCDay();

/**
 * When so many customers wrote: over the days before `now`, with the rhythm of working days, a little more each week; and
 * some within the last hours, whatever time it is.
 */
export function arrivals(dice, now, count, days) {
  const fresh = Math.max(24, Math.min(Math.ceil(count * 0.014), 70));
  const slots = [];
  let total = 0;
  for (let at = now - days * day; at < now - hour; at += hour) {
    total += hours[localHour(at)] * weekdays[localDay(at)] * (1 + (0.35 * (at - now)) / (days * day));
    slots.push([total, at]);
  }
  const past = Array.from({ length: count - fresh }, () => {
    const point = dice.next() * total;
    return bisect(slots, point) + dice.next() * hour;
  });
  const lately = Array.from({ length: fresh }, () => now - 3 * minute - dice.next() ** 1.6 * 3 * hour);
  return [...past, ...lately].map(Math.round).toSorted((a, b) => a - b);
}

function bisect(slots, point) {
  let [low, high] = [0, slots.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slots[middle][0] < point) low = middle + 1;
    else high = middle;
  }
  return slots[low][1];
}

/** When somebody at the shop gets to it: nobody works from ten in the evening to eight. */
export function atWork(at, dice) {
  const clock = localHour(at);
  if (clock >= 8 && clock < 22) return at;
  const midnight = Math.floor((at + ahead) / day) * day - ahead;
  const morning = midnight + 8 * hour + (clock >= 22 ? day : 0);
  return Math.round(morning + dice.next() * 90 * minute);
}

export { day, hour, minute };
