import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/Dialog.js';
import type { Agent } from '@loket/contracts/access.js';
import { CopyBox } from '../components/CopyBox.js';
import s from '../components/settings.module.css';

/** The one time that a new password is shown. Closing needs the button, so that a stray click does not lose it. */
export function Handover({
  person,
  password,
  onClose,
}: {
  person: Agent;
  password: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const entries = [
    [t('settings.people.signInAt'), `${window.location.origin}/signin`],
    [t('settings.people.email'), person.email],
    [t('settings.people.password'), password],
  ] as const;
  return (
    <Dialog firm onClose={onClose} title={t('settings.people.handover', { name: person.name })}>
      <p className={s.note} data-tone="plain" style={{ marginBottom: 14 }}>
        {t('settings.people.handoverWhy')}
      </p>
      <dl className={s.kv}>
        {entries.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <CopyBox text={text} label={label} />
            </dd>
          </div>
        ))}
      </dl>
      <Group justify="flex-end" mt={18}>
        <Button data-autofocus onClick={onClose}>
          {t('settings.people.handoverDone')}
        </Button>
      </Group>
    </Dialog>
  );
}
