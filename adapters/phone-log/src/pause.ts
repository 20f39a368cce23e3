export interface Backoff {
  minMs: number;
  maxMs: number;
}

/** Half to all of `minMs * 2^failures`, never above `maxMs`: many channels do not come back all at once. */
export function backoffMs(failures: number, { minMs, maxMs }: Backoff, random = Math.random()): number {
  return Math.round(Math.min(maxMs, minMs * 2 ** Math.min(failures, 30)) * (0.5 + random / 2));
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
