import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../ui/useNow.js';
import { useCopy } from '../components/useCopy.js';
import { countdown } from '../pairing-step.js';
import { QrCode } from '../../../ui/QrCode.js';
import s from './pairing.module.css';

/** The code to scan, what to do on the phone, and how long there is for it. */
export function QrOffer({ qr, endsAt, onCode }: { qr: string; endsAt: string | null; onCode: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={s.offer}>
      <div className={s.card}>
        <QrCode text={qr} label={t('settings.pairing.qrLabel')} />
      </div>
      <div className={s.how}>
        <PhoneSteps of="qr" />
        <Waiting of="qr" endsAt={endsAt} />
        <Button variant="subtle" className={s.other ?? ''} onClick={onCode}>
          {t('settings.pairing.codeInstead')}
        </Button>
      </div>
    </div>
  );
}

/** The code to type, large enough to be read across a desk. */
export function CodeOffer({
  code,
  number,
  endsAt,
  onQr,
}: {
  code: string;
  /** of the phone it is for, as people write it; null when another admin asked for it */
  number: string | null;
  endsAt: string | null;
  onQr: () => void;
}) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const plain = code.replace(/[\s-]/g, '');
  const half = Math.ceil(plain.length / 2);
  return (
    <div className={s.byCode}>
      <div className={s.codeCard}>
        {number !== null && <p>{t('settings.pairing.codeFor', { number })}</p>}
        <p className={s.code}>
          <span className="sr">{[...plain].join(' ')}</span>
          <span aria-hidden>{plain.slice(0, half)}</span>
          <span aria-hidden>{plain.slice(half)}</span>
        </p>
        <Button
          variant="default"
          size="xs"
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={() => void copy(plain)}
        >
          {t(copied ? 'settings.copy.done' : 'settings.pairing.copyCode')}
        </Button>
      </div>
      <PhoneSteps of="code" />
      <div className={s.foot}>
        <Waiting of="code" endsAt={endsAt} />
        <Button variant="subtle" className={s.other ?? ''} onClick={onQr}>
          {t('settings.pairing.qrInstead')}
        </Button>
      </div>
    </div>
  );
}

function PhoneSteps({ of }: { of: 'qr' | 'code' }) {
  const { t } = useTranslation();
  return (
    <ol className={s.steps}>
      {([1, 2, 3] as const).map((step) => (
        <li key={step}>{t(`settings.pairing.onPhone.${of}${step}`)}</li>
      ))}
    </ol>
  );
}

function Waiting({ of, endsAt }: { of: 'qr' | 'code'; endsAt: string | null }) {
  const { t } = useTranslation();
  const left = countdown(endsAt, useNow(1000));
  return (
    <p className={s.waiting}>
      <i />
      <span>
        {t(`settings.pairing.waiting.${of}`)}
        {left !== null && (
          <>
            {' · '}
            <span className="num" role="timer" aria-label={t('settings.pairing.left', { left })}>
              {left}
            </span>
          </>
        )}
      </span>
    </p>
  );
}
