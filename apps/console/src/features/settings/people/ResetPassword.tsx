import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import type { Agent } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useUpdateAgent } from '../api.js';
import { newPassword } from '../new-password.js';
import { Handover } from './Handover.js';
import s from '../components/settings.module.css';

export function ResetPassword({ person, onClose }: { person: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateAgent();
  const [password] = useState(() => newPassword());
  if (update.isSuccess) return <Handover person={person} password={password} onClose={onClose} />;
  return (
    <Dialog onClose={onClose} title={t('settings.people.reset')}>
      <p>{t('settings.people.resetWhy', { name: person.name })}</p>
      {update.error && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, update.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button
          data-autofocus
          loading={update.isPending}
          onClick={() => update.mutate({ id: person.id, password })}
        >
          {t('settings.people.resetDo')}
        </Button>
      </Group>
    </Dialog>
  );
}
