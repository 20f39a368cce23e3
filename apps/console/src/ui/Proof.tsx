import { useTranslation } from 'react-i18next';
import type { Proof as Level, SenderProof } from '@loket/contracts/inbound.js';
import s from './ui.module.css';

const bars = { verified: 3, claimed: 1, failed: 0 } as const;

/** Level of proof: three small bars and the word for it. Never bars alone. */
export function Proof({ level }: { level: Level | SenderProof }) {
  const { t } = useTranslation();
  return (
    <span className={s.level} data-l={bars[level]}>
      <span className={s.proof} data-l={bars[level]} aria-hidden>
        {[1, 2, 3].map((n) => (
          <i key={n} data-on={n <= bars[level] || undefined} />
        ))}
      </span>
      {t(`ui.proof.${level}`)}
    </span>
  );
}
