import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';
import { fileKind } from '../../../ui/file-kind.js';
import type { Folded } from './copies.js';
import { looks } from '../looks.js';

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
      /** of an answer: what went another way too */
      copy: TimelineMessage | null;
    }
  /** pictures that were sent in one go, as chats send them: one message each */
  | {
      kind: 'album';
      key: string;
      items: readonly TimelineMessage[];
      channel: ChannelKind | null;
      follows: boolean;
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
 * @param copies of answers, by their id; they do not stand among the items
 */
export function timelineRows(
  items: readonly TimelineItem[],
  seenUntil: string | undefined,
  dayOf: (at: string) => string,
  copies: Folded['copies'] = new Map(),
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
      const taken = `${item.channelId} ${sameAddress(address)}`;
      if (taken !== way) {
        channel = item.channelKind;
        way = taken;
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
      copy: copies.get(item.id) ?? null,
    });
    previous = item;
  }
  return gatherAlbums(rows);
}

/** Between two pictures of one go, at most. */
const burstMs = 60_000;

/** Puts bare pictures that follow each other closely into one row. */
function gatherAlbums(rows: readonly Row[]): Row[] {
  const gathered: Row[] = [];
  for (const row of rows) {
    const before = gathered.at(-1);
    const items = [...(before ? picturesOf(before) : []), ...picturesOf(row)];
    const goesOn = row.kind === 'item' && row.follows && picturesOf(row).length > 0;
    if (goesOn && before && (before.kind === 'item' || before.kind === 'album') && isBurst(items)) {
      const { key, channel, follows } = before;
      gathered[gathered.length - 1] = { kind: 'album', key, items, channel, follows };
    } else gathered.push(row);
  }
  return gathered;
}

/** The messages of a row that shows pictures and nothing else. */
function picturesOf(row: Row): readonly TimelineMessage[] {
  if (row.kind === 'album') return row.items;
  if (row.kind !== 'item' || row.item.type !== 'message' || row.copy) return [];
  return isBarePicture(row.item) ? [row.item] : [];
}

/** Several, each soon after the one before. One may have a caption: the first, or the last. */
function isBurst(items: readonly TimelineMessage[]): boolean {
  const captioned = items.flatMap((item, at) => (item.text === '' ? [] : [at]));
  const [only = 0] = captioned;
  return (
    items.length > 1 &&
    captioned.length <= 1 &&
    (only === 0 || only === items.length - 1) &&
    items.every(
      (item, at) => Date.parse(item.sentAt) - Date.parse(items[at - 1]?.sentAt ?? item.sentAt) <= burstMs,
    )
  );
}

/** Nothing but pictures, and perhaps a caption; nothing happened to it that has to be told beside it. */
function isBarePicture(message: TimelineMessage): boolean {
  return (
    looks[message.channelKind] === 'bubble' &&
    message.attachments.length > 0 &&
    message.attachments.every((file) => fileKind(file.mediaType, file.name) === 'photo') &&
    message.changes.length + message.warnings.length === 0 &&
    [message.quote, message.html, message.automatic, message.bouncedBy].every((part) => part === null) &&
    message.state !== 'failed' &&
    message.state !== 'uncertain'
  );
}

/** A chat writes a number without its plus when the customer writes, and with it when we do. */
function sameAddress(address: string): string {
  return address.includes('@') ? address.toLowerCase() : address.replace(/[^\p{L}\p{N}]/gu, '');
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
