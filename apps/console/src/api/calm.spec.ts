import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import { refetchCalmly } from './calm.js';

describe('refetchCalmly', () => {
  let client: QueryClient;
  let asked: string[];
  beforeEach(() => {
    jest.useFakeTimers();
    client = new QueryClient();
    asked = [];
    client.invalidateQueries = (filters) => {
      if (filters?.refetchType !== 'none') asked.push(String(filters?.queryKey?.[0]));
      return Promise.resolve();
    };
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once for a burst, almost at once', () => {
    for (let n = 0; n < 50; n++) refetchCalmly(client, ['counts']);
    expect(asked).toEqual([]);
    jest.advanceTimersByTime(400);
    expect(asked).toEqual(['counts']);
    jest.advanceTimersByTime(120_000);
    expect(asked).toEqual(['counts']);
  });

  it('asks each of them for itself', () => {
    refetchCalmly(client, ['counts']);
    refetchCalmly(client, ['suggestions']);
    jest.advanceTimersByTime(400);
    expect(asked).toEqual(['counts', 'suggestions']);
  });

  it('asks a handful of times a minute in a rush, and once more after the last event', () => {
    const rush = (seconds: number): void => {
      for (let n = 0; n < seconds * 10; n++) {
        refetchCalmly(client, ['counts']);
        jest.advanceTimersByTime(100);
      }
    };
    rush(60);
    expect(asked.length).toBeLessThanOrEqual(7);
    asked.length = 0;
    rush(600);
    expect(asked.length).toBeGreaterThanOrEqual(18);
    expect(asked.length).toBeLessThanOrEqual(22);
    asked.length = 0;
    refetchCalmly(client, ['counts']);
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual(['counts']);
  });

  it('answers at once again after a quiet while', () => {
    for (let n = 0; n < 600; n++) {
      refetchCalmly(client, ['counts']);
      jest.advanceTimersByTime(100);
    }
    jest.advanceTimersByTime(180_000);
    asked.length = 0;
    refetchCalmly(client, ['counts']);
    jest.advanceTimersByTime(400);
    expect(asked).toEqual(['counts']);
  });
});
