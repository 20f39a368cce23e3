import { Tooltip } from '@mantine/core';
import { IconMenu2, IconPhonePlus, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePhoneLines } from '../../api/calls.js';
import { NoticeBell } from '../../features/notices/components/NoticeBell.js';
import { AvailabilityMenu } from '../../features/presence/AvailabilityMenu.js';
import { openCallDock } from '../../ui/call-dock.js';
import { type Place, usePlaces, useViewPlaces } from './places.js';
import { Prefs } from './Prefs.js';
import { SetupProgress } from './SetupProgress.js';
import s from './shell.module.css';

/** Icons for the views that one comes to again and again; the others are in the whole rail, behind the first button. */
const often: readonly string[] = ['mine', 'teams', 'unassigned', 'atRisk', 'all', 'callback'];
/** Where a number is news; the others are always waiting for somebody. */
const telling: readonly string[] = ['mine', 'atRisk', 'callback'];

interface MiniRailProps {
  onFind: () => void;
  onAll: () => void;
}

/** Narrow rail: for settings, and for the inbox where there is little room. */
export function MiniRail({ onFind, onAll }: MiniRailProps) {
  const { t } = useTranslation();
  const mayLogCalls = usePhoneLines().length > 0;
  const views = useViewPlaces().filter(({ view }) => often.includes(view));
  const link = ({ to, label, Icon, count = 0, current }: Place, dot = count > 0) => (
    <Tooltip key={to} label={count > 0 ? `${label} · ${count}` : label} position="right">
      <Link
        href={to}
        aria-label={label}
        aria-current={current ? 'page' : undefined}
        data-waiting={dot || undefined}
      >
        <Icon size={18} stroke={1.7} />
      </Link>
    </Tooltip>
  );
  return (
    <nav className={s.mini} aria-label={t('app.nav.label')}>
      <Tooltip label={t('app.nav.all')} position="right">
        <button onClick={onAll} aria-label={t('app.nav.all')}>
          <IconMenu2 size={19} stroke={1.7} />
        </button>
      </Tooltip>
      <Tooltip label={t('app.search')} position="right">
        <button onClick={onFind} aria-label={t('app.search')}>
          <IconSearch size={18} stroke={1.7} />
        </button>
      </Tooltip>
      <NoticeBell className={undefined} size={18} />
      <span className={s.rule} />
      {views.map((place) => link(place, telling.includes(place.view) && (place.count ?? 0) > 0))}
      {mayLogCalls && (
        <Tooltip label={t('app.logCall')} position="right">
          <button onClick={() => openCallDock({})} aria-label={t('app.logCall')}>
            <IconPhonePlus size={18} stroke={1.7} />
          </button>
        </Tooltip>
      )}
      <span className={s.gap} />
      <SetupProgress mini />
      {usePlaces().map((place) => link(place))}
      <Prefs />
      <AvailabilityMenu small />
    </nav>
  );
}
