import { describe, expect, it } from '@jest/globals';
import { AppError } from '@loket/contracts/errors.js';
import type { ChannelErrorCode } from '@loket/contracts/outbound.js';
import { GraphError, GraphSilence } from './graph-client.js';
import { sendFailure } from './send-failure.js';

const refused = (code: number | null, status = 400, retryAfterMs: number | null = null): GraphError =>
  new GraphError(status, code, 'Meta’s words', retryAfterMs);

const classes: readonly (readonly [ChannelErrorCode, readonly number[]])[] = [
  ['temporary', [1, 2, 4, 80007, 130429, 131000, 131016, 131057, 133004, 131056]],
  ['window_closed', [131047]],
  [
    'rejected',
    [
      100, 131008, 131009, 131021, 131026, 131049, 131050, 131051, 131052, 131053, 132000, 132001, 132015,
      132068,
    ],
  ],
  ['auth', [0, 3, 10, 190, 200, 230, 299, 131005, 368, 131031, 131042, 131048]],
];

describe('what follows from an error of Meta’s', () => {
  it.each(classes.flatMap(([code, numbers]) => numbers.map((number) => [number, code] as const)))(
    '%d is %s, whatever its HTTP status',
    (number, code) => {
      for (const status of [400, 403, 500]) {
        const failure = sendFailure(refused(number, status), 1, true);
        expect(failure.code).toBe(code);
        expect(failure.reason).toMatch(/^whatsapp_[a-z_]+$/);
        expect(failure.detail).toBe('Meta’s words');
      }
    },
  );

  it.each([
    [429, 'temporary'],
    [500, 'temporary'],
    [503, 'temporary'],
    [401, 'auth'],
    [302, 'rejected'],
    [400, 'rejected'],
    [404, 'rejected'],
  ] as const)('HTTP %d without a number we know is %s', (status, code) => {
    expect(sendFailure(refused(null, status), 1, true).code).toBe(code);
    expect(sendFailure(refused(999_999, status), 1, true).code).toBe(code);
  });

  it('too much for one customer waits 4^n seconds, up to a good hour', () => {
    const waits = [1, 2, 3, 6, 12].map((attempt) => sendFailure(refused(131056), attempt, true).retryAfterMs);
    expect(waits).toEqual([4_000, 16_000, 64_000, 4_096_000, 4_096_000]);
  });

  it('keeps to the pause that Meta asks for', () => {
    expect(sendFailure(refused(null, 429, 7000), 1, true).retryAfterMs).toBe(7000);
  });
});

describe('what follows from no answer', () => {
  it.each([
    ['nothing left', false, true, 'temporary', 'whatsapp_unreachable'],
    ['a message may have left', true, true, 'ambiguous', 'whatsapp_no_answer'],
    ['an upload may have left', true, false, 'temporary', 'whatsapp_no_answer'],
  ] as const)('%s', (_name, left, delivers, code, reason) => {
    const failure = sendFailure(new GraphSilence(left, 'ECONNRESET', null), 1, delivers);
    expect([failure.code, failure.reason]).toEqual([code, reason]);
  });

  it('tells a missing file from a store that is away', () => {
    const missing = sendFailure(new AppError('not_found', 'blob_missing', 'x'), 1, false);
    const away = sendFailure(new AppError('unavailable', 'blob_store', 'x'), 1, false);
    expect([missing.code, away.code]).toEqual(['rejected', 'temporary']);
  });

  it('lets defects through', () => {
    expect(() => sendFailure(new TypeError('a defect'), 1, true)).toThrow(TypeError);
  });
});
