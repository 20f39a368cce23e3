/** When a case may come back, in the order of a day. */
export type SnoozeName = 'later' | 'tomorrow' | 'monday' | 'week';

const morning = 9;
const hourMs = 3_600_000;

/** The clock on the wall of that zone, as if it were UTC: its getUTC… say what the wall says. */
function wall(at: Date, timeZone: string): Date {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    at,
  );
  return new Date(`${text.replace(' ', 'T')}Z`);
}

/** The instant at which the wall of that zone says so. */
function instant(onWall: Date, timeZone: string): Date {
  const guess = new Date(2 * onWall.getTime() - wall(onWall, timeZone).getTime());
  // once more, for the hours around a change of the clocks
  return new Date(guess.getTime() + onWall.getTime() - wall(guess, timeZone).getTime());
}

/**
 * @param timeZone of whoever asks: a morning is his morning, wherever his computer thinks it is
 * @returns instants in the future, without those that would say the same twice
 */
export function snoozeTimes(now: Date, timeZone: string): { name: SnoozeName; at: Date }[] {
  const here = wall(now, timeZone);
  const day = here.getUTCDay();
  const morningIn = (days: number) => {
    const { year, month, date } = {
      year: here.getUTCFullYear(),
      month: here.getUTCMonth(),
      date: here.getUTCDate(),
    };
    return instant(new Date(Date.UTC(year, month, date + days, morning)), timeZone);
  };
  const later = new Date(Math.floor((here.getTime() + 3 * hourMs) / hourMs) * hourMs);
  const untilMonday = (8 - day) % 7 || 7;
  const today = later.getUTCDate() === here.getUTCDate() && later.getUTCHours() < 18;
  return [
    ...(today ? [{ name: 'later' as const, at: instant(later, timeZone) }] : []),
    { name: 'tomorrow' as const, at: morningIn(1) },
    ...(untilMonday > 1 && untilMonday < 7 ? [{ name: 'monday' as const, at: morningIn(untilMonday) }] : []),
    { name: 'week' as const, at: morningIn(7) },
  ];
}

/** For `<input type="datetime-local">`. */
export function toMinute(at: Date, timeZone: string): string {
  return wall(at, timeZone).toISOString().slice(0, 16);
}

/** What such a field holds; null while it holds nothing whole. */
export function fromMinute(text: string, timeZone: string): Date | null {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? instant(new Date(`${text}:00Z`), timeZone) : null;
}
