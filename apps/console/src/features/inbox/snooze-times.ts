/** When a case may come back, in the order of a day; each null when it makes no sense now. */
export const snoozeNames = ['later', 'tomorrow', 'monday', 'week'] as const;
export type SnoozeName = (typeof snoozeNames)[number];

const morning = 9;

/** The same wall clock on another day, on this computer. */
function morningIn(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning);
}

/**
 * @returns instants in the future, without those that would say the same twice
 */
export function snoozeTimes(now: Date): { name: SnoozeName; at: Date }[] {
  const later = new Date(now);
  later.setHours(now.getHours() + 3, 0, 0, 0);
  const untilMonday = ((8 - now.getDay()) % 7 || 7) as number;
  return [
    ...(later.getDate() === now.getDate() && later.getHours() < 18
      ? [{ name: 'later' as const, at: later }]
      : []),
    { name: 'tomorrow' as const, at: morningIn(now, 1) },
    ...(untilMonday > 1 && untilMonday < 7
      ? [{ name: 'monday' as const, at: morningIn(now, untilMonday) }]
      : []),
    { name: 'week' as const, at: morningIn(now, 7) },
  ];
}

/** For `<input type="datetime-local">`, on this computer's clock. */
export function localMinute(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
