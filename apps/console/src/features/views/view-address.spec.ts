import { describe, expect, it } from '@jest/globals';
import type { SavedFilter } from '@loket/contracts/saved-views.js';
import { filterAt, isAtView, viewAddress } from './view-address.js';

const open: SavedFilter = { view: 'all', status: 'open', sort: 'newest' };
const risk: SavedFilter = { view: 'all', status: 'open', waitingMinutes: 60, sort: 'waiting' };
const queue: SavedFilter = { ...open, team: 'returns' };
const callback: SavedFilter = { view: 'callback', status: 'all', sort: 'waiting' };
const angry: SavedFilter = {
  ...{ view: 'mine', status: 'all', sort: 'oldest', priority: 'high,urgent', kind: 'whatsapp' },
  ...{ tag: 'COD & retur', q: 'mug #1042', assignee: 'none', channel: 'c1' },
} as const;

describe('viewAddress', () => {
  it.each<[SavedFilter, string]>([
    [open, '/inbox/all'],
    [risk, '/inbox/all?waitingMinutes=60&sort=waiting'],
    [queue, '/inbox/all?team=returns'],
    [callback, '/inbox/callback'],
    [{ ...callback, status: 'open' }, '/inbox/callback?status=open'],
  ])('%j', (filter, address) => {
    expect(viewAddress(filter)).toBe(address);
  });

  it.each([open, risk, queue, callback, angry])('is read back as it was: %j', (filter) => {
    const [path = '', search = ''] = viewAddress(filter, 'v1').split('?');
    expect(filterAt(`${path}/1042`, search)).toEqual(filter);
  });
});

describe('isAtView', () => {
  it.each<[string, SavedFilter, string | undefined, boolean]>([
    ['/inbox/all', open, undefined, true],
    ['/inbox/all/1042', open, undefined, true],
    ['/inbox/all?priority=high', open, undefined, true],
    ['/inbox/allied', open, undefined, false],
    ['/inbox/all?team=returns', open, undefined, false],
    ['/inbox/all/7?team=returns&status=pending', queue, undefined, true],
    ['/inbox/all?team=sales', queue, undefined, false],
    ['/inbox/all?waitingMinutes=60&sort=waiting', risk, undefined, true],
    ['/inbox/all?waitingMinutes=60', open, undefined, false],
    ['/inbox/all?team=returns&saved=v1', queue, undefined, false],
    ['/inbox/all?team=returns&saved=v1', queue, 'v1', true],
    ['/inbox/all?team=returns', queue, 'v1', false],
  ])('%s in %j (%s): %s', (address, filter, saved, expected) => {
    const [path = '', search = ''] = address.split('?');
    expect(isAtView(path, search, filter, saved)).toBe(expected);
  });
});

it('is nowhere outside of the inbox', () => {
  expect(filterAt('/settings/people', '')).toBeNull();
});
