import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { VisitorSign } from '@loket/contracts/sockets.js';
import type { VisitorCard } from '@loket/contracts/visitor-cards.js';
import { keys } from './keys.js';
import { applyVisitorSign, type VisitorCards } from './visitors.js';

const page = { url: 'https://toko.example/', title: 'Toko', referrer: '' };
const card = (id: string): VisitorCard => ({
  id,
  channelId: 'c',
  channelName: 'Toko',
  name: null,
  online: false,
  provenBy: null,
  page,
  browser: null,
  language: 'id',
  answers: {},
  questions: {},
  consentAt: null,
  firstSeenAt: '2026-11-21T00:00:00.000Z',
  lastSeenAt: '2026-11-21T10:00:00.000Z',
});
const sign = (over: Partial<VisitorSign> = {}): VisitorSign => ({
  customerId: 'k',
  visitorId: 'v',
  online: true,
  page: null,
  at: '2026-11-21T10:00:05.000Z',
  ...over,
});

function after(...signs: VisitorSign[]) {
  const client = new QueryClient();
  client.setQueryData<VisitorCards>(keys.visitors('k'), { items: [card('other'), card('v')] });
  for (const one of signs) applyVisitorSign(client, one);
  return {
    items: client.getQueryData<VisitorCards>(keys.visitors('k'))?.items ?? [],
    stale: client.getQueryState(keys.visitors('k'))?.isInvalidated,
    strangers: client.getQueryData(keys.visitors('somebody else')),
  };
}

describe('a sign of a visitor', () => {
  it('changes his card and nobody else’s; the page stays until he names another', () => {
    const mug = { ...page, url: 'https://toko.example/mug' };
    const [other, mine] = after(sign(), sign({ page: mug, at: '2026-11-21T10:00:06.000Z' })).items;
    expect(other).toEqual(card('other'));
    expect(mine).toMatchObject({ online: true, page: mug, lastSeenAt: '2026-11-21T10:00:06.000Z' });
    expect(after(sign()).items[1]).toMatchObject({ online: true, page });
  });

  it('that is older than what is known changes nothing', () => {
    expect(after(sign({ at: '2026-11-21T09:00:00.000Z' })).items[1]).toEqual(card('v'));
  });

  it('of a browser that is not in the list has the list fetched again; of a customer not in view, nothing', () => {
    expect(after(sign({ visitorId: 'new' })).stale).toBe(true);
    const { items, strangers } = after(sign({ customerId: 'somebody else' }));
    expect([items, strangers]).toEqual([[card('other'), card('v')], undefined]);
  });
});
