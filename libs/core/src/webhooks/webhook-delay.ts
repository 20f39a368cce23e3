const second = 1_000;
const minute = 60 * second;

/** After the first failure, the second, … and from then on always the last. */
const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute] as const;
const longest = 60 * minute;

/**
 * Milliseconds until a call is tried again, spread by a fifth either way so that what failed together does not come back
 * together. There is no last try: the other side was told that we have the call, and will not send it again.
 *
 * @param attempts tries that have failed, at least 1
 * @param random in [0, 1)
 */
export function webhookDelayMs(attempts: number, random: number): number {
  return Math.round((delays[attempts - 1] ?? longest) * (0.8 + 0.4 * random));
}
