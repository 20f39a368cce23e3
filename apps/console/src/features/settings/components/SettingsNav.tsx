import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Role } from '@loket/contracts/access.js';
import { useWaitingCount } from '../../../api/quarantine.js';
import { useMe } from '../../../api/session.js';
import s from './settings.module.css';

interface Entry {
  to: string;
  /** key of its name */
  label: string;
  /** who may open it */
  from: Role;
}

const rank: Record<Role, number> = { agent: 0, supervisor: 1, admin: 2 };

const groups: { title: string; items: Entry[] }[] = [
  {
    title: 'settings.nav.workspace',
    items: [
      { to: '/settings/general', label: 'settings.workspace.general', from: 'admin' },
      { to: '/settings/hours', label: 'settings.hours.title', from: 'admin' },
      { to: '/settings/languages', label: 'settings.workspace.languages', from: 'admin' },
      { to: '/settings/sign-in', label: 'settings.signIn.title', from: 'admin' },
      { to: '/settings/tokens', label: 'settings.tokens.title', from: 'admin' },
    ],
  },
  {
    title: 'settings.nav.people',
    items: [
      { to: '/settings/people', label: 'settings.people.title', from: 'supervisor' },
      { to: '/settings/teams', label: 'settings.teams.title', from: 'admin' },
    ],
  },
  {
    title: 'settings.nav.inbox',
    items: [
      { to: '/settings/channels', label: 'settings.channels.title', from: 'admin' },
      { to: '/settings/tags', label: 'settings.tags.title', from: 'supervisor' },
      { to: '/settings/canned-answers', label: 'settings.canned.title', from: 'agent' },
      { to: '/settings/matching', label: 'settings.matching.title', from: 'admin' },
      { to: '/quarantine', label: 'settings.nav.quarantine', from: 'admin' },
    ],
  },
  {
    title: 'settings.nav.me',
    items: [
      { to: '/settings/profile', label: 'settings.profile.title', from: 'agent' },
      { to: '/settings/appearance', label: 'settings.appearance.title', from: 'agent' },
      { to: '/settings/security', label: 'settings.security.title', from: 'agent' },
    ],
  },
];

/** Only what exists, and only what this person may open. */
export function SettingsNav() {
  const { t } = useTranslation();
  const [path] = useLocation();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    // on a phone the entries stand in one row that scrolls
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [path]);
  const { role } = useMe();
  const waiting = useWaitingCount(role === 'admin');
  return (
    <nav ref={nav} className={s.nav} aria-label={t('settings.nav.label')}>
      <h2>{t('settings.nav.label')}</h2>
      {groups.map(({ title, items }) => {
        const mine = items.filter(({ from }) => rank[role] >= rank[from]);
        if (mine.length === 0) return null;
        return (
          <div key={title}>
            <h3>{t(title)}</h3>
            {mine.map(({ to, label }) => (
              <Link key={to} href={to} aria-current={path.startsWith(to) ? 'page' : undefined}>
                {t(label)}
                {to === '/quarantine' && waiting !== undefined && waiting.count > 0 && (
                  <span className={s.count}>
                    {waiting.count}
                    {waiting.more && '+'}
                    <span className="sr"> {t('settings.nav.waiting')}</span>
                  </span>
                )}
              </Link>
            ))}
          </div>
        );
      })}
    </nav>
  );
}
