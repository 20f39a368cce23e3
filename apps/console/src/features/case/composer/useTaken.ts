import { hashKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CaseDetail, TimelineItem } from '@loket/contracts/cases.js';
import type { EventData } from '@loket/contracts/events.js';
import { attention } from '../../../api/attention.js';
import { keys } from '../../../api/keys.js';
import type { Timeline } from '../../../api/patch.js';

type EventItem = Extract<TimelineItem, { type: 'event' }>;

/** How a case was lost that one had open. */
export interface Taken {
  event: EventItem;
  data: Partial<EventData<'case.assigned'>>;
}

/**
 * That the open case, which was mine, was just given to somebody else. Whoever writes here may want to know it too: what
 * he had saved as a draft has become a note of his.
 *
 * While a case is open that was mine here, no card tells of its loss besides.
 *
 * @returns null as long as it is mine, or when I gave it away myself
 */
export function useTaken(detail: CaseDetail, me: string): { taken: Taken | null; dismiss: () => void } {
  const client = useQueryClient();
  const [taken, setTaken] = useState<Taken | null>(null);
  const owner = detail.assignee?.id ?? null;
  const before = useRef(owner);
  const { id } = detail;
  useEffect(() => {
    const lost = before.current === me && owner !== me;
    before.current = owner;
    if (owner === me) setTaken(null);
    if (!lost) return;
    // the event may come after the case itself: by another room, or with the timeline that is asked for anew
    const look = () => {
      const event = lastLoss(client.getQueryData<Timeline>(keys.timeline(id)), me);
      if (!event) return false;
      if (event.actor?.id !== me) setTaken({ event, data: event.data });
      return true;
    };
    if (look()) return;
    const timeline = hashKey(keys.timeline(id));
    const stop = client.getQueryCache().subscribe(({ query }) => {
      if (query.queryHash === timeline && look()) stop();
    });
    return stop;
  }, [client, id, me, owner]);
  // from then on, also for what comes after it: the reason
  const [tells, setTells] = useState(owner === me);
  useEffect(() => {
    if (owner === me) setTells(true);
  }, [owner, me]);
  useEffect(() => (tells ? attention.tellsOf(id) : undefined), [tells, id]);
  // why may be said after it was done
  const silent = taken !== null && taken.data.reason === undefined ? taken.event : null;
  useEffect(() => {
    if (!silent) return;
    const look = () => {
      const reason = laterReason(itemsOf(client.getQueryData<Timeline>(keys.timeline(id))), silent);
      if (reason === null) return false;
      setTaken((now) => now && { ...now, data: { ...now.data, reason } });
      return true;
    };
    if (look()) return;
    const timeline = hashKey(keys.timeline(id));
    const stop = client.getQueryCache().subscribe(({ query }) => {
      if (query.queryHash === timeline && look()) stop();
    });
    return stop;
  }, [client, id, silent]);
  return { taken, dismiss: () => setTaken(null) };
}

/** The newest change of hands that was about me, if I lost it then. Routing may have given it on at once. */
function lastLoss(timeline: Timeline | undefined, me: string): EventItem | null {
  const mine = eventsIn(itemsOf(timeline), ['case.assigned']).filter(
    ({ data }) => data['from'] === me || data['to'] === me,
  );
  const newest = mine.at(-1);
  return newest?.data['from'] === me ? newest : null;
}

/** Why it was moved, when that was said after it; what was said of a later move is not about this one. */
export function laterReason(items: readonly TimelineItem[], move: EventItem): string | null {
  const events = eventsIn(items, ['case.assigned', 'case.reason_given']);
  const since = events.slice(events.findIndex(({ id }) => id === move.id) + 1);
  const next = since.findIndex(({ event }) => event === 'case.assigned');
  const said = since.slice(0, next < 0 ? undefined : next).at(-1);
  return typeof said?.data['reason'] === 'string' ? said.data['reason'] : null;
}

function itemsOf(timeline: Timeline | undefined): readonly TimelineItem[] {
  return timeline?.pages.flatMap((page) => page.items) ?? [];
}

/** Oldest first. Ids of events count up, and tell apart what happened in the same millisecond. */
function eventsIn(items: readonly TimelineItem[], kinds: readonly EventItem['event'][]): EventItem[] {
  return items
    .filter((item): item is EventItem => item.type === 'event' && kinds.includes(item.event))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.id < b.id ? -1 : 1));
}
