import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import s from './quarantine.module.css';

export interface Replayed {
  result: IntakeResult;
  subject: string | null;
}

/** What came of trying again, with the way to the case. */
export function Outcome({ outcome, onClose }: { outcome: Replayed; onClose: () => void }) {
  const { t } = useTranslation();
  const { result, subject } = outcome;
  const number = result.caseNumber;
  const what = subject === null ? t('quarantine.theMessage') : `“${subject}”`;
  return (
    <div className={s.note} data-tone={result.status === 'quarantined' ? 'danger' : 'ok'}>
      <span className="grow">{t(`quarantine.result.${result.status}`, { number, what })}</span>
      {number !== null && (
        <Button component={Link} href={`/inbox/all/${number}`} size="xs" variant="default">
          {t('quarantine.openCase')}
        </Button>
      )}
      <ActionIcon aria-label={t('ui.close')} onClick={onClose}>
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
