import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../api/error-text.js';
import { Wordmark } from '../../ui/Logo.js';
import { useLate } from '../../ui/Skeleton.js';
import s from './shell.module.css';

/** Before anything is known: nothing for 400 ms, then the mark; with an error, what to do about it. */
export function Splash({
  error,
  retry,
  broken = false,
}: {
  error?: unknown;
  retry?: () => void;
  /** the screen itself has a defect: trying it again may not help */
  broken?: boolean;
}) {
  const { t } = useTranslation();
  const late = useLate(!error);
  return (
    <main className={s.splash}>
      {(late || Boolean(error)) && <Wordmark size={18} />}
      {Boolean(error) && (
        <>
          <p role="alert">{errorText(t, error)}</p>
          <Button variant="default" onClick={retry}>
            {t('ui.retry')}
          </Button>
          {broken && <a href="/inbox/all">{t('app.lost.home')}</a>}
        </>
      )}
    </main>
  );
}
