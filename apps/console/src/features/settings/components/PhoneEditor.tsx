import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { ApiError } from '../../../api/client.js';
import { hasStoredSecret, phoneFormOf, toPhoneConfig, type PhoneForm } from '../phone-form.js';
import { ChannelForm } from './ChannelForm.js';
import { PhoneFields } from './PhoneFields.js';
import { CountrySelect } from './CountrySelect.js';
import s from './settings.module.css';

interface PhoneEditorForm {
  name: string;
  address: string;
  defaultRegion: string;
  reopenWithinHours: number | '';
  phone: PhoneForm;
}

function formOf(channel: Channel | undefined): PhoneEditorForm {
  const config = (channel?.config ?? {}) as Partial<Omit<PhoneEditorForm, 'name' | 'phone'>>;
  return {
    name: channel?.name ?? '',
    address: config.address ?? '',
    defaultRegion: config.defaultRegion ?? 'ID',
    reopenWithinHours: config.reopenWithinHours ?? 72,
    phone: phoneFormOf(channel?.config),
  };
}

/** Settings of a telephone line: it is fed by the telephone system, or by people who log their calls. */
export function PhoneEditor({
  channel,
  onSaved,
}: {
  channel?: Channel;
  onSaved: (channel: Channel) => void;
}) {
  const { t } = useTranslation();
  // what the form started from; live changes of the status do not touch it
  const [base, setBase] = useState(channel);
  const [form, setForm] = useState(() => formOf(channel));
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const change = (part: Partial<PhoneEditorForm>) => {
    setRefused([]);
    setForm({ ...form, ...part });
  };
  const restart = (from: Channel) => {
    setBase(from);
    setForm(formOf(from));
  };
  const state = {
    name: form.name.trim(),
    config: () => ({
      ...without(base?.config, 'address', 'reopenWithinHours'),
      ...(form.address.trim() && { address: form.address.trim() }),
      defaultRegion: form.defaultRegion.trim().toUpperCase(),
      ...(form.reopenWithinHours !== '' && { reopenWithinHours: form.reopenWithinHours }),
      ...toPhoneConfig(form.phone, base?.config),
    }),
    dirty: JSON.stringify(form) !== JSON.stringify(formOf(base)),
    check: () => {
      setAsked(true);
      return form.name.trim() !== '';
    },
    refuse: (error: unknown) =>
      setRefused(error instanceof ApiError ? error.issues.map((issue) => issue.path) : []),
  };
  return (
    <ChannelForm
      kind="phone"
      base={base}
      latest={channel}
      state={state}
      onSaved={(saved) => {
        restart(saved);
        onSaved(saved);
      }}
      onTheirs={restart}
    >
      <div className={s.form}>
        <div className={s.halves}>
          <TextInput
            label={t('settings.channels.name')}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={((asked && !form.name.trim()) || refused.includes('name')) && t('settings.missing.name')}
          />
          <TextInput
            label={t('settings.generic.address.phone')}
            value={form.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
          />
        </div>
        <div className={s.halves}>
          <CountrySelect
            value={form.defaultRegion}
            onChange={(defaultRegion) => change({ defaultRegion })}
            error={refused.includes('config.defaultRegion') && t('settings.wrong.defaultRegion')}
          />
          <NumberInput
            label={t('settings.generic.reopen')}
            description={t('settings.generic.reopenWhy')}
            value={form.reopenWithinHours}
            onChange={(hours) => change({ reopenWithinHours: typeof hours === 'number' ? hours : '' })}
            min={0}
            max={8760}
            allowDecimal={false}
            hideControls
            error={refused.includes('config.reopenWithinHours') && t('settings.wrong.other')}
          />
        </div>
        <PhoneFields
          form={form.phone}
          change={(part) => change({ phone: { ...form.phone, ...part } })}
          stored={hasStoredSecret(base?.config)}
          refused={refused}
        />
      </div>
    </ChannelForm>
  );
}

/** What this form does not show stays as it is. */
function without(config: Record<string, unknown> | undefined, ...shown: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config ?? {}).filter(([key]) => !shown.includes(key)));
}
