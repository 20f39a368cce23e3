import { useCallback, useState, type KeyboardEvent } from 'react';
import { findTrigger, type Trigger } from './triggers.js';

export interface TriggerOption {
  id: string;
  /** puts itself in the place of what was typed; @param length characters before the caret */
  take: (length: number) => void;
}

/**
 * Lists that open while one types: `/` for canned answers, `@` for colleagues. The focus stays in the text; ↑ ↓ choose,
 * Enter or Tab takes, Esc closes until something else is typed.
 */
export function useTriggers<T extends TriggerOption>(
  allowed: readonly Trigger['sign'][],
  optionsFor: (trigger: Trigger) => readonly T[],
) {
  const [before, setBefore] = useState<string | null>(null);
  const [closed, setClosed] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const found = before === null || before === closed ? null : findTrigger(before, allowed);
  const options = found ? optionsFor(found) : [];
  // what matches nothing is no question: Enter is a line break then
  const trigger = found && (options.length > 0 || found.query === '') ? found : null;
  const active = Math.min(at, Math.max(0, options.length - 1));

  const onCaret = useCallback((next: string | null) => {
    setBefore((now) => {
      if (now !== next) setAt(0);
      return next;
    });
    setClosed((now) => (next === now ? now : null));
  }, []);

  const take = (option: T | undefined) => {
    if (!trigger || !option) return;
    setBefore(null);
    option.take(trigger.length);
  };

  /** In the capture phase, before the text and the composer see the key. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (!trigger || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = (event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab';
    if (event.key === 'Escape') setClosed(before);
    else if (options.length === 0) return;
    else if (step) setAt((active + step + options.length) % options.length);
    else if (takes) take(options[active]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return { trigger, options, active, setActive: setAt, take, onCaret, onKeyDown };
}
