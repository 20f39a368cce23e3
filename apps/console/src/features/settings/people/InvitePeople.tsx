import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CreatedInvitations } from '@loket/contracts/invitations.js';
import { Dialog } from '../../../ui/Dialog.js';
import { InvitedLinks } from './InvitedLinks.js';
import { InviteFields } from './InviteFields.js';
import w from './invite.module.css';
import { useInviteForm } from './useInviteForm.js';

/** Colleagues are asked to come: each makes his own password. */
export function InvitePeople({ onClose, onByHand }: { onClose: () => void; onByHand: () => void }) {
  const { t } = useTranslation();
  const [created, setCreated] = useState<CreatedInvitations | null>(null);
  const invite = useInviteForm(setCreated);
  if (created) {
    return (
      <Dialog
        firm
        width={560}
        onClose={onClose}
        title={
          created.invited.length > 0
            ? t('settings.people.invite.done', { count: created.invited.length })
            : t('settings.people.invite.nobody')
        }
      >
        <InvitedLinks created={created} />
        <Group justify="flex-end" gap={8} mt={18}>
          {created.refused.length > 0 && (
            <Button variant="default" onClick={() => setCreated(null)}>
              {t('ui.back')}
            </Button>
          )}
          <Button data-autofocus onClick={onClose}>
            {t('settings.people.invite.close')}
          </Button>
        </Group>
      </Dialog>
    );
  }
  return (
    <Dialog steady width={520} onClose={onClose} title={t('settings.people.invite.title')}>
      <form onSubmit={invite.submit} noValidate>
        <InviteFields invite={invite} />
        <div className={w.foot}>
          <Button variant="subtle" onClick={onByHand}>
            {t('settings.people.invite.byHand')}
          </Button>
          <Group gap={8} ml="auto">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={invite.pending}>
              {invite.count > 0
                ? t('settings.people.invite.do', { count: invite.count })
                : t('settings.people.invite.doNone')}
            </Button>
          </Group>
        </div>
      </form>
    </Dialog>
  );
}
