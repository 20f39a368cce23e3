import { useEffect, useState } from 'react';
import s from './ui.module.css';

/** True once `waiting` has lasted 400 ms: below that, no placeholder flickers. */
export function useLate(waiting: boolean, ms = 400): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [waiting, ms]);
  return waiting && late;
}

/** Still grey lines, no shimmer. */
export function Skeleton({ lines = 3, gap = 8 }: { lines?: number; gap?: number }) {
  const widths = ['62%', '88%', '74%', '48%'];
  return (
    <span aria-hidden style={{ display: 'grid', gap }}>
      {Array.from({ length: lines }, (_, n) => (
        <span key={n} className={s.bone} style={{ width: widths[n % widths.length] }} />
      ))}
    </span>
  );
}
