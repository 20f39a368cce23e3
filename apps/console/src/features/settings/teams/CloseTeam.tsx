import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import { errorText } from '../../../api/error-text.js';
import { useUpdateTeam } from '../../../api/teams.js';
import { Dialog } from '../../../ui/Dialog.js';
import { showToast } from '../../../ui/toasts.js';
import s from '../components/settings.module.css';

/** What closing a team comes to, before it is done. It can be opened again. */
export function CloseTeam({
  team,
  onClose,
  onDone,
}: {
  team: Team;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const update = useUpdateTeam();
  const { id, name } = team;
  return (
    <Dialog onClose={onClose} title={t('settings.teams.closeTitle', { name })}>
      <p>{t('settings.teams.closeWhy')}</p>
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
          onClick={() =>
            update.mutate(
              { id, closed: true },
              {
                onSuccess: () => {
                  onClose();
                  showToast({ text: t('settings.teams.nowClosed', { name }) });
                  onDone();
                },
              },
            )
          }
        >
          {t('settings.teams.close')}
        </Button>
      </Group>
    </Dialog>
  );
}
