/**
 * How long to wait before the next try: doubles from `first` to `longest`, half of it by chance, so that a thousand
 * browsers do not come back in the same instant after a restart.
 *
 * @returns milliseconds
 */
export function backoff(tries: number, first = 500, longest = 30_000, chance = Math.random()): number {
  const full = Math.min(longest, first * 2 ** Math.min(tries, 20));
  return Math.round(full / 2 + (full / 2) * chance);
}
