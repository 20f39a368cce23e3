const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** After the first failure, the second, … Together close to a day, as mail servers do (RFC 5321 §4.5.4.1). */
const delays = [
  15 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  40 * minute,
  1.5 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
] as const;

/** Tries of one message, the first included. */
export const maxAttempts = delays.length + 1;

/** While a channel waits for a person to mend it, one try now and then finds out whether he has. */
export const pausedRetryMs = 5 * minute;

/**
 * Milliseconds until the next try, spread by a fifth either way so that what failed together does not come back
 * together.
 *
 * @param attempt tries so far
 * @param random in [0, 1)
 * @param atLeastMs what the other side asked for
 * @returns null when it is time to give up
 */
export function retryDelayMs(
  attempt: number,
  random: number,
  atLeastMs: number | null = null,
): number | null {
  const base = delays[attempt - 1];
  if (base === undefined) return null;
  return Math.max(Math.round(base * (0.8 + 0.4 * random)), atLeastMs ?? 0);
}
