import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { errorText } from '../../../api/error-text.js';
import { useCreateChannel, useTestChannel, useUpdateChannel } from '../../../api/channels.js';
import { PresetSelect } from '../components/EmailFields.js';
import { ProviderHint } from '../components/ProviderHint.js';
import { ServerFields } from '../components/ServerFields.js';
import { TestReport } from '../components/TestReport.js';
import { useEmailForm } from '../components/useEmailForm.js';
import c from '../components/settings.module.css';
import { emptyForm, formOf, keepsPassword, type StoredConfig } from '../email-form.js';
import s from './onboarding.module.css';

const serverFields = ['imap.host', 'imap.port', 'imap.user', 'smtp.host', 'smtp.port'];

/** The few settings that a first mailbox needs; all the others stand in the settings afterwards. */
export function ConnectMail({
  channel,
  onSaved,
  onBack,
}: {
  channel: Channel | undefined;
  onSaved: () => void;
  onBack: () => void;
}) {
  const { t } = useTranslation();
  const stored = (channel?.config ?? {}) as StoredConfig;
  const [initial] = useState(() => (channel ? formOf(channel) : emptyForm()));
  const state = useEmailForm(initial, stored);
  const test = useTestChannel();
  const create = useCreateChannel();
  const update = useUpdateChannel();
  const [opened, setOpened] = useState(false);
  const { form, problem, changeImap, changeSmtp } = state;
  const kept = keepsPassword(form.imap, stored.imap);
  const saving = create.isPending || update.isPending;
  const failure = create.error ?? update.error;
  const onError = (error: unknown) => state.refuse(error);
  const tryIt = () => {
    if (!state.check()) return setOpened(true);
    const config = state.config();
    test.mutate({ kind: 'email', config, ...(channel && { channelId: channel.id }) }, { onError });
  };
  const save = () => {
    if (saving) return;
    if (!state.check()) return setOpened(true);
    const options = { onSuccess: onSaved, onError };
    const fields = { name: state.name, config: state.config() };
    if (channel) update.mutate({ id: channel.id, ...fields }, options);
    else create.mutate({ kind: 'email', ...fields }, options);
  };
  const serverProblem = serverFields.some((field) => problem(field));
  return (
    <form
      style={{ display: 'contents' }}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (test.data?.ok) save();
        else tryIt();
      }}
    >
      <div className={s.in}>
        <h1>{t('settings.onboarding.mail.title')}</h1>
        <p>{t('settings.onboarding.mail.intro')}</p>
        <div className={c.form}>
          <div className={c.halves}>
            <TextInput
              label={t('settings.email.address')}
              type="email"
              size="md"
              placeholder="halo@perusahaan.id"
              value={form.address}
              onChange={(event) => state.changeAddress(event.currentTarget.value)}
              error={problem('address')}
              autoComplete="off"
              autoFocus
            />
            <PasswordInput
              label={t('settings.email.password')}
              placeholder={kept ? t('settings.email.passwordKept') : ''}
              size="md"
              value={form.imap.password}
              onChange={(event) => changeImap({ password: event.currentTarget.value })}
              error={problem('imap.password')}
              autoComplete="new-password"
              visibilityToggleButtonProps={{ 'aria-label': t('settings.showPassword') }}
            />
          </div>
          <div className={c.halves}>
            <PresetSelect state={state} />
            <TextInput
              label={t('settings.email.displayName')}
              value={form.displayName}
              onChange={(event) => state.change({ displayName: event.currentTarget.value })}
            />
          </div>
          <ProviderHint preset={state.preset} />
          <details
            className={c.more}
            open={opened || serverProblem}
            onToggle={(event) => setOpened(event.currentTarget.open)}
          >
            <summary>{t('settings.onboarding.mail.servers')}</summary>
            <div>
              <ServerFields of="imap" server={form.imap} problem={problem} change={changeImap} />
              <ServerFields of="smtp" server={form.smtp} problem={problem} change={changeSmtp} />
              <TextInput
                label={t('settings.email.user')}
                value={form.imap.user}
                onChange={(event) => changeImap({ user: event.currentTarget.value })}
                error={problem('imap.user')}
                spellCheck={false}
                autoComplete="off"
              />
            </div>
          </details>
        </div>
        <TestReport report={test.data} error={test.error} />
        {failure && (
          <p className={c.note} data-tone="danger" role="alert" style={{ marginTop: 16 }}>
            {errorText(t, failure)}
          </p>
        )}
      </div>
      <footer className={s.bot}>
        <span className="grow">{t('settings.onboarding.connect.foot')}</span>
        <Button variant="subtle" onClick={onBack}>
          {t('ui.back')}
        </Button>
        <Button variant="default" loading={test.isPending} onClick={tryIt}>
          {t(test.data ? 'settings.test.again' : 'settings.test.do')}
        </Button>
        <Button loading={saving} onClick={save}>
          {t('settings.onboarding.mail.save')}
        </Button>
      </footer>
    </form>
  );
}
