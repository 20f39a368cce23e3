import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer holds.
 *
 * @param holds left out: the answer must not be null, undefined or false
 * @param within milliseconds; then it fails and shows the last answer
 */
export async function until<T>(
  ask: () => T | Promise<T>,
  holds: (answer: T) => boolean = Boolean,
  within = 30_000,
): Promise<T> {
  const end = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(`It did not come about within ${String(within)} ms: ${JSON.stringify(answer)}`);
    }
    await sleep(30);
  }
}
