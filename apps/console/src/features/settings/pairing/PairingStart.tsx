import { Button, Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../ui/useFormat.js';
import { RiskNote } from '../components/RiskNote.js';
import { pairingNumber } from '../pairing-number.js';
import s from './pairing.module.css';

export interface PairingChoice {
  method: 'qr' | 'code';
  /** as typed; used by `code` alone */
  number: string;
  accepted: boolean;
}

/** The risk, said yes to; then by QR or by a code for a number. */
export function PairingStart({
  choice,
  region,
  busy,
  onChange,
  onStart,
  onCancel,
}: {
  choice: PairingChoice;
  region: string;
  busy: boolean;
  onChange: (choice: PairingChoice) => void;
  /** @param phone digits, or null for a QR code */
  onStart: (phone: string | null) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState(false);
  const byCode = choice.method === 'code';
  const digits = byCode ? pairingNumber(choice.number, region) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!choice.accepted || busy || (byCode && digits === null)) return;
    onStart(digits);
  };
  return (
    <form className={s.start} onSubmit={submit} noValidate>
      <RiskNote />
      <Checkbox
        label={t('settings.pairing.accept')}
        checked={choice.accepted}
        onChange={(event) => onChange({ ...choice, accepted: event.currentTarget.checked })}
        error={asked && !choice.accepted && t('settings.pairing.acceptFirst')}
      />
      <SegmentedControl
        fullWidth
        aria-label={t('settings.pairing.method')}
        value={choice.method}
        onChange={(method) => onChange({ ...choice, method: method === 'code' ? 'code' : 'qr' })}
        data={(['qr', 'code'] as const).map((value) => ({
          value,
          label: t(`settings.pairing.by.${value}`),
        }))}
      />
      {byCode ? (
        <TextInput
          label={t('settings.pairing.number')}
          description={
            digits === null
              ? t('settings.pairing.numberWhy')
              : t('settings.pairing.numberIs', { number: format.phone(`+${digits}`) })
          }
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={choice.number}
          onChange={(event) => onChange({ ...choice, number: event.currentTarget.value })}
          error={asked && digits === null && t('settings.pairing.numberWrong')}
        />
      ) : (
        <p className={s.dim}>{t('settings.pairing.qrWhy')}</p>
      )}
      <div className={s.acts}>
        <Button variant="default" onClick={onCancel}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t(`settings.pairing.show.${choice.method}`)}
        </Button>
      </div>
    </form>
  );
}
