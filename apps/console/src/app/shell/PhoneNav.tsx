import { IconInbox, IconMenu2, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { NoticeBell } from '../../features/notices/components/NoticeBell.js';
import { usePlaces } from './places.js';
import s from './shell.module.css';

interface PhoneNavProps {
  onFind: () => void;
  onAll: () => void;
}

/** On a phone, at the foot of the screen. The views, teams and saved views come over the page. */
export function PhoneNav({ onFind, onAll }: PhoneNavProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const elsewhere = usePlaces().some(({ current }) => current);
  return (
    <nav className={s.phoneNav} aria-label={t('app.nav.label')}>
      <Link href="/inbox/all" aria-current={path.startsWith('/inbox') ? 'page' : undefined}>
        <IconInbox size={22} stroke={1.7} />
        {t('app.nav.inbox')}
      </Link>
      <button onClick={onFind}>
        <IconSearch size={22} stroke={1.7} />
        {t('app.search')}
      </button>
      <NoticeBell className={undefined} size={22} phone />
      <button onClick={onAll} aria-haspopup="dialog" aria-current={elsewhere ? 'true' : undefined}>
        <IconMenu2 size={22} stroke={1.7} />
        {t('app.nav.menu')}
      </button>
    </nav>
  );
}
