import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { LiveEvent } from '@loket/contracts/events.js';
import { recount, recountAfter, recountSuggestions, countsEveryMs } from './recount.js';

const me = 'rina';
const event = (over: Partial<LiveEvent>): LiveEvent =>
  ({ type: 'message.received', actorId: null, ...over }) as LiveEvent;

let client: QueryClient;
let asked: Record<string, number>;
beforeEach(() => {
  jest.useFakeTimers();
  client = new QueryClient();
  asked = {};
  jest.spyOn(client, 'invalidateQueries').mockImplementation(({ queryKey, refetchType } = {}) => {
    if (refetchType === 'none') return Promise.resolve();
    const name = String(queryKey?.[0]);
    asked[name] = (asked[name] ?? 0) + 1;
    return Promise.resolve();
  });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('recounting', () => {
  it('asks three times a minute at most while much happens, and a little more only at its beginning', () => {
    const clock = setInterval(() => recount(client, countsEveryMs), countsEveryMs);
    for (let tick = 0; tick < 6_000; tick++) {
      recountAfter(client, event({}), me);
      recountSuggestions(client);
      jest.advanceTimersByTime(10);
    }
    expect(asked['case-counts']).toBe(5);
    // the list of suggestions is only fetched where it is shown
    expect(asked['suggestion-counts']).toBe(2);
    asked = {};
    for (let tick = 0; tick < 6_000; tick++) {
      recountAfter(client, event({}), me);
      recountSuggestions(client);
      jest.advanceTimersByTime(10);
    }
    clearInterval(clock);
    expect(asked).toEqual({ 'case-counts': 3, suggestions: 2, 'suggestion-counts': 2 });
  });

  it('follows a few events at once, and always the last one', () => {
    for (const times of [1, 2, 3]) {
      recountAfter(client, event({}), me);
      jest.advanceTimersByTime(400);
      expect(asked['case-counts']).toBe(times);
    }
    recountAfter(client, event({}), me);
    jest.advanceTimersByTime(18_000);
    expect(asked['case-counts']).toBe(3);
    jest.advanceTimersByTime(2_000);
    expect(asked['case-counts']).toBe(4);
    jest.advanceTimersByTime(600_000);
    expect(asked['case-counts']).toBe(4);
  });

  it('does not let one wait for what he did himself', () => {
    recountAfter(client, event({}), me);
    jest.advanceTimersByTime(400);
    recountAfter(client, event({}), me);
    recountAfter(client, event({ type: 'case.updated', actorId: me }), me);
    jest.advanceTimersByTime(400);
    expect(asked['case-counts']).toBe(2);
  });

  it('leaves what cannot change a count alone', () => {
    recountAfter(client, event({ type: 'note.added', actorId: me }), me);
    recountAfter(client, event({ type: 'message.state_changed' }), me);
    jest.advanceTimersByTime(60_000);
    expect(asked).toEqual({});
  });
});
