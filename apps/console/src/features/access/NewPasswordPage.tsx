import { Button, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenPasswordLink } from '@loket/contracts/password-links.js';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { setLocale } from '../../app/i18n.js';
import { AuthFrame } from './components/AuthFrame.js';
import { LinkFault } from './components/LinkFault.js';
import { NewPassword, passwordLength } from './components/NewPassword.js';
import { SecondStep } from './components/SecondStep.js';
import s from './components/auth.module.css';
import { useLinkToken, useOpenPasswordLink, useUsePasswordLink } from './link-api.js';
import { useEnter } from './useEnter.js';

/** Somebody follows the link that replaces a forgotten password. */
export function NewPasswordPage() {
  const token = useLinkToken();
  const open = useOpenPasswordLink(token);
  const locale = open.data?.locale;
  useEffect(() => {
    if (locale !== undefined) setLocale(locale);
  }, [locale]);
  if (open.data) return <Choose key={token} token={token} link={open.data} />;
  if (token !== '' && open.isPending) return null;
  return <Fault error={token === '' ? null : open.error} onRetry={() => void open.refetch()} />;
}

function Fault({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <LinkFault
      title={t('access.newPassword.fault')}
      error={error}
      help={t('access.newPassword.help')}
      onRetry={onRetry}
    />
  );
}

function Choose({ token, link: { email, name } }: { token: string; link: OpenPasswordLink }) {
  const { t } = useTranslation();
  const use = useUsePasswordLink();
  const { enter, entering, step } = useEnter();
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  if (step) return <SecondStep {...step} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (password.length < passwordLength || use.isPending || entering) return;
    use.mutate({ token, password }, { onSuccess: () => enter(email, password) });
  };
  const { error } = use;
  if (error instanceof ApiError && error.code.startsWith('password_link_'))
    return <Fault error={error} onRetry={() => use.reset()} />;
  return (
    <AuthFrame title={t('access.newPassword.title')} intro={t('access.newPassword.intro', { name })}>
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{error && <p className={s.problem}>{errorText(t, error)}</p>}</div>
        <TextInput
          label={t('access.email')}
          type="email"
          size="md"
          autoComplete="username"
          readOnly
          value={email}
        />
        <NewPassword
          label={t('access.newPassword.password')}
          value={password}
          onChange={setPassword}
          asked={asked}
          autoFocus
        />
        <Button type="submit" size="md" fullWidth loading={use.isPending || entering}>
          {t('access.newPassword.do')}
        </Button>
        <p className={s.hint}>{t('access.newPassword.ends')}</p>
      </form>
    </AuthFrame>
  );
}
