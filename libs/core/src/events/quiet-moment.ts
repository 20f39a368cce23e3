import { performance } from 'node:perf_hooks';

const first = 2;
const longest = 64;
/** share of a pause in which the process did something else, from which on it counts as busy */
const busy = 0.4;

/**
 * Lets everything else go first: waits until there was a pause in which the process had little to do, a third of a
 * second at most. For work that nobody waits for.
 */
export async function quietMoment(): Promise<void> {
  for (let ms = first; ms <= longest; ms *= 2) {
    const before = performance.eventLoopUtilization();
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (performance.eventLoopUtilization(before).utilization < busy) return;
  }
}
