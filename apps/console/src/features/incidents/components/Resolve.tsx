import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IncidentDetail } from '@loket/contracts/incidents.js';
import { Dialog } from '../../../ui/Dialog.js';
import { useFormat } from '../../../ui/useFormat.js';
import s from './incidents.module.css';

interface ResolveProps {
  incident: IncidentDetail;
  busy: boolean;
  onClose: () => void;
  onResolve: (withCases: boolean) => void;
}

/** Some linked cases are not resolved yet: with them, or without. */
export function Resolve({ incident, busy, onClose, onResolve }: ResolveProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = incident.openCaseCount;
  const n = format.number(count);
  return (
    <Dialog title={t('incidents.resolveTitle', { number: incident.number })} onClose={onClose}>
      <p>{t('incidents.resolveWhy', { count, n })}</p>
      {incident.updates.length === 0 && <p className={s.hint}>{t('incidents.resolveUntold')}</p>}
      <div className={s.choices}>
        <Button loading={busy} data-autofocus onClick={() => onResolve(true)}>
          {t('incidents.resolveAll', { count, n })}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => onResolve(false)}>
          {t('incidents.resolveOnly')}
        </Button>
        <Button variant="subtle" disabled={busy} onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
