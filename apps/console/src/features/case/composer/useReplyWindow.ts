import { useEffect, useState } from 'react';
import type { ReplyOption } from '@loket/contracts/cases.js';
import { nextTick, replyWindow, type ReplyWindow } from './reply-window.js';

/** The window of an option as it stands now: looked at again each minute, and at the very moment at which it closes. */
export function useReplyWindow(option: ReplyOption | undefined): ReplyWindow {
  const [now, setNow] = useState(() => new Date());
  const window = option ? replyWindow(option, now) : ({ state: 'always' } as const);
  const wait = nextTick(window);
  useEffect(() => {
    if (wait === null) return;
    const timer = setTimeout(() => setNow(new Date()), wait);
    return () => clearTimeout(timer);
  }, [wait, now]);
  // an option that came since was judged by an old clock
  useEffect(() => setNow(new Date()), [option?.windowClosesAt, option?.blocked]);
  return window;
}
