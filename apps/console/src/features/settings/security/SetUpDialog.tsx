import { Button, Group, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { Dialog } from '../../../ui/Dialog.js';
import { RecoveryCodes } from '../../../ui/RecoveryCodes.js';
import { SetUpApp } from '../../../ui/SetUpApp.js';
import c from '../components/settings.module.css';
import { useBeginSecondFactor, useConfirmSecondFactor } from './api.js';
import s from './security.module.css';

/** Password, then the app and its first code, then the recovery codes: shown once, so it closes by its own button only. */
export function SetUpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const begin = useBeginSecondFactor();
  const confirm = useConfirmSecondFactor();
  const [password, setPassword] = useState('');
  const wrong = begin.error instanceof ApiError && begin.error.code === 'password_wrong';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password && !begin.isPending) begin.mutate({ currentPassword: password });
  };
  if (confirm.data) {
    return (
      <Dialog firm onClose={onClose} title={t('settings.security.codesTitle')}>
        <RecoveryCodes
          codes={confirm.data.recoveryCodes}
          account={me.email}
          doneLabel={t('settings.security.done')}
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <Dialog steady onClose={onClose} title={t('settings.security.setUp')}>
      {begin.data ? (
        <SetUpApp
          setup={begin.data}
          problem={confirm.error && errorText(t, confirm.error)}
          busy={confirm.isPending}
          onCode={(code) => confirm.mutate({ code })}
          onCancel={onClose}
        />
      ) : (
        <form className={s.form} onSubmit={submit} noValidate>
          <input type="text" autoComplete="username" value={me.email} readOnly hidden />
          <PasswordInput
            data-autofocus
            label={t('settings.profile.currentPassword')}
            description={t('settings.security.passwordFirst')}
            autoComplete="current-password"
            value={password}
            onChange={(event) => {
              setPassword(event.currentTarget.value);
              begin.reset();
            }}
            error={wrong && t('settings.profile.passwordWrong')}
            visibilityToggleButtonProps={{ 'aria-label': t('settings.showPassword') }}
          />
          {begin.error && !wrong && (
            <p className={c.note} data-tone="danger" role="alert">
              {errorText(t, begin.error)}
            </p>
          )}
          <Group justify="flex-end" gap={8}>
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={!password} loading={begin.isPending}>
              {t('settings.security.next')}
            </Button>
          </Group>
        </form>
      )}
    </Dialog>
  );
}
