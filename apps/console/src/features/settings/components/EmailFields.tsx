import { Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mailPresets } from '@loket/contracts/mail-presets.js';
import { keepsPassword, type ServerForm, type StoredConfig } from '../email-form.js';
import { AdvancedFields } from './AdvancedFields.js';
import { MailboxPolicy } from './MailboxPolicy.js';
import { ProviderHint } from './ProviderHint.js';
import { LoginFields, ServerFields } from './ServerFields.js';
import { SignatureField } from '../signature/SignatureField.js';
import type { EmailFormState } from './useEmailForm.js';
import s from './settings.module.css';

/** Every setting of a mailbox (`emailConfigSchema`). */
export function EmailFields({ state, stored }: { state: EmailFormState; stored: StoredConfig }) {
  const { t } = useTranslation();
  const { form, problem, change, changeImap, changeSmtp } = state;
  const kept = (server: ServerForm, before: StoredConfig['imap'] | StoredConfig['smtp']) => {
    if (!before?.hasPassword) return 'none';
    return keepsPassword(server, before) ? 'kept' : 'lost';
  };
  return (
    <div className={s.form}>
      <fieldset>
        <div className={s.halves}>
          <TextInput
            label={t('settings.email.address')}
            type="email"
            value={form.address}
            onChange={(event) => state.changeAddress(event.currentTarget.value)}
            error={problem('address')}
            autoComplete="off"
          />
          <TextInput
            label={t('settings.email.displayName')}
            value={form.displayName}
            onChange={(event) => change({ displayName: event.currentTarget.value })}
            error={problem('displayName')}
          />
        </div>
        <div className={s.halves}>
          <TextInput
            label={t('settings.channels.name')}
            placeholder={form.address}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={problem('name')}
          />
          <PresetSelect state={state} />
        </div>
        <ProviderHint preset={state.preset} />
      </fieldset>
      <fieldset>
        <legend>
          <Switch
            label={t('settings.email.receive')}
            description={t('settings.email.receiveWhy')}
            checked={form.receive}
            onChange={(event) => change({ receive: event.currentTarget.checked })}
          />
        </legend>
        {form.receive && (
          <>
            <ServerFields of="imap" server={form.imap} problem={problem} change={changeImap} />
            <LoginFields
              of="imap"
              server={form.imap}
              problem={problem}
              change={changeImap}
              kept={kept(form.imap, stored.imap)}
            />
            <MailboxPolicy state={state} />
          </>
        )}
      </fieldset>
      <fieldset>
        <legend>
          <Switch
            label={t('settings.email.send')}
            description={t('settings.email.sendWhy')}
            checked={form.send}
            onChange={(event) => change({ send: event.currentTarget.checked })}
          />
        </legend>
        {form.send && (
          <>
            <ServerFields of="smtp" server={form.smtp} problem={problem} change={changeSmtp} />
            <Select
              label={t('settings.email.smtpLogin')}
              data={(form.receive ? (['same', 'own', 'none'] as const) : (['own', 'none'] as const)).map(
                (value) => ({ value, label: t(`settings.email.login.${value}`) }),
              )}
              value={form.smtpLogin === 'same' && !form.receive ? 'own' : form.smtpLogin}
              onChange={(smtpLogin) => smtpLogin && change({ smtpLogin })}
              allowDeselect={false}
            />
            {(form.smtpLogin === 'own' || (form.smtpLogin === 'same' && !form.receive)) && (
              <LoginFields
                of="smtp"
                server={form.smtp}
                problem={problem}
                change={changeSmtp}
                kept={kept(form.smtp, stored.smtp)}
              />
            )}
          </>
        )}
      </fieldset>
      {form.send && (
        <SignatureField
          signature={form.signature}
          channelName={state.name}
          onChange={(signature) => change({ signature })}
          error={problem('signature.text') ?? problem('signature.html') ?? problem('signature')}
        />
      )}
      <fieldset>
        <AdvancedFields state={state} />
      </fieldset>
    </div>
  );
}

export function PresetSelect({ state }: { state: EmailFormState }) {
  const { t } = useTranslation();
  return (
    <Select
      label={t('settings.email.provider')}
      placeholder={t('settings.email.providerOther')}
      data={mailPresets.map(({ id, name }) => ({ value: id, label: name ?? t(`settings.preset.${id}`) }))}
      value={state.preset?.id ?? null}
      onChange={(id) => {
        const preset = mailPresets.find((one) => one.id === id);
        if (preset) state.choosePreset(preset);
      }}
      allowDeselect={false}
    />
  );
}
