import { describe, expect, it } from '@jest/globals';
import { deliveryStates, type ChannelErrorCode, type SendOutcome } from '@loket/contracts/outbound.js';
import { judge, mayBecome } from './delivery-state.js';

describe('mayBecome', () => {
  it('lets reports of a channel move a message forward only', () => {
    const allowed = deliveryStates.map((from) => [from, deliveryStates.filter((to) => mayBecome(from, to))]);
    expect(Object.fromEntries(allowed)).toEqual({
      pending: ['sent', 'delivered', 'read'],
      sending: ['sent', 'delivered', 'read', 'failed'],
      sent: ['delivered', 'read', 'failed'],
      delivered: ['read'],
      read: [],
      failed: ['sent', 'delivered', 'read'],
      uncertain: ['sent', 'delivered', 'read', 'failed'],
    });
  });
});

describe('judge', () => {
  const failure = (code: ChannelErrorCode): SendOutcome => ({
    ok: false,
    failure: { code, reason: 'smtp_busy', detail: '451 later' },
  });
  it.each([
    ['sent', { ok: true, result: { externalId: 'a@b', references: [] } }, 1, { state: 'sent' }],
    ['temporary', failure('temporary'), 2, { state: 'pending', inMs: 60_000, countsAsAttempt: true }],
    [
      'temporary for the last time',
      failure('temporary'),
      12,
      { state: 'failed', reason: 'gave_up', detail: '451 later' },
    ],
    ['auth, however often', failure('auth'), 12, { state: 'pending', inMs: 300_000, countsAsAttempt: false }],
    ['rejected', failure('rejected'), 1, { state: 'failed', reason: 'smtp_busy', detail: '451 later' }],
    ['window_closed', failure('window_closed'), 1, { state: 'failed', reason: 'smtp_busy' }],
    ['ambiguous', failure('ambiguous'), 1, { state: 'uncertain', reason: 'smtp_busy' }],
  ] as const)('%s', (_, outcome, attempt, expected) => {
    expect(judge(outcome as SendOutcome, attempt, 0.5)).toMatchObject(expected);
  });
});
