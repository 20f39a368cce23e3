import { describe, expect, it } from '@jest/globals';
import { fromServer, reconcile } from './server-drafts.js';

const early = '2026-11-22T09:00:00.000Z';
const late = '2026-11-22T09:00:02.000Z';

describe('a draft here and on the server', () => {
  it.each([
    ['only there', null, { savedAt: early }, 'take'],
    ['only here, never told', { savedAt: early }, null, 'push'],
    [
      'told, and gone there since: sent from another browser',
      { savedAt: early, synced: early },
      null,
      'drop',
    ],
    ['told, gone there, but written on here', { savedAt: late, synced: early }, null, 'push'],
    ['newer there', { savedAt: early, synced: early }, { savedAt: late }, 'take'],
    ['newer here', { savedAt: late, synced: early }, { savedAt: early }, 'push'],
    ['the same', { savedAt: early }, { savedAt: early }, null],
    ['nowhere', null, null, null],
  ])('%s', (_, here, there, right) => {
    expect(reconcile(here, there)).toBe(right);
  });

  it('keeps what it was begun with, and quotes only what is loaded', () => {
    const body = { text: 'Halo', attachments: [], quoteId: 'm1', version: 3, seenAt: early, toAgentId: 'a1' };
    expect(fromServer({ slot: 'reply:c1', body, savedAt: late }, () => null)).toEqual([
      'c1',
      expect.objectContaining({ text: 'Halo', quote: null, version: 3, seenAt: early, synced: late }),
    ]);
    expect(fromServer({ slot: 'note', body, savedAt: late }, () => null)[0]).toBe('note');
  });
});
