import { describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '@loket/contracts/cases.js';
import { newsSince } from './news.js';

const base = { caseId: 'c', at: '2026-11-22T09:05:00Z' };
const me = { id: 'me', name: 'Ayu' };
const bima = { id: 'bima', name: 'Bima' };
const item = (given: object): TimelineItem => ({ ...base, ...given }) as unknown as TimelineItem;
const inbound = item({ id: 'm1', type: 'message', direction: 'inbound', agent: null, automatic: null });
const began = '2026-11-22T09:00:00Z';

describe('what a writer must know of', () => {
  it('is what others said since he began, an answer of a colleague first', () => {
    const answer = item({ id: 'm2', type: 'message', direction: 'outbound', agent: bima, automatic: null });
    const note = item({ id: 'n1', type: 'note', agent: bima, draft: false });
    const data = { status: { from: 'open', to: 'resolved' } };
    const done = item({ id: 'e1', type: 'event', event: 'case.updated', actor: bima, data });
    expect(newsSince([note, inbound, done, answer], began, 'me').map(({ kind }) => kind)).toEqual([
      'answered',
      'resolved',
      'wrote',
      'noted',
    ]);
  });

  it.each([
    ['his own answer', { id: 'm3', type: 'message', direction: 'outbound', agent: me, automatic: null }],
    ['mail of a machine', { ...inbound, automatic: 'auto_reply' }],
    ['a draft that was never sent', { id: 'n2', type: 'note', agent: bima, draft: true }],
    ['what was there before', { ...inbound, at: '2026-11-22T08:59:00Z' }],
    [
      'another status',
      { id: 'e2', type: 'event', event: 'case.updated', actor: bima, data: { status: { to: 'open' } } },
    ],
  ])('is not %s', (_, given) => {
    expect(newsSince([item(given)], began, 'me')).toEqual([]);
  });

  it('is nothing before he began', () => {
    expect(newsSince([inbound], null, 'me')).toEqual([]);
  });
});
