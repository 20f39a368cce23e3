import { Checkbox } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Fragment, useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { ChannelMark } from '../../../ui/ChannelMark.js';
import { useFormat } from '../../../ui/useFormat.js';
import { firstLine, threadsOf } from '../split-choice.js';
import s from './operations.module.css';

/** One message in one line. */
export function lineText(t: TFunction, message: TimelineMessage): string {
  const who = message.direction === 'outbound' ? `${message.agent?.name ?? t('operations.us')}: ` : '';
  // as the case shows it: what was corrected reads corrected, what was taken back is not shown again
  if (message.changes.some(({ type }) => type === 'revoked')) return who + t('operations.takenBack');
  const edited = message.changes.findLast(({ type }) => type === 'edited')?.text;
  const words = message.subject ?? firstLine(edited ?? message.text);
  return who + (words || message.attachments[0]?.name || t('operations.noText'));
}

interface SplitPickProps {
  messages: readonly TimelineMessage[];
  /** ids of those that go */
  out: ReadonlySet<string>;
  onOut: (out: ReadonlySet<string>) => void;
}

/** Messages to tick: by line, by thread, or all from one on. J K or the arrows move, X ticks. */
export function SplitPick({ messages, out, onOut }: SplitPickProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useRef<HTMLDivElement>(null);
  const threads = threadsOf(messages);
  const words = { today: t('operations.today'), yesterday: t('operations.yesterday') };
  const start = messages.find((message) => out.has(message.id)) ?? messages[0];
  const opened = useRef(start?.id);
  useEffect(() => {
    const box = list.current?.querySelector<HTMLElement>(`[data-message="${opened.current}"]`);
    box?.scrollIntoView({ block: 'center' });
  }, []);
  const set = (ids: readonly string[], on: boolean) => {
    const next = new Set(out);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    onOut(next);
  };
  const fromHere = (at: number) => onOut(new Set(messages.slice(at).map((message) => message.id)));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const boxes = [...(list.current?.querySelectorAll<HTMLInputElement>('[data-message]') ?? [])];
    const at = boxes.findIndex((box) => box === event.target);
    if (at < 0 || event.ctrlKey || event.metaKey) return;
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const id = messages[at]?.id ?? '';
    if (by) boxes[Math.min(boxes.length - 1, Math.max(0, at + by))]?.focus();
    else if (event.key === 'x') set([id], !out.has(id));
    else if (event.key === 'f') fromHere(at);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={s.picks}>
        {threads.map((thread) => {
          const on = thread.messageIds.every((id) => out.has(id));
          return (
            <button
              key={thread.threadId}
              className={s.chip}
              aria-pressed={on}
              onClick={() => set(thread.messageIds, !on)}
            >
              <ChannelMark kind={thread.channelKind} size={13} />
              <span className="cut">{format.phone(thread.address)}</span>
              <span className="num">{format.number(thread.messageIds.length)}</span>
            </button>
          );
        })}
      </div>
      <div ref={list} role="group" aria-labelledby="split-choose" onKeyDown={onKeyDown}>
        {messages.map((message, at) => {
          const newDay = format.dayKey(message.at) !== format.dayKey(messages[at - 1]?.at ?? message.at);
          return (
            <Fragment key={message.id}>
              {(at === 0 || newDay) && <div className={s.dayln}>{format.day(message.at, words)}</div>}
              <div className={s.pickln}>
                <Checkbox
                  size="xs"
                  id={`split-${message.id}`}
                  data-message={message.id}
                  data-autofocus={message.id === opened.current || undefined}
                  checked={out.has(message.id)}
                  onChange={(event) => set([message.id], event.currentTarget.checked)}
                />
                <time dateTime={message.at}>{format.time(message.at)}</time>
                <ChannelMark kind={message.channelKind} size={13} />
                <label className="cut" htmlFor={`split-${message.id}`}>
                  {lineText(t, message)}
                </label>
                {at > 0 && (
                  <button className={s.here} tabIndex={-1} onClick={() => fromHere(at)}>
                    {t('operations.split.fromHere')}
                  </button>
                )}
              </div>
            </Fragment>
          );
        })}
      </div>
    </>
  );
}
