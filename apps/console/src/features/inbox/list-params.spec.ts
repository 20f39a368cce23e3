import { describe, expect, it } from '@jest/globals';
import { listPath, parseListParams, savedOf } from './list-params.js';

describe('list addresses', () => {
  it.each([
    ['mine', '', { view: 'mine', status: 'open', sort: 'newest' }],
    [undefined, 'status=pending&sort=waiting', { view: 'all', status: 'pending', sort: 'waiting' }],
    ['nonsense', 'status=%22%3E&sort=x&q=%20', { view: 'all', status: 'open', sort: 'newest' }],
    ['all', 'q=%231042', { view: 'all', status: 'open', sort: 'newest', q: '#1042' }],
  ])('%s?%s', (view, search, expected) => {
    expect(parseListParams(view, search)).toEqual(expected);
  });

  it('hold every filter, and none that means nothing', () => {
    const id = '0194e3a2-7c1b-7def-8a01-23456789abcd';
    const search =
      `assignee=me&team=${id}&channel=${id}&kind=whatsapp,phone&priority=high,urgent&tag=barang+rusak` +
      `&waitingMinutes=60&customer=${id}&q=mug&saved=${id}`;
    const params = parseListParams('teams', search);
    expect(params).toEqual({
      view: 'teams',
      status: 'open',
      sort: 'newest',
      assignee: 'me',
      team: id,
      channel: id,
      kind: 'whatsapp,phone',
      priority: 'high,urgent',
      tag: 'barang rusak',
      waitingMinutes: 60,
      customer: id,
      q: 'mug',
    });
    expect(savedOf(search)).toBe(id);
    const [path, again] = listPath(params, 7, id).split('?');
    expect([path, parseListParams('teams', again ?? ''), savedOf(again ?? '')]).toEqual([
      '/inbox/teams/7',
      params,
      id,
    ]);
    const nonsense = 'assignee=you&team=1&kind=fax&priority=high,,&tag=&waitingMinutes=0&customer=x&saved=x';
    expect(parseListParams('all', nonsense)).toEqual({ view: 'all', status: 'open', sort: 'newest' });
    expect(savedOf(nonsense)).toBeUndefined();
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
