import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';

/** What stands in the timeline: items, and the marks between them. */
export type Row =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'switch'; key: string; channel: ChannelKind; address: string }
  | { kind: 'fresh'; key: string; channel: ChannelKind | null }
  /** above a message that the desk joined to this case by what it says */
  | { kind: 'join'; key: string; message: TimelineMessage }
  | {
      kind: 'item';
      key: string;
      item: TimelineItem;
      channel: ChannelKind | null;
      follows: boolean;
      subject: string | null;
      /** an event of an operation that was undone later */
      undone: boolean;
    };

/** The customer's side of a message: who wrote, or whom we wrote to. */
export function counterpart(message: TimelineMessage): string {
  if (message.direction === 'inbound') return message.from.value;
  return message.recipients.find((recipient) => recipient.role === 'to')?.value ?? '';
}

/**
 * Puts marks between items: one at each new day, one where the channel or the customer's address changes, and one
 * above the first message that was not seen here yet, and one where a conversation was joined automatically. A subject is shown where it changes. The spine takes the colour of the channel in force.
 *
 * @param seenUntil instant up to which this browser has shown the case; undefined = never, so nothing is marked
 * @param dayOf calendar day of an instant in the agent's time zone
 */
export function timelineRows(
  items: readonly TimelineItem[],
  seenUntil: string | undefined,
  dayOf: (at: string) => string,
): Row[] {
  const rows: Row[] = [];
  let day = '';
  let way = '';
  let channel: ChannelKind | null = items.find((item) => item.type === 'message')?.channelKind ?? null;
  let previous: TimelineItem | undefined;
  let marked = seenUntil === undefined;
  let topic = '';
  const threads = new Set<string>();
  const undone = undoneOperations(items);
  for (const item of items) {
    const today = dayOf(item.at);
    if (today !== day) {
      rows.push({ kind: 'day', key: `day-${today}`, at: item.at });
      day = today;
      previous = undefined;
    }
    if (item.type === 'message') {
      const address = counterpart(item);
      if (`${item.channelId} ${address}` !== way) {
        channel = item.channelKind;
        way = `${item.channelId} ${address}`;
        rows.push({ kind: 'switch', key: `way-${item.id}`, channel, address });
        previous = undefined;
      }
      if (!marked && item.direction === 'inbound' && Date.parse(item.at) > Date.parse(seenUntil ?? '')) {
        marked = true;
        rows.push({ kind: 'fresh', key: 'fresh', channel });
        previous = undefined;
      }
    }
    if (item.type === 'message') {
      // what stands first was joined to nothing: it was split out since
      if (joined(item) && threads.size > 0 && !threads.has(item.threadId)) {
        rows.push({ kind: 'join', key: `join-${item.id}`, message: item });
        previous = undefined;
      }
      threads.add(item.threadId);
    }
    let subject: string | null = null;
    if (item.type === 'message' && item.subject && baseSubject(item.subject) !== topic) {
      ({ subject } = item);
      topic = baseSubject(item.subject);
    }
    const gone = item.type === 'event' && undone.has(item.data.operationId);
    rows.push({
      kind: 'item',
      key: item.id,
      item,
      channel,
      follows: follows(previous, item),
      subject,
      undone: gone && item.event !== 'operation.undone',
    });
    previous = item;
  }
  return rows;
}

/** Rule 7: nothing but what it says and when it came has joined it to this case. */
function joined(message: TimelineMessage): boolean {
  return message.direction === 'inbound' && message.match?.rule === 'duplicate_text';
}

function undoneOperations(items: readonly TimelineItem[]): ReadonlySet<unknown> {
  return new Set(
    items.flatMap((item) =>
      item.type === 'event' && item.event === 'operation.undone' ? [item.data.operationId] : [],
    ),
  );
}

/** Without what mail programs put before it when answering or forwarding, also the Indonesian ones. */
function baseSubject(subject: string): string {
  return subject
    .replace(/^(?:\s*(?:re|aw|antw|sv|bls|balas|fwd?|wg|tr|trs|terusan)\s*(?:\[\d+\])?\s*:)+/i, '')
    .trim()
    .toLowerCase();
}

/** Same person, same way, within ten minutes: the name needs no repeating. */
function follows(before: TimelineItem | undefined, item: TimelineItem): boolean {
  if (before?.type !== 'message' || item.type !== 'message') return false;
  return (
    before.direction === item.direction &&
    before.agent?.id === item.agent?.id &&
    before.from.value === item.from.value &&
    Date.parse(item.at) - Date.parse(before.at) < 600_000
  );
}
