import { Checkbox, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Security, ServerForm } from '../email-form.js';
import type { FieldProblem } from './useEmailForm.js';
import s from './settings.module.css';

interface ServerFieldsProps {
  of: 'imap' | 'smtp';
  server: ServerForm;
  problem: FieldProblem;
  change: (part: Partial<ServerForm>) => void;
}

/** The usual port moves along with the security, an unusual one stays. */
const usual: Record<'imap' | 'smtp', Record<Security, number>> = {
  imap: { tls: 993, starttls: 143, none: 143 },
  smtp: { tls: 465, starttls: 587, none: 25 },
};

/** Host, port and security of one server. */
export function ServerFields({ of, server, problem, change }: ServerFieldsProps) {
  const { t } = useTranslation();
  const security = (next: Security) => {
    const moves = server.port === '' || server.port === usual[of][server.security];
    change({ security: next, ...(moves && { port: usual[of][next] }) });
  };
  return (
    <>
      <div className={s.g}>
        <TextInput
          label={t(`settings.email.${of}Host`)}
          value={server.host}
          onChange={(event) => change({ host: event.currentTarget.value })}
          error={problem(`${of}.host`)}
          spellCheck={false}
          autoComplete="off"
        />
        <NumberInput
          label={t('settings.email.port')}
          value={server.port}
          onChange={(port) => change({ port: typeof port === 'number' ? port : '' })}
          min={1}
          max={65535}
          allowDecimal={false}
          hideControls
          error={problem(`${of}.port`)}
        />
        <Select
          label={t('settings.email.security')}
          data={[
            { value: 'tls', label: 'TLS' },
            { value: 'starttls', label: 'STARTTLS' },
            { value: 'none', label: t('settings.email.plain') },
          ]}
          value={server.security}
          onChange={(next) => next && security(next)}
          allowDeselect={false}
        />
      </div>
      {server.security === 'none' && <p className={s.note}>{t('settings.email.plainWarning')}</p>}
    </>
  );
}

/** Name and password; a stored password is kept by leaving the field empty. */
export function LoginFields({
  of,
  server,
  problem,
  change,
  kept,
}: ServerFieldsProps & { kept: 'none' | 'kept' | 'lost' }) {
  const { t } = useTranslation();
  return (
    <div className={s.halves}>
      <TextInput
        label={t('settings.email.user')}
        value={server.user}
        onChange={(event) => change({ user: event.currentTarget.value })}
        error={problem(`${of}.user`)}
        spellCheck={false}
        autoComplete="off"
      />
      <PasswordInput
        label={t('settings.email.password')}
        placeholder={kept === 'kept' ? t('settings.email.passwordKept') : ''}
        description={kept === 'lost' ? t('settings.email.passwordAgain') : undefined}
        value={server.password}
        onChange={(event) => change({ password: event.currentTarget.value })}
        error={problem(`${of}.password`)}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('settings.showPassword') }}
      />
    </div>
  );
}

export function CertificateField({ of, server, change }: Omit<ServerFieldsProps, 'problem'>) {
  const { t } = useTranslation();
  return (
    <Checkbox
      label={t(`settings.email.${of}Certificate`)}
      description={t('settings.email.certificateWhy')}
      checked={server.allowInvalidCertificate}
      onChange={(event) => change({ allowInvalidCertificate: event.currentTarget.checked })}
    />
  );
}
