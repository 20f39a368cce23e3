import { IconArrowUp } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { mostArrivals } from '../../../api/arrivals.js';
import { Keys } from '../../../ui/Keys.js';
import s from './inbox.module.css';

/** Arrivals wait here: rows keep their place while someone works. */
export function NewerBar({ arrived, moved, onLoad }: { arrived: number; moved: number; onLoad: () => void }) {
  const { t } = useTranslation();
  const on = arrived + moved > 0;
  return (
    <div className={s.newerBox} data-on={on || undefined} role="status">
      {on && (
        <button className={s.newer} onClick={onLoad} aria-keyshortcuts=".">
          <IconArrowUp size={14} stroke={2} />
          {arrived > 0
            ? t('inbox.newer', { count: arrived, n: shown(arrived) })
            : t('inbox.moved', { count: moved, n: shown(moved) })}{' '}
          <Keys keys="." />
        </button>
      )}
    </div>
  );
}

const shown = (count: number) => (count < mostArrivals ? String(count) : `${mostArrivals}+`);

/** without a hand on anything */
const idleMs = 60_000;
/** In a rush something new waits always; whoever is away needs no more than this. */
const reloadEveryMs = 30_000;
const lookEveryMs = 3_000;

/** A list that stands at its top while nobody works at it brings itself up to date, now and then. */
export function useReloadWhenIdle(
  wanted: boolean,
  scroller: { current: HTMLDivElement | null },
  reload: () => void,
): void {
  const touched = useRef(Date.now());
  const reloaded = useRef(0);
  useEffect(() => {
    const touch = () => (touched.current = Date.now());
    const kinds = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
    for (const kind of kinds) window.addEventListener(kind, touch, { passive: true });
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, touch);
    };
  }, []);
  useEffect(() => {
    if (!wanted) return;
    const timer = setInterval(() => {
      const now = Date.now();
      const atTop = (scroller.current?.scrollTop ?? 0) < 8;
      if (document.hidden || !atTop) return;
      if (now - touched.current < idleMs || now - reloaded.current < reloadEveryMs) return;
      reloaded.current = now;
      reload();
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [wanted, reload, scroller]);
}
