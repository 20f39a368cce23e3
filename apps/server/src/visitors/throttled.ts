import { setTimeout as sleep } from 'node:timers/promises';

/** The newest counts: what comes too soon waits, and takes the place of what waited before. */
export function throttled<T>(
  everyMs: number,
  work: (value: T) => Promise<void> | void,
): (value: T) => Promise<void> {
  let next = 0;
  let waiting: { value: T } | null = null;
  return async (value) => {
    const now = Date.now();
    if (waiting) {
      waiting.value = value;
      return;
    }
    if (now < next) {
      waiting = { value };
      await sleep(next - now, undefined, { ref: false });
      value = waiting.value;
      waiting = null;
    }
    next = Date.now() + everyMs;
    await work(value);
  };
}
