import { useTranslation } from 'react-i18next';
import { useNow } from '../../../ui/useNow.js';
import { countdown } from '../pairing-step.js';

/** When it is tried again by itself, counting down. */
export function NextTry({ at }: { at: string | null }) {
  const { t } = useTranslation();
  const left = countdown(at, useNow(1000));
  if (left === null) return <>{t('settings.status.then.disconnected')}</>;
  return <span className="num">{t('settings.status.nextTry', { left })}</span>;
}
