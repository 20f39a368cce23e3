import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { dayName, wordsIn } from '../texts/texts.js';
import { Bubble, PendingBubble } from './bubble.js';
import { Face } from './face.js';
import { useChat } from './view.js';

/** this close to the end counts as being there */
const nearPx = 60;
/** messages of one side within this time stand together, with one line below */
const togetherMs = 180_000;

/** The conversation; `children` come after the last message. */
export function MessageList({ children }: { children: ComponentChildren }) {
  const { chat, state, t } = useChat();
  const { messages, language, config, status, typing, agent, loaded } = state;
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const before = useRef({ first: '', last: '', height: 0, count: 0 });
  const [below, setBelow] = useState(false);
  const [loading, setLoading] = useState(false);

  const known = new Set(messages.map(({ clientId }) => clientId));
  const pending = state.pending.filter(({ clientId }) => !known.has(clientId));
  const toEnd = (): void => box.current?.scrollTo(0, box.current.scrollHeight);

  // What is read stays where it is: the end stays the end, earlier messages push upwards.
  useLayoutEffect(() => {
    const { scrollHeight } = box.current!;
    const was = before.current;
    const now = {
      first: messages[0]?.id ?? '',
      last: messages.at(-1)?.id ?? '',
      height: scrollHeight,
      count: pending.length,
    };
    const own = now.count > was.count;
    if (atEnd.current || own) toEnd();
    else if (was.first !== now.first && was.last === now.last)
      box.current!.scrollTop += scrollHeight - was.height;
    else if (was.last !== now.last) setBelow(true);
    before.current = now;
  });
  // pictures that load, the keyboard, a taller field
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    watch.observe(box.current!);
    watch.observe(box.current!.firstElementChild!);
    return () => watch.disconnect();
  }, []);

  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = box.current!;
    atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx;
    if (atEnd.current) setBelow(false);
  };
  const loadEarlier = async (): Promise<void> => {
    setLoading(true);
    await chat.loadEarlier();
    setLoading(false);
  };

  const greeting = status.online
    ? wordsIn(config.greeting, language) || t.greeting
    : wordsIn(config.awayGreeting, language) || t.awayGreeting;
  const lastOwn = messages.findLast((m) => m.from === 'visitor')?.id;

  return (
    <div class="body">
      <div ref={box} class="scroll" tabIndex={0} role="region" aria-label={t.messages} onScroll={onScroll}>
        <div class="inner">
          {state.earlier !== null && (
            <button type="button" class="quiet" disabled={loading} onClick={() => void loadEarlier()}>
              {t.earlier}
            </button>
          )}
          {state.earlier === null && (loaded || pending.length > 0 || state.connection !== 'up') && (
            <p class="bubble theirs" dir="auto">
              {greeting}
            </p>
          )}
          <ol>
            {messages.map((message, i) => {
              const next = messages[i + 1];
              const previous = messages[i - 1];
              const at = Date.parse(message.at);
              const day = dayName(t, at);
              const newDay = !previous || dayName(t, Date.parse(previous.at)) !== day;
              const together =
                next?.from === message.from &&
                next.name === message.name &&
                next.via === message.via &&
                Date.parse(next.at) - at < togetherMs;
              const caption = !together || message.id === lastOwn;
              return [
                newDay && (
                  <li key={day} class="day">
                    {day}
                  </li>
                ),
                <Bubble key={message.clientId ?? message.id} message={message} caption={caption} />,
              ];
            })}
            {pending.map((message) => (
              <PendingBubble key={message.clientId} message={message} />
            ))}
          </ol>
          {children}
          {typing !== null && (
            <p class="caption typing">
              <Face name={typing} picture={agent?.name === typing ? agent.picture : null} size={18} />
              {t.typing(typing)}
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
            </p>
          )}
        </div>
      </div>
      {below && (
        <button type="button" class="below" onClick={toEnd}>
          {t.newest} ↓
        </button>
      )}
    </div>
  );
}
