import { useTranslation } from 'react-i18next';
import type { Availability } from '@loket/contracts/teams.js';
import { AgentFace } from './Face.js';
import u from './ui.module.css';
import s from './load.module.css';

const marks = { online: 'on', away: 'away', offline: 'off' } as const;

interface PresentFaceProps {
  agent: { id: string; name: string };
  availability: Availability;
  size?: number;
  /** what it is stands beside it in words */
  silent?: boolean;
}

/** A colleague, and whether he is there. */
export function PresentFace({ agent, availability, size = 28, silent = false }: PresentFaceProps) {
  const { t } = useTranslation();
  return (
    <span className={s.withDot}>
      <AgentFace agent={agent} size={size} silent={silent} />
      <span className={u.dot} data-p={marks[availability]} />
      {!silent && <span className="sr">{t(`ui.availability.${availability}`)}</span>}
    </span>
  );
}
