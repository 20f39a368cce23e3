import { Button, PasswordInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { useMe, useUpdateMe } from '../../../api/session.js';
import { showToast } from '../../../ui/toasts.js';
import s from './settings.module.css';

/** The server takes no shorter ones (`passwordSchema`). */
const passwordLength = 10;

/** A new password ends all other sessions; the current one has to be known. */
export function PasswordPanel() {
  const { t } = useTranslation();
  const me = useMe();
  const update = useUpdateMe();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [asked, setAsked] = useState(false);
  const { error } = update;
  const wrong = error instanceof ApiError && error.code === 'password_wrong';
  const tooShort = next.length < passwordLength;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!current || tooShort || update.isPending) return;
    update.mutate(
      { currentPassword: current, password: next },
      {
        onSuccess: () => {
          setCurrent('');
          setNext('');
          setAsked(false);
          showToast({ text: t('settings.profile.passwordChanged') });
        },
      },
    );
  };
  const currentProblem = () => {
    if (wrong) return t('settings.profile.passwordWrong');
    return asked && !current && t('settings.missing.password');
  };
  const show = { 'aria-label': t('settings.showPassword') };
  return (
    <form className={s.panel} onSubmit={submit} noValidate>
      <h2>{t('settings.profile.password')}</h2>
      <p>{t('settings.profile.passwordWhy')}</p>
      {/* lets password managers know whose password this is */}
      <input type="text" autoComplete="username" value={me.email} readOnly hidden />
      <div className={s.halves}>
        <PasswordInput
          label={t('settings.profile.currentPassword')}
          autoComplete="current-password"
          value={current}
          onChange={(event) => {
            setCurrent(event.currentTarget.value);
            update.reset();
          }}
          error={currentProblem()}
          visibilityToggleButtonProps={show}
        />
        <PasswordInput
          label={t('settings.profile.newPassword')}
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
          error={asked && tooShort && t('settings.profile.tooShort', { count: passwordLength })}
          visibilityToggleButtonProps={show}
        />
      </div>
      {error && !wrong && (
        <p className={s.note} data-tone="danger" role="alert" style={{ marginTop: 12 }}>
          {errorText(t, error)}
        </p>
      )}
      <Button type="submit" variant="default" mt={14} disabled={!current && !next} loading={update.isPending}>
        {t('settings.profile.changePassword')}
      </Button>
    </form>
  );
}
