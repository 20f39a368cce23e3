import { describe, expect, it } from '@jest/globals';
import { titleWith } from './unread-title.js';

describe('titleWith', () => {
  it.each([
    ['Loket', 0, 'Loket'],
    ['Loket', 3, '(3) Loket'],
    ['(3) Loket', 4, '(4) Loket'],
    ['(3) Loket', 0, 'Loket'],
    ['Loket', 120, '(99+) Loket'],
    ['(99+) Loket', 1, '(1) Loket'],
    ['(3) #1042 (2) mug pecah · Loket', 2, '(2) #1042 (2) mug pecah · Loket'],
  ])('%s with %i: %s', (title, unread, expected) => {
    expect(titleWith(title, unread)).toBe(expected);
  });
});
