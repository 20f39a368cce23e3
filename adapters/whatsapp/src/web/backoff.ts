export interface Backoff {
  minMs: number;
  maxMs: number;
}

/** Doubles from `minMs` to `maxMs`; up to half of it is chance, so that sessions do not come back all at once. */
export function backoffMs(
  failures: number,
  { minMs, maxMs }: Backoff,
  random: () => number = Math.random,
): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (1 - random() / 2));
}
