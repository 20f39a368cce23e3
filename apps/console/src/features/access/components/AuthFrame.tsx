import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, setLocale } from '../../../app/i18n.js';
import { LangSwitch } from '../../../ui/LangSwitch.js';
import { Wordmark } from '../../../ui/Logo.js';
import { Counter } from './Counter.js';
import s from './auth.module.css';

/** What stands around the forms that one sees before one is signed in. */
export function AuthFrame({
  title,
  intro,
  language = true,
  children,
}: {
  title: string;
  intro: string;
  /** whether to offer the languages below; false where the form itself asks */
  language?: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <div className={s.page}>
      <title>{`${title} · Loket`}</title>
      <main className={s.left}>
        <Wordmark size={18} />
        <div className={s.form}>
          <h1>{title}</h1>
          <p>{intro}</p>
          {children}
        </div>
        <footer className={s.foot}>
          {language && <LangSwitch value={currentLocale()} onChange={setLocale} />}
        </footer>
      </main>
      <aside className={s.art} aria-label={t('access.about')}>
        <Counter />
        <p>{t('access.motto')}</p>
      </aside>
    </div>
  );
}
