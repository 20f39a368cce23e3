import type { QueryClient } from '@tanstack/react-query';
import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import { keys } from './keys.js';
import type { Timeline } from './patch.js';

/** Characters of a quoted message that are shown, as the server cuts it. */
const quoteLength = 200;

/** A message that was edited reads so too where others quote it. */
export function followQuotes(client: QueryClient, changed: TimelineMessage): void {
  const text = readsNow(changed);
  const follow = (item: TimelineItem): TimelineItem =>
    item.type === 'message' && item.quote?.messageId === changed.id && item.quote.text !== text
      ? { ...item, quote: { ...item.quote, text } }
      : item;
  client.setQueryData<Timeline>(
    keys.timeline(changed.caseId),
    (timeline) =>
      timeline && {
        ...timeline,
        pages: timeline.pages.map((page) => ({ ...page, items: page.items.map(follow) })),
      },
  );
}

function readsNow({ text, changes }: TimelineMessage): string {
  const edited = changes.findLast((change) => change.type === 'edited')?.text;
  return (edited ?? text).slice(0, quoteLength);
}
