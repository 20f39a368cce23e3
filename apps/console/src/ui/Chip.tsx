import type { ReactNode } from 'react';
import s from './ui.module.css';

export type Tone = 'warn' | 'danger' | 'ok' | 'accent';

export function Chip({ tone, children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={s.chip} data-tone={tone}>
      {children}
    </span>
  );
}
