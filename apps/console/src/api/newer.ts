import { replaceEqualDeep } from '@tanstack/react-query';
import type { CaseDetail, TimelineItem } from '@loket/contracts/cases.js';
import type { CaseList, Timeline } from './patch.js';
import { reshapedAt } from './reshape.js';

/**
 * An answer may be older than an event that came while it was under way. So what is fetched never replaces what is
 * newer in the cache: cases and messages by version, timelines also by what they hold. (`structuralSharing` of the
 * queries; parts that did not change keep their identity, so that their rows are not drawn again.)
 */
export function newerList(old: unknown, fresh: unknown): unknown {
  const [before, after] = [old as CaseList | undefined, fresh as CaseList];
  if (!before) return after;
  const known = new Map(before.pages.flatMap((page) => page.items).map((item) => [item.id, item]));
  const kept = new Set(before.pages);
  // Pages come and go at both ends, so they are compared by what they are, not by where they stand.
  const pages = after.pages.map((page, at) => {
    if (kept.has(page)) return page;
    const items = page.items.map((item) => {
      const other = known.get(item.id);
      if (!other) return item;
      return other.version > item.version ? other : replaceEqualDeep(other, item);
    });
    const old = before.pages[at];
    return old ? replaceEqualDeep(old, { ...page, items }) : { ...page, items };
  });
  const same = pages.length === before.pages.length && pages.every((page, at) => page === before.pages[at]);
  const pageParams = replaceEqualDeep(before.pageParams, after.pageParams);
  return same && pageParams === before.pageParams ? before : { ...after, pages, pageParams };
}

export function newerCase(old: unknown, fresh: unknown): unknown {
  const [before, after] = [old as CaseDetail | undefined, fresh as CaseDetail];
  // the number of a merged case answers with the case that it was merged into
  if (before && before.id !== after.id) return after;
  if (!before || before.version <= after.version) return replaceEqualDeep(before, after);
  return replaceEqualDeep(before, { ...before, replyOptions: after.replyOptions });
}

/** @param caseId whose timeline it is */
export function newerTimeline(caseId: string, old: unknown, fresh: unknown): unknown {
  const [before, after] = [old as Timeline | undefined, fresh as Timeline];
  const newest = after.pages[0];
  if (!before || !newest) return after;
  const known = new Map(before.pages.flatMap((page) => page.items).map((item) => [item.id, item]));
  const pages = after.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => newer(known.get(item.id), item)),
  }));
  const fetched = new Set(after.pages.flatMap((page) => page.items).map((item) => item.id));
  const last = newest.items.at(-1);
  // Nothing leaves a timeline but by a merge, a split or their undo: what is older than the last of these and was not
  // fetched again has gone. What we have sent ourselves is taken out when it is confirmed.
  const since = Math.max(last ? Date.parse(last.at) : 0, reshapedAt(caseId));
  const later = (before.pages[0]?.items ?? []).filter(
    (item) => !fetched.has(item.id) && !item.id.startsWith('local:') && Date.parse(item.at) > since,
  );
  const first = pages[0];
  if (first && later.length > 0) pages[0] = { ...first, items: [...first.items, ...later] };
  return replaceEqualDeep(before, { ...after, pages });
}

function newer(old: TimelineItem | undefined, fresh: TimelineItem): TimelineItem {
  const stale = old?.type === 'message' && fresh.type === 'message' && old.version > fresh.version;
  return stale ? old : fresh;
}
