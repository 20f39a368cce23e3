import { describe, expect, it } from '@jest/globals';
import { QueryClient } from '@tanstack/react-query';
import type { Notice } from '@loket/contracts/notices.js';
import { keys } from './keys.js';
import { type NoticeList, putNotice, readIn, unreadIn } from './notices.js';

const notice = (id: string, over: Partial<Notice> = {}): Notice =>
  ({ id, case: { id: 'k1' }, read: false, ...over }) as Notice;
const list: NoticeList = {
  pages: [
    { items: [notice('a'), notice('b', { read: true })], nextCursor: 'x', unread: 9 },
    { items: [notice('c', { case: { id: 'k2' } as Notice['case'] })], nextCursor: null, unread: 9 },
  ],
  pageParams: [null, 'x'],
};
const unreadIds = (of: NoticeList): string[] =>
  of.pages.flatMap((page) => page.items.filter(({ read }) => !read).map(({ id }) => id));

describe('reading notices', () => {
  it.each([
    [{ ids: ['a'] }, ['c'], 8],
    [{ ids: ['b'] }, ['a', 'c'], 9],
    [{ caseId: 'k2' }, ['a'], 8],
    [{}, [], 0],
  ])('%j', (what, left, unread) => {
    const after = readIn(list, what);
    expect(unreadIds(after)).toEqual(left);
    expect(unreadIn(after)).toBe(unread);
  });
});

describe('putNotice', () => {
  it('puts what comes by the socket first, once', () => {
    const client = new QueryClient();
    client.setQueryData(keys.notices, list);
    expect(putNotice(client, notice('n'))).toBe(true);
    expect(putNotice(client, notice('n'))).toBe(false);
    expect(putNotice(client, notice('c'))).toBe(false);
    const after = client.getQueryData<NoticeList>(keys.notices);
    expect(after?.pages[0]?.items.map(({ id }) => id)).toEqual(['n', 'a', 'b']);
    expect(unreadIn(after)).toBe(10);
  });

  it('takes what is known of one later, and does not make it unread again', () => {
    const client = new QueryClient();
    client.setQueryData(keys.notices, readIn(list, { ids: ['a'] }));
    expect(putNotice(client, notice('a', { reason: 'Meratakan beban' }))).toBe(false);
    const after = client.getQueryData<NoticeList>(keys.notices);
    expect(after?.pages[0]?.items[0]).toMatchObject({ id: 'a', reason: 'Meratakan beban', read: true });
    expect(unreadIn(after)).toBe(8);
  });

  it('is news also before the list is there', () => {
    expect(putNotice(new QueryClient(), notice('n'))).toBe(true);
  });
});
