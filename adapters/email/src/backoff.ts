export interface Backoff {
  minMs: number;
  maxMs: number;
}

/**
 * Exponential pause with jitter, so that many channels of one provider do not come back all at once.
 *
 * @param failures failures in a row before this pause, 0 for the first
 * @param random between 0 and 1
 * @returns milliseconds: half to all of `minMs * 2^failures`, never above `maxMs`
 */
export function backoffMs(failures: number, { minMs, maxMs }: Backoff, random = Math.random()): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures, 30));
  return Math.round(full * (0.5 + random / 2));
}

/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
