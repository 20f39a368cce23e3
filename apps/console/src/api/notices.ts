import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Notice, NoticePage, ReadNotices } from '@loket/contracts/notices.js';
import { api } from './client.js';
import { keys } from './keys.js';

export type NoticeList = InfiniteData<NoticePage, string | null>;

/** My news, newest first. The socket brings each new one; nothing is asked for again. */
export function useNotices() {
  return useInfiniteQuery({
    queryKey: keys.notices,
    queryFn: ({ pageParam, signal }) =>
      api<NoticePage>('/me/notices', { query: { cursor: pageParam, limit: 30 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/** How many I have not read, of all. */
export function unreadIn(list: { pages: readonly NoticePage[] } | undefined): number {
  return list?.pages[0]?.unread ?? 0;
}

/**
 * One that is known already comes again when more is known of it: why a case was moved.
 * @returns whether it was not known yet
 */
export function putNotice(client: QueryClient, notice: Notice): boolean {
  const list = client.getQueryData<NoticeList>(keys.notices);
  const [first, ...others] = list?.pages ?? [];
  if (!list || !first) return true;
  if (list.pages.some((page) => page.items.some(({ id }) => id === notice.id))) {
    const again = (known: Notice) =>
      known.id === notice.id ? { ...notice, read: known.read || notice.read } : known;
    const known = list.pages.map((page) => ({ ...page, items: page.items.map(again) }));
    client.setQueryData<NoticeList>(keys.notices, { ...list, pages: known });
    return false;
  }
  const unread = first.unread + (notice.read ? 0 : 1);
  const pages = [{ ...first, items: [notice, ...first.items], unread }, ...others];
  client.setQueryData<NoticeList>(keys.notices, { ...list, pages });
  return true;
}

/** Does what was read concern this one? */
function concerns({ ids, caseId }: ReadNotices, notice: Notice): boolean {
  return (!ids || ids.includes(notice.id)) && (!caseId || notice.case.id === caseId);
}

/** The list as it is once these are read. Unread ones further down than what is loaded are not known one by one. */
export function readIn(list: NoticeList, what: ReadNotices): NoticeList {
  const all = !what.ids && !what.caseId;
  let gone = 0;
  const pages = list.pages.map((page) => ({
    ...page,
    items: page.items.map((notice) => {
      if (notice.read || !concerns(what, notice)) return notice;
      gone++;
      return { ...notice, read: true };
    }),
  }));
  const unread = all ? 0 : Math.max(0, unreadIn(list) - gone);
  return { ...list, pages: pages.map((page) => ({ ...page, unread })) };
}

/** Marks as read at once; what the server does not take shows itself as unread again. */
export function useReadNotices() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: ReadNotices) =>
      api<void>('/me/notices/read', { method: 'POST', body: what, keepalive: true }),
    onMutate: (what) => {
      client.setQueryData<NoticeList>(keys.notices, (list) => list && readIn(list, what));
    },
    onError: () => void client.invalidateQueries({ queryKey: keys.notices }),
  });
}
