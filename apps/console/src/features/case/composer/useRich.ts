import { useEffect, useState, type ComponentType } from 'react';
import type RichArea from '../../../ui/rich/RichArea.js';

type Area = typeof RichArea;

const storageKey = 'loket-rich-text';
let loaded: Area | null = null;

/**
 * The editor for text with looks, which is loaded when somebody wants it first. Without it (it is on its way, or did not
 * come) one writes on in plain text.
 *
 * @param offered the channel carries HTML
 * @param has what is written has looks already
 */
export function useRich(offered: boolean, has: boolean) {
  const [on, setOn] = useState(() => localStorage.getItem(storageKey) === 'on');
  const [byHand, setByHand] = useState(false);
  const [area, setArea] = useState<Area | null>(() => loaded);
  const wants = offered && (on || has);
  useEffect(() => {
    if (!wants || area) return;
    import('../../../ui/rich/RichArea.js').then(
      (module) => {
        loaded = module.default;
        setArea(() => loaded);
      },
      () => undefined,
    );
  }, [wants, area]);
  return {
    offered,
    Area: wants ? (area as ComponentType<Parameters<Area>[0]> | null) : null,
    /** it was asked for just now, so the writing goes on in it */
    byHand,
    turn: (next: boolean) => {
      localStorage.setItem(storageKey, next ? 'on' : 'off');
      setOn(next);
      setByHand(true);
    },
  };
}
