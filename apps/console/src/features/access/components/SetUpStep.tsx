import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChallengedSession } from '@loket/contracts/second-factor.js';
import { errorText } from '../../../api/error-text.js';
import { RecoveryCodes } from '../../../ui/RecoveryCodes.js';
import { SetUpApp } from '../../../ui/SetUpApp.js';
import { isEnded, secondsToWait, useAnswerChallenge, useSetUpChallenge } from '../api.js';
import { clock } from '../clock.js';
import { AuthFrame } from './AuthFrame.js';
import type { StepProps } from './CodeStep.js';
import { usePauseFor } from './usePauseFor.js';
import s from './auth.module.css';

/** For whoever has to have a second step and has none: set up before anything else. */
export function SetUpStep({ challenge, onIn, onBack }: StepProps) {
  const { t } = useTranslation();
  const { mutate: begin, data: setup, error: beginning } = useSetUpChallenge();
  const answer = useAnswerChallenge();
  const [wait, pauseFor] = usePauseFor();
  const [opened, setOpened] = useState<ChallengedSession | null>(null);
  useEffect(() => {
    begin({ challenge: challenge.challenge }, { onError: (error) => isEnded(error) && onBack(true) });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each challenge: a new secret replaces the one that may be scanned already
  }, [challenge.challenge]);
  if (opened?.recoveryCodes) {
    return (
      <AuthFrame title={t('access.setUp.codes')} intro={t('access.setUp.on')}>
        <RecoveryCodes
          codes={opened.recoveryCodes}
          account={challenge.email}
          doneLabel={t('access.setUp.done')}
          onDone={() => onIn(opened)}
        />
      </AuthFrame>
    );
  }
  const problem = () => {
    if (wait > 0) return t('access.wait', { time: clock(wait) });
    return answer.error && secondsToWait(answer.error) === null ? errorText(t, answer.error) : null;
  };
  const send = (code: string) =>
    answer.mutate(
      { challenge: challenge.challenge, code },
      {
        onSuccess: setOpened,
        onError: (error) => {
          if (isEnded(error)) return onBack(true);
          const seconds = secondsToWait(error);
          if (seconds !== null) pauseFor(seconds);
        },
      },
    );
  return (
    <AuthFrame title={t('access.setUp.title')} intro={t('access.setUp.intro')}>
      <div role="alert">{beginning && <p className={s.problem}>{errorText(t, beginning)}</p>}</div>
      {setup && (
        <SetUpApp setup={setup} problem={problem()} busy={answer.isPending} wait={wait} onCode={send} />
      )}
      <Button variant="subtle" size="xs" onClick={() => onBack(false)}>
        {t('access.code.other')}
      </Button>
    </AuthFrame>
  );
}
