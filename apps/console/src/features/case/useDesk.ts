import { useCallback, useMemo, useRef, useState } from 'react';
import type { CaseDetail, TimelineMessage } from '@loket/contracts/cases.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useChannels } from '../../api/channels.js';
import type { DraftQuote } from '../../api/drafts.js';
import type { Desk, Wish } from './desk.js';
import { canWrite, wayOn } from './composer/reply-window.js';
import { wordsOf } from './timeline/message-words.js';

/** @returns what messages may ask for, and what was asked last until it is done */
export function useDeskOf(detail: CaseDetail): { desk: Desk; wish: Wish | null; done: () => void } {
  const channels = useChannels().data;
  const [wish, setWish] = useState<Wish | null>(null);
  // messages ask when they are clicked: the desk stays the same while options come and go
  const latest = useRef(detail.replyOptions);
  latest.current = detail.replyOptions;
  const desk = useMemo<Desk>(() => {
    const can = (channelId: string, what: 'quotes' | 'templates') => capability(channels, channelId, what);
    return {
      wish: setWish,
      canQuote: (message) => can(message.channelId, 'quotes') && isQuotable(message),
      hasTemplates: (channelId) => can(channelId, 'templates'),
      wayOn: (message) => wayOn(latest.current, message.channelId, new Date()),
    };
  }, [channels]);
  return { desk, wish, done: useCallback(() => setWish(null), []) };
}

export function capability(
  channels: readonly Channel[] | undefined,
  channelId: string,
  what: 'quotes' | 'templates' | 'html' | 'preview',
): boolean {
  return channels?.find((channel) => channel.id === channelId)?.capabilities[what] ?? false;
}

/** What the other side does not know by an id, or no longer shows, cannot be quoted. */
export function isQuotable(message: TimelineMessage): boolean {
  return message.externalId !== null && !message.changes.some((change) => change.type === 'revoked');
}

/** The way by which a quote goes: the same channel, to the same address where that is one of several. */
export function quoteOption(detail: CaseDetail, message: TimelineMessage, address: string, now: Date) {
  const open = detail.replyOptions.filter(
    (option) => option.channelId === message.channelId && canWrite(option, now),
  );
  return open.find((option) => sameNumber(option.address, address)) ?? open[0];
}

const sameNumber = (a: string, b: string): boolean => a.replace(/\W/g, '') === b.replace(/\W/g, '');

/** @param us what our own side is called when no agent is named */
export function quoteOf(message: TimelineMessage, us: string): DraftQuote {
  const { direction, from, agent, attachments } = message;
  return {
    messageId: message.id,
    direction,
    name: direction === 'outbound' ? (agent?.name ?? us) : (from.name ?? from.value),
    text: wordsOf(message).text.replace(/\s+/g, ' ').trim().slice(0, 200),
    mediaType: attachments[0]?.mediaType ?? null,
  };
}
