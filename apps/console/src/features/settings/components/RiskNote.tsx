import { useTranslation } from 'react-i18next';
import s from './settings.module.css';
import w from './whatsapp.module.css';

/** What everybody has to know who links a phone. */
export function RiskNote() {
  const { t } = useTranslation();
  return (
    <div className={s.note}>
      <b className={w.noteHead}>{t('settings.whatsapp.risk.title')}</b>
      {t('settings.whatsapp.risk.text')}
    </div>
  );
}
