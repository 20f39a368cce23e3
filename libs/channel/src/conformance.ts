import type { afterAll, beforeAll, describe, it } from '@jest/globals';
import { happeningChecks } from './conformance-happenings.js';
import type { ConformanceCheck, ConformanceHarness } from './conformance-harness.js';
import { normaliseChecks } from './conformance-normalise.js';
import { sendChecks } from './conformance-send.js';
import { sourceChecks } from './conformance-source.js';
import type { ChannelAdapter } from './port.js';

/** All promises of the port, in the order in which they build on each other. */
export const conformanceChecks: readonly ConformanceCheck[] = [
  ...normaliseChecks,
  ...sourceChecks,
  ...happeningChecks,
  ...sendChecks,
];

/** The test functions that the suite registers itself with, handed in so that this room ships no test runner. */
export interface TestRunner {
  describe: typeof describe;
  it: typeof it;
  beforeAll: typeof beforeAll;
  afterAll: typeof afterAll;
}

/**
 * The suite that every adapter has to pass. Which promises are tried follows from the adapter's capabilities; the
 * harness cannot leave one out.
 */
export function channelConformance(
  name: string,
  harness: ConformanceHarness & { start?(): Promise<void>; stop?(): Promise<void> },
  runner: TestRunner,
): void {
  runner.describe(`${name} keeps the promises of the channel port`, () => {
    const adapter: ChannelAdapter = harness.create();
    runner.beforeAll(() => harness.start?.());
    runner.afterAll(async () => {
      await adapter.close();
      await harness.stop?.();
    });
    for (const check of conformanceChecks.filter(({ applies }) => applies(harness, adapter))) {
      runner.it(check.name, () => check.run(harness, adapter));
    }
  });
}
