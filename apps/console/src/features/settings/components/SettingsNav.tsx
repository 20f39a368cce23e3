import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useWaitingCount } from '../../../api/quarantine.js';
import { useMe } from '../../../api/session.js';
import s from './settings.module.css';

interface Group {
  title: string;
  items: { to: string; label: string; count?: { count: number; more: boolean } }[];
}

/** Only what exists, and only what this person may open. */
export function SettingsNav() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // on a phone the entries stand in one row that scrolls
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [path]);
  const admin = useMe().role === 'admin';
  const waiting = useWaitingCount(admin);
  const groups: Group[] = [
    ...(admin
      ? [
          {
            title: t('settings.nav.workspace'),
            items: [
              { to: '/settings/channels', label: t('settings.channels.title') },
              { to: '/settings/matching', label: t('settings.matching.title') },
              { to: '/settings/people', label: t('settings.people.title') },
              { to: '/settings/tokens', label: t('settings.tokens.title') },
              { to: '/quarantine', label: t('settings.nav.quarantine'), count: waiting },
            ],
          },
        ]
      : []),
    {
      title: t('settings.nav.me'),
      items: [
        { to: '/settings/profile', label: t('settings.profile.title') },
        { to: '/settings/notices', label: t('notices.title') },
      ],
    },
  ];
  return (
    <nav ref={nav} className={s.nav} aria-label={t('settings.nav.label')}>
      <h2>{t('settings.nav.label')}</h2>
      {groups.map(({ title, items }) => (
        <div key={title}>
          <h3>{title}</h3>
          {items.map((item) => (
            <Link key={item.to} href={item.to} aria-current={path.startsWith(item.to) ? 'page' : undefined}>
              {item.label}
              {item.count !== undefined && item.count.count > 0 && (
                <span className={s.count}>
                  {item.count.count}
                  {item.count.more && '+'}
                  <span className="sr"> {t('settings.nav.waiting')}</span>
                </span>
              )}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
