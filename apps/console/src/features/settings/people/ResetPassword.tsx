import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import type { Agent } from '@loket/contracts/access.js';
import { errorText } from '../../../api/error-text.js';
import { useMakePasswordLink } from '../../../api/invitations.js';
import { useUpdateAgent } from '../api.js';
import { newPassword } from '../new-password.js';
import { Handover } from './Handover.js';
import { LinkToHand } from './LinkToHand.js';
import s from '../components/settings.module.css';
import w from './invite.module.css';

/** For somebody who has forgotten his: a link by which he chooses a new one, or a password to hand over. */
export function ResetPassword({ person, onClose }: { person: Agent; onClose: () => void }) {
  const { t } = useTranslation();
  const update = useUpdateAgent();
  const make = useMakePasswordLink();
  const [password] = useState(() => newPassword());
  const { id, name } = person;
  if (update.isSuccess) return <Handover person={person} password={password} onClose={onClose} />;
  if (make.data) {
    return (
      <Dialog firm width={520} onClose={onClose} title={t('settings.people.resetLink', { name })}>
        <p className={w.why}>{t('settings.people.resetLinkWhy', { name })}</p>
        <LinkToHand link={make.data.link} who={name} message={t('settings.people.resetMessage')} />
        <Group justify="flex-end" mt={18}>
          <Button data-autofocus onClick={onClose}>
            {t('settings.people.invite.close')}
          </Button>
        </Group>
      </Dialog>
    );
  }
  const error = make.error ?? update.error;
  return (
    <Dialog onClose={onClose} title={t('settings.people.reset')}>
      <p>{t('settings.people.resetWhy', { name })}</p>
      {error && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, error)}
        </p>
      )}
      <div className={w.foot}>
        <Button
          variant="subtle"
          loading={update.isPending}
          disabled={person.disabled ? false : make.isPending}
          onClick={() => update.mutate({ id, password })}
        >
          {t('settings.people.resetDo')}
        </Button>
        <Group gap={8} ml="auto">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            data-autofocus
            loading={make.isPending}
            disabled={person.disabled || update.isPending}
            onClick={() => make.mutate(id)}
          >
            {t('settings.people.resetByLink')}
          </Button>
        </Group>
      </div>
    </Dialog>
  );
}
