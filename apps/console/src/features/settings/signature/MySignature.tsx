import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSignatures } from '../../../api/channels.js';
import { errorText } from '../../../api/error-text.js';
import { useMe, useUpdateMe } from '../../../api/session.js';
import { useWorkspace } from '../../../api/workspace.js';
import { showToast } from '../../../ui/toasts.js';
import s from '../components/settings.module.css';
import { sampleValues } from './sample.js';
import { SignaturePreview } from './SignaturePreview.js';

/** What one adds to the signature of mails, and how it will look. */
export function MySignature() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateMe();
  const signatures = useSignatures().data;
  const workspaceName = useWorkspace().data?.name ?? '';
  const [title, setTitle] = useState(me.title ?? '');
  const [phone, setPhone] = useState(me.phone ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const signature = signatures?.find((one) => one.channelId === chosen) ?? signatures?.[0];
  const mine = { title: title.trim() || null, phone: phone.trim() || null };
  const dirty = mine.title !== me.title || mine.phone !== me.phone;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (update.isPending) return;
    update.mutate(mine, { onSuccess: () => showToast({ text: t('settings.signature.mine.saved') }) });
  };
  return (
    <form className={s.panel} onSubmit={submit} noValidate>
      <h2>{t('settings.signature.mine.title')}</h2>
      <p>{t('settings.signature.mine.why')}</p>
      <div className={s.halves}>
        <TextInput
          label={t('settings.signature.mine.job')}
          placeholder={t('settings.signature.mine.jobExample')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={120}
          autoComplete="organization-title"
        />
        <TextInput
          label={t('settings.signature.mine.phone')}
          placeholder={t('settings.signature.mine.phoneExample')}
          type="tel"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          maxLength={120}
          autoComplete="tel"
        />
      </div>
      {signatures && signatures.length > 1 && (
        <Select
          mt={14}
          label={t('settings.signature.mine.channel')}
          data={signatures.map(({ channelId, channelName }) => ({ value: channelId, label: channelName }))}
          value={signature?.channelId ?? null}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      {signature && (
        <div style={{ marginTop: 14 }}>
          <SignaturePreview
            signature={signature}
            values={sampleValues(t, {
              agent: { name: me.name, ...mine },
              workspaceName,
              channelName: signature.channelName,
            })}
          />
        </div>
      )}
      {signatures?.length === 0 && (
        <p className={s.dim} style={{ margin: '12px 0 0' }}>
          {t('settings.signature.mine.none')}
        </p>
      )}
      {update.error && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, update.error)}
        </p>
      )}
      <Button type="submit" mt={14} disabled={!dirty} loading={update.isPending}>
        {t('ui.save')}
      </Button>
    </form>
  );
}
