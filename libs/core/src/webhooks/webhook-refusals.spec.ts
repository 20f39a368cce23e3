import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Logger } from '@loket/platform/logging/logger.js';
import { WebhookRefusals } from './webhook-refusals.js';

describe('refused webhook calls', () => {
  const lines: unknown[] = [];
  const logger = { warn: (fields: unknown) => lines.push(fields) } as unknown as Logger;
  let refusals: WebhookRefusals;
  beforeEach(() => {
    jest.useFakeTimers();
    lines.length = 0;
    refusals = new WebhookRefusals(logger);
  });
  afterEach(() => {
    refusals.onApplicationShutdown();
    jest.useRealTimers();
  });
  const count = (channelId: string, times: number): void => {
    for (let i = 0; i < times; i++) refusals.count(channelId);
  };

  it('are all counted, and told of once a minute and channel with their number', () => {
    count('a', 5_000);
    count('b', 1);
    expect(lines).toEqual([
      { channelId: 'a', calls: 1, total: 1 },
      { channelId: 'b', calls: 1, total: 1 },
    ]);
    jest.advanceTimersByTime(59_999);
    count('a', 1);
    expect(lines).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(lines.slice(2)).toEqual([{ channelId: 'a', calls: 5_000, total: 5_001 }]);
    expect([refusals.total('a'), refusals.total('b'), refusals.total('c')]).toEqual([5_001, 1, 0]);
  });

  it('that come after a quiet while are told of at once', () => {
    count('a', 1);
    jest.advanceTimersByTime(120_000);
    count('a', 1);
    expect(lines).toEqual([
      { channelId: 'a', calls: 1, total: 1 },
      { channelId: 'a', calls: 1, total: 2 },
    ]);
  });
});
