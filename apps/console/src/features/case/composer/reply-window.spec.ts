import { describe, expect, it } from '@jest/globals';
import type { ReplyOption } from '@loket/contracts/cases.js';
import { canWrite, hoursAndMinutes, nextTick, replyWindow, wayOn } from './reply-window.js';

const now = new Date('2026-11-22T10:00:00.000Z');
const inMs = (ms: number) => new Date(now.getTime() + ms).toISOString();
const minute = 60_000;

describe('replyWindow', () => {
  it.each<[string, string | null, string | null, string, boolean | undefined]>([
    ['a channel without a window', null, null, 'always', undefined],
    ['long before the end', null, inMs(3 * 60 * minute), 'open', false],
    ['two hours before', null, inMs(120 * minute), 'open', true],
    ['a second before', null, inMs(1000), 'open', true],
    ['at the end', null, inMs(0), 'closed', undefined],
    ['a second past it', null, inMs(-1000), 'closed', undefined],
    ['told so by the server', 'window_closed', inMs(-minute), 'closed', undefined],
    ['nothing ever came in', 'window_closed', null, 'closed', undefined],
  ])('%s', (_, blocked, windowClosesAt, state, soon) => {
    const window = replyWindow({ blocked, windowClosesAt }, now);
    expect([window.state, 'soon' in window ? window.soon : undefined]).toEqual([state, soon]);
  });

  it('cannot be written to when it is blocked for another reason, however open', () => {
    expect(canWrite({ blocked: 'channel_disabled', windowClosesAt: inMs(minute) }, now)).toBe(false);
    expect(canWrite({ blocked: null, windowClosesAt: inMs(minute) }, now)).toBe(true);
  });
});

describe('the countdown', () => {
  it.each([
    [3 * 60 * minute + 12 * minute, 3, 12],
    [3 * 60 * minute, 3, 0],
    [59 * minute + 1, 1, 0],
    [1, 0, 1],
    [-5, 0, 0],
  ])('%i ms: %i h %i m', (ms, hours, minutes) => {
    expect(hoursAndMinutes(ms)).toEqual({ hours, minutes });
  });

  it.each([
    [90_000, 30_020],
    [120_000, 60_020],
    [500, 520],
  ])('with %i ms left it is looked at again after %i ms', (left, expected) => {
    expect(nextTick(replyWindow({ blocked: null, windowClosesAt: inMs(left) }, now))).toBe(expected);
  });
});

describe('wayOn', () => {
  const option = (channelId: string, patch: Partial<ReplyOption> = {}) =>
    ({ channelId, blocked: null, windowClosesAt: null, ...patch }) as ReplyOption;
  it.each<[string, ReplyOption[], string | undefined]>([
    ['mail', [option('wa'), option('mail')], 'mail'],
    [
      'what has no limit rather than what has one',
      [option('wa2', { windowClosesAt: inMs(minute) }), option('mail')],
      'mail',
    ],
    ['what is still open', [option('wa2', { windowClosesAt: inMs(minute) })], 'wa2'],
    [
      'nothing that is blocked or closed',
      [option('mail', { blocked: 'no_smtp' }), option('wa2', { windowClosesAt: inMs(-1) })],
      undefined,
    ],
    ['not the same again', [option('wa')], undefined],
  ])('%s', (_, options, expected) => {
    expect(wayOn(options, 'wa', now)?.channelId).toBe(expected);
  });
});
