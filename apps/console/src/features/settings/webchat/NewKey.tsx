import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import { useNewVisitorKey } from '../api.js';
import { CopyBox } from '../components/CopyBox.js';
import c from '../components/settings.module.css';

/** What a new key means; then the key, this once. */
export function NewKey({
  channelId,
  replaces,
  onMade,
  onClose,
}: {
  channelId: string;
  /** there is one already, which stops counting */
  replaces: boolean;
  onMade: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const make = useNewVisitorKey(channelId);
  if (make.data) {
    return (
      <Dialog firm onClose={onClose} title={t('settings.webchat.keyTitle')}>
        <p className={c.note} style={{ marginBottom: 14 }}>
          {t('settings.webchat.keyOnce')}
        </p>
        <CopyBox text={make.data.secret} label={t('settings.webchat.key')} />
        <p className={c.dim} style={{ marginTop: 12 }}>
          {t('settings.webchat.keyWhere')}
        </p>
        <Group justify="flex-end" mt={18}>
          <Button data-autofocus onClick={onClose}>
            {t('settings.tokens.kept')}
          </Button>
        </Group>
      </Dialog>
    );
  }
  return (
    <Dialog
      onClose={onClose}
      title={t(replaces ? 'settings.webchat.replaceTitle' : 'settings.webchat.makeKey')}
    >
      <p style={{ marginBottom: 14 }}>
        {t(replaces ? 'settings.webchat.replaceWhy' : 'settings.webchat.makeKeyWhy')}
      </p>
      {make.error && (
        <p className={c.note} data-tone="danger" role="alert">
          {errorText(t, make.error)}
        </p>
      )}
      <Group justify="flex-end" gap={8} mt={18}>
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button loading={make.isPending} onClick={() => make.mutate(undefined, { onSuccess: onMade })}>
          {t(replaces ? 'settings.webchat.replace' : 'settings.webchat.makeKey')}
        </Button>
      </Group>
    </Dialog>
  );
}
