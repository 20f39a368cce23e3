import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionAction } from '@loket/contracts/channel-sessions.js';
import type { Channel } from '@loket/contracts/channels.js';
import type { ChannelSessionState } from '../../../api/channel-sessions.js';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import { showToast } from '../../../ui/toasts.js';
import { ReconnectButton } from '../components/ReconnectButton.js';
import { needsPairing } from '../channel-health.js';
import { pairingStep } from '../pairing-step.js';

/** What a person can do about a linked phone as it stands. */
export function PhoneActions({
  channel,
  phone,
  onPair,
}: {
  channel: Channel;
  phone: ChannelSessionState;
  onPair: () => void;
}) {
  const { t } = useTranslation();
  const [unlinking, setUnlinking] = useState(false);
  const { session, acting } = phone;
  if (!session) return null;
  const { step } = pairingStep(session);
  if (step === 'hindered') return <ReconnectButton channel={channel} />;
  const act = (action: SessionAction, done?: string) => {
    phone.act(action).then(
      () => done && showToast({ text: done }),
      (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) }),
    );
  };
  const underWay = ['opening', 'qr', 'code', 'linking', 'syncing'].includes(step);
  const first = step === 'choose' || step === 'expired' || needsPairing(channel);
  // what was never linked has nothing to be started with
  const mayRestart =
    session.account !== null &&
    (step === 'retrying' || (step === 'failed' && session.state !== 'logged_out'));
  return (
    <Group gap={8} mt={12}>
      {first && !underWay && (
        <Button onClick={onPair}>
          {t(session.account ? 'settings.pairing.openAgain' : 'settings.pairing.open')}
        </Button>
      )}
      {underWay && (
        <Button variant="default" onClick={onPair}>
          {t('settings.pairing.watch')}
        </Button>
      )}
      {mayRestart && (
        <Button variant="default" loading={acting === 'restart'} onClick={() => act({ action: 'restart' })}>
          {t(step === 'retrying' ? 'settings.pairing.tryNow' : 'settings.pairing.restart')}
        </Button>
      )}
      {!first && !underWay && step !== 'linked' && (
        <Button variant="subtle" onClick={onPair}>
          {t('settings.pairing.openAgain')}
        </Button>
      )}
      {step === 'linked' && (
        <Button variant="default" onClick={() => setUnlinking(true)}>
          {t('settings.pairing.unlink')}
        </Button>
      )}
      {unlinking && (
        <Dialog
          title={t('settings.pairing.unlinkTitle', { name: channel.name })}
          onClose={() => setUnlinking(false)}
        >
          <p>{t('settings.pairing.unlinkWhy')}</p>
          <Group justify="flex-end" gap={8} mt={18}>
            <Button variant="default" data-autofocus onClick={() => setUnlinking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button
              onClick={() => {
                setUnlinking(false);
                act({ action: 'log_out' }, t('settings.pairing.unlinked'));
              }}
            >
              {t('settings.pairing.unlink')}
            </Button>
          </Group>
        </Dialog>
      )}
    </Group>
  );
}
