import { describe, expect, it } from '@jest/globals';
import { caseStatuses } from '@loket/contracts/cases.js';
import { answered, changeStatus, transitions, type StatusFields } from './case-status.js';

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 5, 9, minute));
const waiting: StatusFields = {
  status: 'open',
  lastDirection: 'inbound',
  lastMessageAt: at(4),
  waitingSince: at(1),
  snoozedUntil: at(50),
  resolvedAt: null,
  callbackSince: at(1),
  callbackNumber: '+628123456789',
  callbackDoneAt: null,
};
const done: StatusFields = {
  ...waiting,
  status: 'resolved',
  waitingSince: null,
  snoozedUntil: null,
  callbackSince: null,
  callbackNumber: null,
  callbackDoneAt: at(9),
  resolvedAt: at(9),
};

describe('changeStatus', () => {
  it.each([
    ['keeps waiting and snooze when nothing changes', waiting, 'open', waiting],
    [
      'lets nobody wait for us while we wait',
      waiting,
      'pending',
      { ...waiting, status: 'pending', waitingSince: null },
    ],
    [
      'ends waiting, snooze and the task to call back when done',
      waiting,
      'resolved',
      { ...done, resolvedAt: at(30), callbackDoneAt: at(30) },
    ],
    [
      'waits since the unanswered message when put back to open',
      done,
      'open',
      { ...done, status: 'open', resolvedAt: null, waitingSince: at(4) },
    ],
    [
      'waits for nothing when we had the last word',
      { ...done, lastDirection: 'outbound' },
      'open',
      { ...done, lastDirection: 'outbound', status: 'open', resolvedAt: null, waitingSince: null },
    ],
    ['forgets when it was resolved', done, 'pending', { ...done, status: 'pending', resolvedAt: null }],
  ] as const)('%s', (_, from, to, expected) => {
    expect(changeStatus(from, to, at(30))).toEqual(expected);
  });

  it('allows every move between different statuses and names each once', () => {
    for (const from of caseStatuses)
      expect([...transitions[from], from].toSorted()).toEqual([...caseStatuses].toSorted());
  });
});

describe('answered', () => {
  it('ends the waiting and leaves the status to the agent', () => {
    expect(answered(waiting, at(30))).toEqual({
      ...waiting,
      lastDirection: 'outbound',
      lastMessageAt: at(30),
      waitingSince: null,
    });
  });
});
