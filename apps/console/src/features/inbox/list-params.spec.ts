import { describe, expect, it } from '@jest/globals';
import { listPath, parseListParams } from './list-params.js';

describe('list addresses', () => {
  it.each([
    ['mine', '', { view: 'mine', status: 'open', sort: 'newest' }],
    [undefined, 'status=pending&sort=waiting', { view: 'all', status: 'pending', sort: 'waiting' }],
    ['nonsense', 'status=%22%3E&sort=x&q=%20', { view: 'all', status: 'open', sort: 'newest' }],
    ['all', 'q=%231042', { view: 'all', status: 'open', sort: 'newest', q: '#1042' }],
  ])('%s?%s', (view, search, expected) => {
    expect(parseListParams(view, search)).toEqual(expected);
  });

  it('say the same again when parsed', () => {
    expect(parseListParams('callback', '')).toEqual({ view: 'callback', status: 'all', sort: 'waiting' });
    expect(listPath({ view: 'callback', status: 'all', sort: 'waiting' })).toBe('/inbox/callback');
    const params = parseListParams('unassigned', 'status=all&sort=oldest&q=retur barang & #7');
    const [path, search] = listPath(params, 1042).split('?');
    expect(path).toBe('/inbox/unassigned/1042');
    expect(parseListParams('unassigned', search ?? '')).toEqual(params);
    expect(listPath(parseListParams('all', ''))).toBe('/inbox/all');
  });
});
