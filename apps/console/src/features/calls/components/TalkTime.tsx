import { ActionIcon, TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, elapsed, readClock, type CallForm } from '../call-form.js';
import s from './calls.module.css';

export interface CallPart {
  form: CallForm;
  change: (part: Partial<CallForm>) => void;
}

/** Runs from the moment that the form is opened; stopped, it can be set to what it was. */
export function TalkTime({ form, change }: CallPart) {
  const { t } = useTranslation();
  const running = form.stoppedAt === null;
  const [now, setNow] = useState(() => Date.now());
  const [text, setText] = useState<string | null>(null);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);
  const shown = clock(elapsed(form, now));
  if (running)
    return (
      <>
        <span className={s.timer} role="timer" aria-label={t('calls.log.time')}>
          {shown}
        </span>
        <ActionIcon
          size={32}
          aria-label={t('calls.log.stop')}
          title={t('calls.log.stop')}
          onClick={() => change({ stoppedAt: Date.now() })}
        >
          <IconPlayerStop size={16} />
        </ActionIcon>
      </>
    );
  const set = () => {
    const seconds = readClock(text ?? '');
    if (seconds !== null && form.stoppedAt !== null) change({ startedAt: form.stoppedAt - seconds * 1000 });
    setText(null);
  };
  return (
    <>
      <TextInput
        size="xs"
        w={82}
        aria-label={t('calls.log.time')}
        value={text ?? shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={set}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          set();
        }}
      />
      <ActionIcon
        size={32}
        aria-label={t('calls.log.goOn')}
        title={t('calls.log.goOn')}
        onClick={() => change({ startedAt: Date.now() - elapsed(form, now) * 1000, stoppedAt: null })}
      >
        <IconPlayerPlay size={16} />
      </ActionIcon>
    </>
  );
}
