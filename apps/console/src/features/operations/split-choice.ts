import type { TimelineItem, TimelineMessage } from '@loket/contracts/cases.js';
import type { ChannelKind } from '@loket/contracts/channels.js';

/** A conversation of the channel's own, as one quick pick. */
export interface ThreadChoice {
  threadId: string;
  channelKind: ChannelKind;
  /** the customer's address on it */
  address: string;
  messageIds: string[];
}

export function messagesOf(items: readonly TimelineItem[]): TimelineMessage[] {
  return items.filter(
    (item): item is TimelineMessage => item.type === 'message' && !item.id.startsWith('local:'),
  );
}

/** The threads of a case in the order in which they began. */
export function threadsOf(messages: readonly TimelineMessage[]): ThreadChoice[] {
  const threads = new Map<string, ThreadChoice>();
  for (const message of messages) {
    const known = threads.get(message.threadId);
    if (known) known.messageIds.push(message.id);
    else
      threads.set(message.threadId, {
        threadId: message.threadId,
        channelKind: message.channelKind,
        address: counterpart(message),
        messageIds: [message.id],
      });
  }
  return [...threads.values()];
}

function counterpart(message: TimelineMessage): string {
  if (message.direction === 'inbound') return message.from.value;
  return message.recipients.find((recipient) => recipient.role === 'to')?.value ?? '';
}

/** Title of the new case as the server would choose it: the first subject, else the first words. */
export function suggestedSubject(messages: readonly TimelineMessage[]): string {
  const first = messages.find((message) => message.direction === 'inbound') ?? messages[0];
  if (!first) return '';
  return (first.subject ?? firstLine(first.text)).slice(0, 120);
}

export function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  );
}
