import { startTransition, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Keys that only go on to the next case: what is left would be built for nobody. */
const passing = new Set(['j', 'k', 'ArrowDown', 'ArrowUp', 'Shift', 'Control', 'Meta', 'Alt']);
/** a page in the background paints nothing, and is to be complete when it is looked at */
const unseenMs = 250;

/**
 * False until what is shown with it has been painted: for the parts of a screen that nobody reads first. A key pressed
 * before finds them there already, since it may be meant for them.
 */
export function useAfterPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    if (painted) return;
    const channel = new MessageChannel();
    const later = () => startTransition(() => setPainted(true));
    channel.port1.onmessage = later;
    // a task posted in a frame runs after it was painted
    const frame = requestAnimationFrame(() => channel.port2.postMessage(null));
    const timer = setTimeout(later, unseenMs);
    const onKey = ({ key }: KeyboardEvent) => {
      if (!passing.has(key)) flushSync(() => setPainted(true));
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      channel.port1.close();
      window.removeEventListener('keydown', onKey, { capture: true });
    };
  }, [painted]);
  return painted;
}
