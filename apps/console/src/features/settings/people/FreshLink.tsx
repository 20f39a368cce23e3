import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../../api/workspace.js';
import { Dialog } from '../../../ui/Dialog.js';
import w from './invite.module.css';
import { LinkToHand } from './LinkToHand.js';

/** The new link of somebody who was invited before. */
export function FreshLink({ email, link, onClose }: { email: string; link: string; onClose: () => void }) {
  const { t } = useTranslation();
  const workspace = useWorkspace().data?.name ?? 'Loket';
  return (
    <Dialog firm width={520} onClose={onClose} title={t('settings.people.invite.linkFor', { email })}>
      <p className={w.why}>{t('settings.people.invite.freshWhy')}</p>
      <LinkToHand link={link} who={email} message={t('settings.people.invite.message', { workspace })} />
      <Group justify="flex-end" mt={18}>
        <Button data-autofocus onClick={onClose}>
          {t('settings.people.invite.close')}
        </Button>
      </Group>
    </Dialog>
  );
}
