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
  it('keeps an idle console below six requests a minute, however much happens', () => {
    const clock = setInterval(() => recount(client, countsEveryMs), countsEveryMs);
    for (let tick = 0; tick < 6_000; tick++) {
      recountAfter(client, event({}), me);
      recountSuggestions(client);
      jest.advanceTimersByTime(10);
    }
    clearInterval(clock);
    expect(asked['case-counts']).toBe(3);
    // the list of suggestions is only fetched where it is shown
    expect(asked['suggestion-counts']).toBe(2);
  });

  it('follows the last event of a burst', () => {
    recountAfter(client, event({}), me);
    jest.advanceTimersByTime(400);
    expect(asked['case-counts']).toBe(1);
    recountAfter(client, event({}), me);
    jest.advanceTimersByTime(19_000);
    expect(asked['case-counts']).toBe(1);
    jest.advanceTimersByTime(2_000);
    expect(asked['case-counts']).toBe(2);
    jest.advanceTimersByTime(600_000);
    expect(asked['case-counts']).toBe(2);
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
