import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SessionWatch } from './session-watch.js';

describe('looking whether a session lives', () => {
  let kills: number;
  let probes: number[];
  let watch: SessionWatch;
  beforeEach(() => {
    jest.useFakeTimers();
    kills = 0;
    probes = [];
    const limits = { heartbeatMs: 30_000, startMs: 120_000, syncMs: 300_000, pairingMs: 600_000 };
    watch = new SessionWatch(limits, () => (kills += 1));
    watch.start((call) => probes.push(call));
  });
  afterEach(() => {
    watch.stop();
    jest.useRealTimers();
  });
  const beats = (count: number, answer: ((call: number) => void) | null): void => {
    for (let beat = 0; beat < count; beat += 1) {
      jest.advanceTimersByTime(30_000);
      const call = probes.at(-1);
      if (answer && call !== undefined) answer(call);
    }
  };

  it('is content with answers', () => {
    watch.entered('ready');
    beats(100, (call) => expect(watch.answered(call, 'CONNECTED')).toBe('alive'));
    expect([kills, probes.length]).toEqual([0, 100]);
  });

  it('ends it after two misses, not after one', () => {
    watch.entered('ready');
    beats(1, null);
    beats(1, (call) => watch.answered(call, 'CONNECTED'));
    expect(kills).toBe(0);
    beats(2, null);
    expect(kills).toBe(0);
    beats(1, null);
    expect(kills).toBe(1);
  });

  it('takes a page that does not answer for a miss', () => {
    watch.entered('ready');
    beats(1, (call) => expect(watch.answered(call, null)).toBe('alive'));
    beats(1, (call) => expect(watch.answered(call, null)).toBe('dead'));
  });

  it.each([
    ['starting', 120_000],
    ['syncing', 300_000],
  ] as const)('ends it when it stays %s', (state, ms) => {
    watch.entered(state);
    for (let at = 30_000; at < ms; at += 30_000) beats(1, (call) => watch.answered(call, 'OPENING'));
    expect(kills).toBe(0);
    jest.advanceTimersByTime(30_000);
    expect([kills, watch.pairingExpired]).toEqual([1, false]);
  });

  it('ends a pairing that nobody takes up, however many codes are shown', () => {
    watch.entered('qr_pending');
    expect(watch.pairingEndsAt).toBe(Date.now() + 600_000);
    for (let at = 30_000; at < 600_000; at += 30_000) {
      beats(1, (call) => watch.answered(call, 'UNPAIRED'));
      watch.entered('qr_pending');
    }
    expect(kills).toBe(0);
    jest.advanceTimersByTime(30_000);
    expect([kills, watch.pairingExpired]).toEqual([1, true]);
    watch.entered('authenticating');
    expect(watch.pairingEndsAt).toBeNull();
  });
});
