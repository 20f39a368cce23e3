import { describe, expect, it } from '@jest/globals';
import type { SavedView } from '@loket/contracts/saved-views.js';
import { moved } from './api.js';

const view = (id: string, ownerId = 'me') => ({ id, ownerId }) as SavedView;
const all = [view('a'), view('b'), view('c'), view('x', 'rina')];

describe('moved', () => {
  it.each<[string, -1 | 1, string]>([
    ['b', -1, 'bacx'],
    ['b', 1, 'acbx'],
    ['a', -1, 'abcx'],
    ['c', 1, 'abcx'],
    ['x', -1, 'abcx'],
  ])('%s by %i: %s', (id, by, expected) => {
    expect(
      moved(all, id, by, 'me')
        .map((one) => one.id)
        .join(''),
    ).toBe(expected);
  });
});
