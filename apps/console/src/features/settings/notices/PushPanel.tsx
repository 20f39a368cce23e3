import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.js';
import { errorText } from '../../../api/error-text.js';
import { canPush, pushesHere, startPush, stopPush } from '../../../api/push.js';
import { useMe } from '../../../api/session.js';
import panel from '../components/settings.module.css';
import type { WishesProps } from './NoticeSettingsPage.js';

/** News on this device while no console is open on it. */
export function PushPanel({ wishes, onChange, publicKey }: WishesProps & { publicKey: string }) {
  const { t } = useTranslation();
  const me = useMe().id;
  const [on, setOn] = useState<boolean>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    void pushesHere(me).then(setOn);
  }, [me]);
  const turn = async (wanted: boolean) => {
    setBusy(true);
    setProblem(undefined);
    try {
      if (wanted) {
        const allowed = await startPush(me, publicKey);
        setOn(allowed);
        if (!allowed) setProblem(t('notices.browser.is.denied'));
      } else {
        await stopPush();
        setOn(false);
      }
    } catch (error) {
      setOn(await pushesHere(me));
      setProblem(error instanceof ApiError ? errorText(t, error) : t('notices.push.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={panel.panel}>
      <h2>{t('notices.push.title')}</h2>
      <p>{t(canPush() ? 'notices.push.why' : 'notices.push.cannot')}</p>
      <Switch
        label={t('notices.push.here')}
        checked={on ?? false}
        disabled={!canPush() || busy || on === undefined}
        onChange={(event) => void turn(event.currentTarget.checked)}
        error={problem}
      />
      <Switch
        mt={14}
        label={t('notices.push.words')}
        description={t('notices.push.wordsHint')}
        checked={wishes.pushWords}
        onChange={(event) => onChange({ pushWords: event.currentTarget.checked })}
      />
    </section>
  );
}
