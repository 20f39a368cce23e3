import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useMe } from '../../../api/session.js';
import { Dialog } from '../../../ui/Dialog.js';
import { RecoveryCodes } from '../../../ui/RecoveryCodes.js';
import { showToast } from '../../../ui/toasts.js';
import c from '../components/settings.module.css';
import { useRemoveSecondFactor, useRenewRecoveryCodes } from './api.js';
import s from './security.module.css';

const aboutCode = new Set(['second_factor_wrong', 'second_factor_used']);

/** Password and code for what weakens the sign-in: an open screen is not enough. */
export function ProveDialog({ wish, onClose }: { wish: 'renew' | 'remove'; onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const renew = useRenewRecoveryCodes();
  const remove = useRemoveSecondFactor();
  const [currentPassword, setPassword] = useState('');
  const [code, setCode] = useState('');
  const error = renew.error ?? remove.error;
  const known = error instanceof ApiError ? error.code : '';
  const busy = renew.isPending || remove.isPending;
  const touch = () => {
    renew.reset();
    remove.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!currentPassword || !code.trim() || busy) return;
    if (wish === 'renew') renew.mutate({ currentPassword, code });
    else
      remove.mutate(
        { currentPassword, code },
        {
          onSuccess: () => {
            showToast({ text: t('settings.security.removed') });
            onClose();
          },
        },
      );
  };
  if (renew.data) {
    return (
      <Dialog firm onClose={onClose} title={t('settings.security.codesTitle')}>
        <RecoveryCodes
          codes={renew.data.recoveryCodes}
          account={me.email}
          doneLabel={t('settings.security.done')}
          onDone={onClose}
        />
      </Dialog>
    );
  }
  return (
    <Dialog steady onClose={onClose} title={t(`settings.security.${wish}`)}>
      <form className={s.form} onSubmit={submit} noValidate>
        <p>{t(`settings.security.${wish}Why`)}</p>
        <input type="text" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordInput
          data-autofocus
          label={t('settings.profile.currentPassword')}
          autoComplete="current-password"
          value={currentPassword}
          onChange={(event) => {
            setPassword(event.currentTarget.value);
            touch();
          }}
          error={known === 'password_wrong' && t('settings.profile.passwordWrong')}
          visibilityToggleButtonProps={{ 'aria-label': t('settings.showPassword') }}
        />
        <TextInput
          label={t('settings.security.code')}
          autoComplete="one-time-code"
          spellCheck={false}
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            touch();
          }}
          error={aboutCode.has(known) && errorText(t, error)}
        />
        {error && known !== 'password_wrong' && !aboutCode.has(known) && (
          <p className={c.note} data-tone="danger" role="alert">
            {errorText(t, error)}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={!currentPassword || !code.trim()} loading={busy}>
            {t(`settings.security.${wish}Do`)}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
