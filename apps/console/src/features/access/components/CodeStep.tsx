import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChallengedSession } from '@loket/contracts/second-factor.js';
import { errorText } from '../../../api/error-text.js';
import { CodeField } from '../../../ui/CodeField.js';
import { isEnded, secondsToWait, useAnswerChallenge, type Challenge } from '../api.js';
import { clock } from '../clock.js';
import { AuthFrame } from './AuthFrame.js';
import { usePauseFor } from './usePauseFor.js';
import s from './auth.module.css';

export interface StepProps {
  challenge: Challenge;
  onIn: (session: ChallengedSession) => void;
  /** @param ended the second step took too long */
  onBack: (ended: boolean) => void;
}

/** Six digits of the app, or a recovery code for whoever has lost it. */
export function CodeStep({ challenge, onIn, onBack }: StepProps) {
  const { t } = useTranslation();
  const answer = useAnswerChallenge();
  const [lost, setLost] = useState(false);
  const [code, setCode] = useState('');
  const [wait, pauseFor] = usePauseFor();
  const send = (typed: string) => {
    if (!typed.trim() || wait > 0 || answer.isPending) return;
    answer.mutate(
      { challenge: challenge.challenge, code: typed },
      {
        onSuccess: onIn,
        onError: (error) => {
          if (isEnded(error)) return onBack(true);
          const seconds = secondsToWait(error);
          if (seconds !== null) pauseFor(seconds);
          setCode('');
        },
      },
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(code);
  };
  const change = (typed: string) => {
    setCode(typed);
    if (typed) answer.reset();
  };
  const problem = () => {
    if (wait > 0) return t('access.wait', { time: clock(wait) });
    return answer.error && secondsToWait(answer.error) === null ? errorText(t, answer.error) : null;
  };
  const sentence = problem();
  return (
    <AuthFrame
      title={t('access.code.title')}
      intro={t(lost ? 'access.code.introLost' : 'access.code.intro', { email: challenge.email })}
    >
      <form className={s.stack} onSubmit={submit} noValidate>
        <div role="alert">{sentence && <p className={s.problem}>{sentence}</p>}</div>
        {lost ? (
          <TextInput
            key="lost"
            label={t('access.code.recovery')}
            size="md"
            autoFocus
            autoComplete="off"
            spellCheck={false}
            placeholder="xxxx-xxxx-xxxx-xxxx"
            value={code}
            onChange={(event) => change(event.currentTarget.value)}
          />
        ) : (
          <CodeField
            key="code"
            label={t('access.code.label')}
            size="md"
            autoFocus
            value={code}
            onChange={change}
            onComplete={send}
          />
        )}
        <Button type="submit" size="md" fullWidth loading={answer.isPending} disabled={wait > 0 || !code}>
          {t('access.code.do')}
        </Button>
        <div className={s.ways}>
          <Button
            variant="subtle"
            size="xs"
            onClick={() => {
              setLost(!lost);
              change('');
              answer.reset();
            }}
          >
            {t(lost ? 'access.code.useApp' : 'access.code.lost')}
          </Button>
          <Button variant="subtle" size="xs" onClick={() => onBack(false)}>
            {t('access.code.other')}
          </Button>
        </div>
        {lost && <p className={s.hint}>{t('access.code.help')}</p>}
      </form>
    </AuthFrame>
  );
}
