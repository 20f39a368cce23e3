import { Button, Input, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenInvitation } from '@loket/contracts/invitations.js';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { useSession } from '../../api/session.js';
import { currentLocale, setLocale } from '../../app/i18n.js';
import { LangSwitch } from '../../ui/LangSwitch.js';
import { AuthFrame } from './components/AuthFrame.js';
import { LinkFault } from './components/LinkFault.js';
import { NewPassword, passwordLength } from './components/NewPassword.js';
import { SecondStep } from './components/SecondStep.js';
import s from './components/auth.module.css';
import { useAcceptInvitation, useLinkToken, useOpenInvitation } from './link-api.js';
import { useEnter } from './useEnter.js';

/** Somebody follows the link that invites him: he says what he is called, chooses a password, and is in. */
export function InvitationPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const open = useOpenInvitation(token);
  const locale = open.data?.locale;
  // the language in which he was invited, until he chooses another one
  useEffect(() => {
    if (locale !== undefined) setLocale(locale);
  }, [locale]);
  if (open.data) return <Accept key={token} token={token} invitation={open.data} />;
  if (token !== '' && open.isPending) return null;
  return (
    <LinkFault
      title={t('access.invitation.fault')}
      error={token === '' ? null : open.error}
      help={t('access.invitation.help')}
      onRetry={() => void open.refetch()}
    />
  );
}

function Accept({ token, invitation }: { token: string; invitation: OpenInvitation }) {
  const { t } = useTranslation();
  const accept = useAcceptInvitation();
  const { enter, entering, step } = useEnter();
  const other = useSession().data?.agent;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const { email, invitedBy, workspace, role } = invitation;
  if (step) return <SecondStep {...step} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!name.trim() || password.length < passwordLength || accept.isPending || entering) return;
    accept.mutate(
      { token, name: name.trim(), password, locale: currentLocale() },
      { onSuccess: () => enter(email, password) },
    );
  };
  const { error } = accept;
  if (error instanceof ApiError && /^(invitation_|email_taken)/.test(error.code)) {
    return (
      <LinkFault
        title={t('access.invitation.fault')}
        error={error}
        help={t('access.invitation.help')}
        onRetry={() => accept.reset()}
      />
    );
  }
  return (
    <AuthFrame
      title={t('access.invitation.title', { workspace })}
      intro={t('access.invitation.intro', { name: invitedBy, role: t(`ui.role.${role}`).toLowerCase() })}
      language={false}
    >
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{error && <p className={s.problem}>{errorText(t, error)}</p>}</div>
        {other && <p className={s.aside}>{t('access.invitation.other', { name: other.name })}</p>}
        <TextInput
          label={t('access.email')}
          type="email"
          size="md"
          autoComplete="username"
          readOnly
          value={email}
        />
        <TextInput
          label={t('access.name')}
          size="md"
          autoComplete="name"
          autoFocus
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={asked && !name.trim() && t('access.need.name')}
        />
        <NewPassword
          label={t('access.invitation.password')}
          value={password}
          onChange={setPassword}
          asked={asked}
        />
        <Input.Wrapper label={t('access.invitation.language')} labelElement="div" size="md">
          <div>
            <LangSwitch value={currentLocale()} onChange={setLocale} />
          </div>
        </Input.Wrapper>
        <Button type="submit" size="md" fullWidth loading={accept.isPending || entering}>
          {t('access.invitation.do')}
        </Button>
      </form>
    </AuthFrame>
  );
}
