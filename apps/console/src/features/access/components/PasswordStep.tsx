import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { errorText } from '../../../api/error-text.js';
import { useSignIn } from '../../../api/session.js';
import { challengeOf, secondsToWait, type Challenge } from '../api.js';
import { clock } from '../clock.js';
import { AuthFrame } from './AuthFrame.js';
import { usePauseFor } from './usePauseFor.js';
import s from './auth.module.css';

/** E-mail and password. Whoever needs no second step is in; the gate goes on by itself. */
export function PasswordStep({
  ended,
  onChallenge,
}: {
  /** the second step took too long */
  ended: boolean;
  onChallenge: (challenge: Challenge) => void;
}) {
  const { t } = useTranslation();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState(false);
  const [wait, pauseFor] = usePauseFor();
  const secret = useRef<HTMLInputElement>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!email.includes('@') || !password || wait > 0 || signIn.isPending) return;
    signIn.mutate(
      { email: email.trim(), password },
      {
        onError: (error) => {
          const challenge = challengeOf(error);
          if (challenge !== null) return onChallenge({ ...challenge, email: email.trim() });
          const seconds = secondsToWait(error);
          if (seconds !== null) pauseFor(seconds);
          secret.current?.select();
        },
      },
    );
  };
  const limited = secondsToWait(signIn.error) !== null;
  const problem = () => {
    if (wait > 0) return t('access.wait', { time: clock(wait) });
    if (!signIn.error) return ended ? t('api.error.challenge_ended') : null;
    if (limited) return null;
    const { code } = signIn.error as { code?: string };
    // a malformed address is as unknown as a well-formed one
    if (code === 'sign_in_failed' || code === 'validation_failed') return t('access.wrong');
    return challengeOf(signIn.error) === null ? errorText(t, signIn.error) : null;
  };
  const sentence = problem();
  return (
    <AuthFrame title={t('access.signIn.title')} intro={window.location.host}>
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{sentence && <p className={s.problem}>{sentence}</p>}</div>
        <TextInput
          label={t('access.email')}
          type="email"
          size="md"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={asked && !email.includes('@') && t('access.need.email')}
        />
        <PasswordInput
          ref={secret}
          label={t('access.password')}
          size="md"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={asked && !password && t('access.need.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('access.showPassword') }}
        />
        <Button type="submit" size="md" fullWidth loading={signIn.isPending} disabled={wait > 0}>
          {t('access.signIn.do')}
        </Button>
        <div className={s.ways}>
          <Button component={Link} href="/forgot" variant="subtle" size="xs">
            {t('access.forgot')}
          </Button>
        </div>
      </form>
    </AuthFrame>
  );
}
