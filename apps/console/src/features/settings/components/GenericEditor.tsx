import { Button, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel, ChannelKind } from '@loket/contracts/channels.js';
import { conflictingChannel, useCreateChannel, useUpdateChannel } from '../../../api/channels.js';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { versionToChange } from '../version-to-change.js';
import { Conflict } from './Conflict.js';
import { useUnsaved } from './useUnsaved.js';
import s from './settings.module.css';

interface GenericForm {
  name: string;
  address: string;
  defaultRegion: string;
  reopenWithinHours: number | '';
}

function formOf(channel: Channel | undefined): GenericForm {
  const config = (channel?.config ?? {}) as Partial<Omit<GenericForm, 'name'>>;
  return {
    name: channel?.name ?? '',
    address: config.address ?? '',
    defaultRegion: config.defaultRegion ?? 'ID',
    reopenWithinHours: config.reopenWithinHours ?? 72,
  };
}

/** Settings of a kind without an adapter: it is fed from outside, and only names and matching are set here. */
export function GenericEditor({
  kind,
  channel,
  onSaved,
}: {
  kind: ChannelKind;
  channel?: Channel;
  onSaved: (channel: Channel) => void;
}) {
  const { t } = useTranslation();
  const [base, setBase] = useState(channel);
  const [form, setForm] = useState(() => formOf(channel));
  const [asked, setAsked] = useState(false);
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const dirty = JSON.stringify(form) !== JSON.stringify(formOf(base));
  const unsaved = useUnsaved(dirty);
  const saving = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  const refused = failure instanceof ApiError ? failure.issues.map((issue) => issue.path) : [];
  const theirs = conflictingChannel(update.error);
  const change = (part: Partial<GenericForm>) => setForm({ ...form, ...part });

  const done = (saved: Channel) => {
    unsaved.release();
    setBase(saved);
    setForm(formOf(saved));
    onSaved(saved);
  };
  const save = (version = versionToChange(base, channel)) => {
    setAsked(true);
    const name = form.name.trim();
    if (!name || saving) return;
    const config = {
      ...(form.address.trim() && { address: form.address.trim() }),
      defaultRegion: form.defaultRegion.trim().toUpperCase(),
      ...(form.reopenWithinHours !== '' && { reopenWithinHours: form.reopenWithinHours }),
    };
    if (base) {
      const fields = { id: base.id, name, config, ...(version !== undefined && { version }) };
      update.mutate(fields, { onSuccess: done });
    } else create.mutate({ kind, name, config }, { onSuccess: done });
  };
  return (
    <form
      className={s.panel}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={s.form}>
        {!base && (
          <p className={s.note} data-tone="plain">
            {t('settings.generic.ingressOnly')}
          </p>
        )}
        <div className={s.halves}>
          <TextInput
            label={t('settings.channels.name')}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={((asked && !form.name.trim()) || refused.includes('name')) && t('settings.missing.name')}
          />
          <TextInput
            label={t(`settings.generic.address.${kind}`)}
            value={form.address}
            onChange={(event) => change({ address: event.currentTarget.value })}
          />
        </div>
        <div className={s.halves}>
          <TextInput
            label={t('settings.generic.region')}
            description={t('settings.generic.regionWhy')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            maxLength={2}
            value={form.defaultRegion}
            onChange={(event) => change({ defaultRegion: event.currentTarget.value })}
            error={refused.includes('config.defaultRegion') && t('settings.wrong.defaultRegion')}
          />
          <NumberInput
            label={t('settings.generic.reopen')}
            description={t('settings.generic.reopenWhy')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.reopenWithinHours}
            onChange={(hours) => change({ reopenWithinHours: typeof hours === 'number' ? hours : '' })}
            min={0}
            max={8760}
            allowDecimal={false}
            hideControls
            error={refused.includes('config.reopenWithinHours') && t('settings.wrong.other')}
          />
        </div>
      </div>
      <div className={s.bar}>
        {theirs && (
          <Conflict
            onTake={() => {
              setBase(theirs);
              setForm(formOf(theirs));
              update.reset();
            }}
            onKeep={() => save(theirs.version)}
          />
        )}
        {failure && !theirs && (
          <p className={s.note} data-tone="danger" role="alert">
            {errorText(t, failure)}
          </p>
        )}
        <span className={`grow ${s.dim}`}>{dirty && base && t('settings.unsaved.mark')}</span>
        <Button type="submit" loading={saving} disabled={base !== undefined && !dirty}>
          {t('ui.save')}
        </Button>
      </div>
      {unsaved.question}
    </form>
  );
}
