import { Tooltip } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseSummary } from '@loket/contracts/cases.js';
import s from './incident-chip.module.css';

/** The incident that a case belongs to, and the way there; nothing when there is none. */
export function IncidentChip({ incident }: { incident: CaseSummary['incident'] }) {
  const { t } = useTranslation();
  if (!incident) return null;
  return (
    <Tooltip label={incident.title} openDelay={300}>
      <Link className={s.chip} href={`/incidents/${incident.id}`}>
        <span className="sr">{t('ui.incident')}</span>
        <IconAlertOctagon size={13} stroke={1.9} aria-hidden />
        <span className="num">INC-{incident.number}</span>
        <span className={`${s.title} cut`}>{incident.title}</span>
      </Link>
    </Tooltip>
  );
}
