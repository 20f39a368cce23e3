import { describe, expect, it } from '@jest/globals';
import type { VisitorMessage } from '@loket/contracts/visitors.js';
import { catchUp, mark, merge, notYet, unreadCount } from './conversation.js';

const message = (id: string, minute: number, more: Partial<VisitorMessage> = {}): VisitorMessage => ({
  id,
  clientId: null,
  from: 'agent',
  name: 'Rani',
  picture: null,
  text: id,
  attachments: [],
  at: new Date(Date.UTC(2026, 0, 1, 8, minute)).toISOString(),
  state: 'sent',
  via: 'webchat',
  ...more,
});
const ids = (messages: readonly VisitorMessage[]): string => messages.map(({ id }) => id).join('');
const a = message('a', 1);
const b = message('b', 2, { from: 'visitor' });
const c = message('c', 3);

describe('merge', () => {
  it.each([
    ['nothing new', [a, b], [b, a], 'ab'],
    ['an older one that came late', [a, c], [b], 'abc'],
    ['the same instant, by id', [message('y', 1)], [message('x', 1)], 'xy'],
  ])('%s', (_, known, more, expected) => expect(ids(merge(known, more))).toBe(expected));

  it('keeps the furthest state, in whichever order reports come', () => {
    const read = { ...b, state: 'read' as const };
    expect(merge([read], [b])[0]?.state).toBe('read');
    expect(merge([b], [read])[0]?.state).toBe('read');
  });
});

describe('catchUp', () => {
  it.each([
    ['first page', [], [a, b], 'ab'],
    ['joins what is known', [a, b], [b, c], 'abc'],
    ['leaves out what lies before a gap', [a], [c], 'c'],
    ['an empty page takes nothing away', [a], [], 'a'],
  ])('%s', (_, known, page, expected) => expect(ids(catchUp(known, page))).toBe(expected));
});

describe('mark', () => {
  const states = (messages: readonly VisitorMessage[]): string => messages.map(({ state }) => state).join();

  it('holds for that message and those of the same side before it', () => {
    expect(states(mark([a, b, c, message('d', 4)], 'c', 'read'))).toBe('read,sent,read,sent');
    expect(states(mark([a, b, c], 'b', 'delivered'))).toBe('sent,delivered,sent');
  });

  it('never goes back, and knows nothing of strangers', () => {
    expect(states(mark(mark([a], 'a', 'read'), 'a', 'delivered'))).toBe('read');
    expect(states(mark([a, b], 'z', 'read'))).toBe('sent,sent');
  });

  it('tells what is still to be told', () => {
    const delivered = mark([a, b, c], 'c', 'delivered');
    expect([
      notYet([a, b, c], 'delivered'),
      notYet(delivered, 'delivered'),
      notYet(delivered, 'read'),
    ]).toEqual(['c', null, 'c']);
    expect([unreadCount(delivered), unreadCount(mark(delivered, 'a', 'read'))]).toEqual([2, 1]);
  });
});
