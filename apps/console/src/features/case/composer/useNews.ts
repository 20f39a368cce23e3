import { useMemo } from 'react';
import { useTimeline } from '../../../api/cases.js';
import { useMe } from '../../../api/session.js';
import { newsSince, type News } from './news.js';

/** The open case's timeline as far as a writer minds: what came since, and up to where he has seen it now. */
export function useNews(caseId: string, seenAt: string | null): { news: News[]; newest: string | null } {
  const me = useMe();
  const pages = useTimeline(caseId).data?.pages;
  return useMemo(() => {
    const items = pages?.[0]?.items ?? [];
    const newest = items.findLast((item) => !item.id.startsWith('local:'))?.at ?? null;
    return { news: newsSince(items, seenAt, me.id), newest };
  }, [pages, seenAt, me.id]);
}
