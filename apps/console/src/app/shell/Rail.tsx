import { Tooltip } from '@mantine/core';
import {
  IconAlertOctagon,
  IconBulb,
  IconInbox,
  IconMailQuestion,
  IconPhoneCall,
  IconPhonePlus,
  IconSearch,
  IconSettings,
  IconStack2,
  IconUserQuestion,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { usePhoneLines } from '../../api/calls.js';
import { useCaseCounts } from '../../api/cases.js';
import { useMe } from '../../api/session.js';
import { useSuggestionCounts } from '../../api/suggestions.js';
import { openCallDock } from '../../ui/call-dock.js';
import { AgentFace } from '../../ui/Face.js';
import { Keys } from '../../ui/Keys.js';
import { Logo } from '../../ui/Logo.js';
import { useFormat } from '../../ui/useFormat.js';
import { Prefs } from './Prefs.js';
import { SetupProgress } from './SetupProgress.js';
import s from './shell.module.css';

const views = ['mine', 'unassigned', 'all', 'callback'] as const;

const icons = {
  mine: IconInbox,
  unassigned: IconUserQuestion,
  all: IconStack2,
  callback: IconPhoneCall,
};

/** Whoever has no telephone line has nobody to call back, unless somebody still waits from when there was one. */
function useViews() {
  const waiting = useCaseCounts().data?.callback ?? 0;
  const lines = usePhoneLines().length;
  return lines + waiting > 0 ? views : views.filter((view) => view !== 'callback');
}

interface Place {
  to: string;
  label: string;
  Icon: typeof IconInbox;
  /** what waits there */
  count?: number;
}

/** The places that this person may open, besides the views. */
export function usePlaces(): Place[] {
  const { t } = useTranslation();
  const admin = useMe().role === 'admin';
  const waiting = useSuggestionCounts().data;
  const suggested = waiting ? waiting.case + waiting.customer + waiting.incident : 0;
  return [
    { to: '/suggestions', label: t('app.nav.suggestions'), Icon: IconBulb, count: suggested },
    { to: '/incidents', label: t('app.nav.incidents'), Icon: IconAlertOctagon },
    ...(admin ? [{ to: '/quarantine', label: t('app.nav.quarantine'), Icon: IconMailQuestion }] : []),
    {
      to: admin ? '/settings/channels' : '/settings/profile',
      label: t('app.nav.settings'),
      Icon: IconSettings,
    },
  ];
}

function useIsAt() {
  const [path] = useLocation();
  return (to: string) =>
    path === to || path.startsWith(`${to}/`) || (to.startsWith('/settings') && path.startsWith('/settings'));
}

export function Rail({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const isAt = useIsAt();
  const counts = useCaseCounts().data;
  const format = useFormat();
  const places = usePlaces();
  const shown = useViews();
  const mayLogCalls = usePhoneLines().length > 0;
  return (
    <nav className={s.rail} aria-label={t('app.nav.label')}>
      <Link className={s.ws} href="/inbox/all">
        <Logo size={22} />
        <strong className="cut grow">Loket</strong>
      </Link>
      <button className={s.find} onClick={onFind} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} stroke={1.8} />
        <span className="grow">{t('app.search')}</span>
        <Keys keys="⌘ K" />
      </button>
      <div className={s.scroll}>
        {shown.map((view) => {
          const Icon = icons[view];
          const count = counts?.[view];
          return (
            <Link
              key={view}
              href={`/inbox/${view}`}
              className={s.item}
              aria-current={isAt(`/inbox/${view}`) ? 'page' : undefined}
            >
              <Icon size={16} stroke={1.7} />
              <span className="cut">{t(`app.view.${view}`)}</span>
              {count !== undefined && count > 0 && (
                <span className={s.n} data-hot={view === 'mine' || undefined}>
                  {count >= 1000 ? `${format.number(1000)}+` : format.number(count)}
                </span>
              )}
            </Link>
          );
        })}
        {mayLogCalls && (
          <button className={s.item} onClick={() => openCallDock({})}>
            <IconPhonePlus size={16} stroke={1.7} />
            <span className="cut">{t('app.logCall')}</span>
          </button>
        )}
        <div className={s.sec}>{t('app.nav.manage')}</div>
        {places.map(({ to, label, Icon, count = 0 }) => (
          <Link key={to} href={to} className={s.item} aria-current={isAt(to) ? 'page' : undefined}>
            <Icon size={16} stroke={1.7} />
            <span className="cut">{label}</span>
            {count > 0 && <span className={s.n}>{format.number(count)}</span>}
          </Link>
        ))}
      </div>
      <SetupProgress />
      <div className={s.foot}>
        <AgentFace agent={me} size={28} silent />
        <div className={`${s.who} grow`}>
          <div className="cut" style={{ fontWeight: 560 }}>
            {me.name}
          </div>
          <small>{t(`ui.role.${me.role}`)}</small>
        </div>
        <Prefs />
      </div>
    </nav>
  );
}

/** Narrow rail: for settings, and for the inbox where there is little room. */
export function MiniRail({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const isAt = useIsAt();
  const places = usePlaces();
  const mayLogCalls = usePhoneLines().length > 0;
  const callbacks = useCaseCounts().data?.callback ?? 0;
  const links = useViews().map((view): Place => ({
    to: `/inbox/${view}`,
    label: t(`app.view.${view}`),
    Icon: icons[view],
    ...(view === 'callback' && { count: callbacks }),
  }));
  const link = ({ to, label, Icon, count = 0 }: Place) => (
    <Tooltip key={to} label={count > 0 ? `${label} · ${count}` : label} position="right">
      <Link
        href={to}
        aria-label={label}
        aria-current={isAt(to) ? 'page' : undefined}
        data-waiting={count > 0 || undefined}
      >
        <Icon size={18} stroke={1.7} />
      </Link>
    </Tooltip>
  );
  return (
    <nav className={s.mini} aria-label={t('app.nav.label')}>
      <Logo size={24} />
      <span style={{ height: 8 }} />
      <Tooltip label={t('app.search')} position="right">
        <button onClick={onFind} aria-label={t('app.search')}>
          <IconSearch size={18} stroke={1.7} />
        </button>
      </Tooltip>
      {links.map(link)}
      {mayLogCalls && (
        <Tooltip label={t('app.logCall')} position="right">
          <button onClick={() => openCallDock({})} aria-label={t('app.logCall')}>
            <IconPhonePlus size={18} stroke={1.7} />
          </button>
        </Tooltip>
      )}
      <span className={s.gap} />
      <SetupProgress mini />
      {places.map(link)}
      <Prefs />
      <MeFace />
    </nav>
  );
}

function MeFace() {
  const me = useMe();
  return <AgentFace agent={me} size={28} />;
}

/** On a phone, at the foot of the screen. */
export function PhoneNav({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const isAt = useIsAt();
  // there is room for five; the settings lead to the quarantine too
  const places = usePlaces().filter(({ to }) => to !== '/quarantine');
  return (
    <nav className={s.phoneNav} aria-label={t('app.nav.label')}>
      <Link href="/inbox/all" aria-current={isAt('/inbox') ? 'page' : undefined}>
        <IconInbox size={22} stroke={1.7} />
        {t('app.nav.inbox')}
      </Link>
      <button onClick={onFind}>
        <IconSearch size={22} stroke={1.7} />
        {t('app.search')}
      </button>
      {places.map(({ to, label, Icon }) => (
        <Link key={to} href={to} aria-current={isAt(to) ? 'page' : undefined}>
          <Icon size={22} stroke={1.7} />
          {label}
        </Link>
      ))}
    </nav>
  );
}
