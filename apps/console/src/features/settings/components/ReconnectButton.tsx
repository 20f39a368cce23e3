import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { useUpdateChannel } from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { showToast } from '../../../ui/toasts.js';

/** Makes the adapter start anew; a channel that waited for a person is tried again. */
export function ReconnectButton({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const update = useUpdateChannel();
  const again = () =>
    update.mutate(
      { id: channel.id },
      { onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }) },
    );
  return (
    <Button mt={12} variant="default" loading={update.isPending} onClick={again}>
      {t(channel.capabilities.webhook ? 'settings.channels.resume' : 'settings.channels.reconnect')}
    </Button>
  );
}
