import { Button } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactorSetup } from '@loket/contracts/second-factor.js';
import { CodeField } from './CodeField.js';
import { QrCode } from './QrCode.js';
import s from './second-factor.module.css';

interface SetUpAppProps {
  setup: SecondFactorSetup;
  /** a sentence, when the last code was not right */
  problem: string | null;
  busy: boolean;
  /** seconds until the next code may be tried */
  wait?: number;
  onCode: (code: string) => void;
  onCancel?: () => void;
}

/** A new authenticator app: the code to scan or the secret to type, then its first six digits. */
export function SetUpApp({ setup, problem, busy, wait = 0, onCode, onCancel }: SetUpAppProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const send = (digits: string) => {
    if (digits.length === 6 && !busy && wait === 0) onCode(digits);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  return (
    <form className={s.setUp} onSubmit={submit} noValidate>
      <ol className={s.steps}>
        <li>
          <div>
            <p>{t('ui.secondFactor.scan')}</p>
            <span className={s.qr}>
              <QrCode text={setup.uri} label={t('ui.secondFactor.qr')} width={200} />
            </span>
            <p className={s.small}>{t('ui.secondFactor.type')}</p>
            <code className={s.secret} aria-label={t('ui.secondFactor.secret')}>
              {setup.secret.match(/.{1,4}/g)?.join(' ')}
            </code>
          </div>
        </li>
        <li>
          <div>
            <CodeField
              label={t('ui.secondFactor.first')}
              size="md"
              value={code}
              onChange={setCode}
              onComplete={send}
              error={problem}
              autoFocus
              data-autofocus
            />
          </div>
        </li>
      </ol>
      <div className={s.acts}>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        )}
        <Button type="submit" loading={busy} disabled={code.length < 6 || wait > 0}>
          {t('ui.secondFactor.turnOn')}
        </Button>
      </div>
    </form>
  );
}
