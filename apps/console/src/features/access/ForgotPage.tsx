import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { invitationLimits } from '@loket/contracts/invitation-limits.js';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { secondsToWait } from './api.js';
import { clock } from './clock.js';
import { AuthFrame } from './components/AuthFrame.js';
import s from './components/auth.module.css';
import { usePauseFor } from './components/usePauseFor.js';
import { useAskPasswordLink, usePasswordLinkWays } from './link-api.js';

/** Asks for a link by mail; where none can be sent, says who can make one. */
export function ForgotPage() {
  const { t } = useTranslation();
  const ways = usePasswordLinkWays();
  const ask = useAskPasswordLink();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const [wait, pauseFor] = usePauseFor();
  const wrong = !/^\S+@\S+\.\S+$/.test(email.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (wrong || wait > 0 || ask.isPending) return;
    ask.mutate({ email: email.trim() }, { onError: (error) => pauseFor(secondsToWait(error) ?? 0) });
  };
  const back = (
    <Button component={Link} href="/signin" size="md" fullWidth variant="default">
      {t('access.link.toSignIn')}
    </Button>
  );
  // whether there is such a person is not told
  if (ask.isSuccess) {
    const minutes = invitationLimits.passwordLinkMinutes;
    return (
      <AuthFrame
        title={t('access.forgotten.sent')}
        intro={t('access.forgotten.sentWhy', { email: email.trim(), count: minutes })}
      >
        <div className={s.stack} role="status">
          <p className={s.hint}>{t('access.forgotten.nothing')}</p>
          {back}
        </div>
      </AuthFrame>
    );
  }
  if (ways.isPending) return null;
  if (ways.data && !ways.data.mail) {
    return (
      <AuthFrame title={t('access.forgotten.title')} intro={t('access.forgotten.admin')}>
        <div className={s.stack}>{back}</div>
      </AuthFrame>
    );
  }
  const refused = ask.error instanceof ApiError && ask.error.code === 'validation_failed';
  const sentence = () => {
    if (wait > 0) return t('access.wait', { time: clock(wait) });
    if (!ask.error || refused || secondsToWait(ask.error) !== null) return null;
    return errorText(t, ask.error);
  };
  const problem = sentence();
  return (
    <AuthFrame title={t('access.forgotten.title')} intro={t('access.forgotten.intro')}>
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{problem && <p className={s.problem}>{problem}</p>}</div>
        <TextInput
          label={t('access.email')}
          type="email"
          size="md"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={((asked && wrong) || refused) && t('access.need.email')}
        />
        <Button type="submit" size="md" fullWidth loading={ask.isPending} disabled={wait > 0}>
          {t('access.forgotten.do')}
        </Button>
        <div className={s.ways}>
          <Button component={Link} href="/signin" variant="subtle" size="xs">
            {t('access.link.toSignIn')}
          </Button>
        </div>
      </form>
    </AuthFrame>
  );
}
