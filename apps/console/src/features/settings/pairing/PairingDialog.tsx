import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import type { ChannelSessionState } from '../../../api/channel-sessions.js';
import { errorText } from '../../../api/error-text.js';
import { Dialog } from '../../../ui/Dialog.js';
import { Skeleton } from '../../../ui/Skeleton.js';
import { useFormat } from '../../../ui/useFormat.js';
import { failureText } from '../failure-text.js';
import { movesOn, pairingStep, type PairingStep } from '../pairing-step.js';
import { NextTry } from './NextTry.js';
import { CodeOffer, QrOffer } from './PairingOffers.js';
import { PairingProgress } from './PairingProgress.js';
import { PairingStart, type PairingChoice } from './PairingStart.js';
import s from './pairing.module.css';

/** Links a phone to a channel: the risk first, then a code, then how far it has come. Closing calls a code off. */
export function PairingDialog({
  channel,
  phone,
  onClose,
}: {
  channel: Channel;
  phone: ChannelSessionState;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { session, act } = phone;
  const region = typeof channel.config['defaultRegion'] === 'string' ? channel.config['defaultRegion'] : 'ID';
  const [choice, setChoice] = useState<PairingChoice>({ method: 'qr', number: '+62 ', accepted: false });
  /** what the last code was asked for: null = QR; undefined = nothing asked here */
  const [asked, setAsked] = useState<string | null>();
  /** back at the choice while a code is still shown elsewhere */
  const [choosing, setChoosing] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const step = shownStep(session && pairingStep(session), { choosing, started: asked !== undefined });
  const box = useRef<HTMLDivElement>(null);

  // the button that was pressed has gone with its step
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus();
  }, [step?.step]);

  const pair = (number: string | null) => {
    setFailure(null);
    setAsked(number);
    act({ action: 'pair', phone: number }).then(() => setChoosing(false), setFailure);
  };
  const close = () => {
    const called = step && ['opening', 'qr', 'code', 'retrying'].includes(step.step);
    if (called && session && movesOn(session)) act({ action: 'cancel' }).catch(() => undefined);
    onClose();
  };
  const choose = (method: PairingChoice['method']) => {
    setFailure(null);
    setChoice({ ...choice, method });
    setChoosing(true);
  };
  const starting = phone.acting === 'pair';
  const error = failure ?? (step === null ? phone.error : null);
  return (
    <Dialog
      title={t('settings.pairing.title', { name: channel.name })}
      steady={step !== null && step.step !== 'choose'}
      width={step?.step === 'qr' ? 620 : 480}
      onClose={close}
    >
      <div ref={box} tabIndex={-1} className={s.box}>
        <p className="sr" role="status">
          {step && t(`settings.pairing.say.${step.step}`)}
        </p>
        {error !== null && (
          <p className={s.error} role="alert">
            {errorText(t, error)}
          </p>
        )}
        {step === null && error === null && <Skeleton lines={4} gap={14} />}
        {step?.step === 'choose' && (
          <PairingStart
            choice={choice}
            region={region}
            busy={starting}
            onChange={setChoice}
            onStart={pair}
            onCancel={choosing ? () => setChoosing(false) : close}
          />
        )}
        {step?.step === 'qr' && (
          <QrOffer qr={step.qr} endsAt={session?.offerEndsAt ?? null} onCode={() => choose('code')} />
        )}
        {step?.step === 'code' && (
          <CodeOffer
            code={step.code}
            number={asked ? format.phone(`+${asked}`) : null}
            endsAt={session?.offerEndsAt ?? null}
            onQr={() => pair(null)}
          />
        )}
        {(step?.step === 'opening' || step?.step === 'linking' || step?.step === 'syncing') && (
          <PairingProgress at={step.step} />
        )}
        {step?.step === 'linked' && (
          <div className={s.linked}>
            <IconCircleCheck size={34} stroke={1.5} />
            <h3>
              {step.account
                ? t('settings.pairing.linkedTo', { number: format.phone(`+${step.account}`) })
                : t('settings.pairing.linked')}
            </h3>
            <p>{t('settings.pairing.linkedWhy')}</p>
          </div>
        )}
        {step?.step === 'expired' && (
          <Ended title={t('settings.pairing.expired')}>{t('settings.pairing.expiredWhy')}</Ended>
        )}
        {(step?.step === 'failed' || step?.step === 'retrying' || step?.step === 'hindered') && (
          <Ended title={t(`settings.pairing.${step.step}`)}>
            {failureText(t, step.code)}{' '}
            {step.step === 'retrying' && <NextTry at={session?.nextTryAt ?? null} />}
          </Ended>
        )}
        {step && step.step !== 'choose' && (
          <div className={s.acts}>
            {step.step === 'linked' ? (
              <Button data-autofocus onClick={onClose}>
                {t('settings.pairing.done')}
              </Button>
            ) : (
              <Button variant="default" onClick={close}>
                {t(['linking', 'syncing', 'hindered'].includes(step.step) ? 'ui.close' : 'ui.cancel')}
              </Button>
            )}
            {step.step === 'expired' && (
              <Button loading={starting} onClick={() => pair(asked ?? null)}>
                {t('settings.pairing.again')}
              </Button>
            )}
            {step.step === 'failed' && (
              <Button loading={starting} onClick={() => choose(choice.method)}>
                {t('settings.pairing.retry')}
              </Button>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}

/** What ended before this dialog was opened is no news in it. */
function shownStep(
  step: PairingStep | null,
  { choosing, started }: { choosing: boolean; started: boolean },
): PairingStep | null {
  if (step === null) return null;
  const old = !started && ['failed', 'expired', 'retrying'].includes(step.step);
  return old || (choosing && step.step !== 'linked') ? { step: 'choose' } : step;
}

function Ended({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className={s.ended}>
      <h3>{title}</h3>
      <p>{children}</p>
    </div>
  );
}
