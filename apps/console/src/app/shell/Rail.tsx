import { IconPhonePlus, IconSearch } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { usePhoneLines } from '../../api/calls.js';
import { useWorkspace } from '../../api/workspace.js';
import { NoticeBell } from '../../features/notices/components/NoticeBell.js';
import { AvailabilityMenu } from '../../features/presence/AvailabilityMenu.js';
import { OnDuty } from '../../features/presence/OnDuty.js';
import { SavedViews } from '../../features/views/SavedViews.js';
import { openCallDock } from '../../ui/call-dock.js';
import { Keys } from '../../ui/Keys.js';
import { Logo } from '../../ui/Logo.js';
import { useFormat } from '../../ui/useFormat.js';
import { type Place, usePlaces, useQueuePlaces, useViewPlaces } from './places.js';
import { Prefs } from './Prefs.js';
import { SetupProgress } from './SetupProgress.js';
import s from './shell.module.css';

/** Supervisors may have dozens of teams; what is beyond these is a click away. */
const queuesShown = 8;

/** What depends on nothing here is not drawn again with each address. */
const bell = <NoticeBell className={s.bell} />;
const foot = (
  <>
    <SetupProgress />
    <OnDuty />
    <div className={s.foot}>
      <AvailabilityMenu />
      <Prefs />
    </div>
  </>
);

interface RailProps {
  onFind: () => void;
  /** over the page, where there is no room beside it: the bell and the search stand elsewhere there */
  drawer?: boolean;
}

export const Rail = memo(function Rail({ onFind, drawer = false }: RailProps) {
  const { t } = useTranslation();
  const mayLogCalls = usePhoneLines().length > 0;
  const company = useWorkspace().data?.name ?? 'Loket';
  return (
    <nav
      className={s.rail}
      aria-label={t(drawer ? 'app.nav.all' : 'app.nav.label')}
      data-drawer={drawer || undefined}
    >
      {!drawer && (
        <>
          <div className={s.top}>
            <Link className={s.ws} href="/inbox/all">
              <Logo size={22} />
              <strong className="cut grow" title={company}>
                {company}
              </strong>
            </Link>
            {bell}
          </div>
          <button className={s.find} onClick={onFind} aria-keyshortcuts="Control+K Meta+K">
            <IconSearch size={15} stroke={1.8} />
            <span className="grow">{t('app.search')}</span>
            <Keys keys="⌘ K" />
          </button>
        </>
      )}
      <div className={s.scroll}>
        {useViewPlaces().map((place) => (
          <Item key={place.view} {...place} />
        ))}
        {mayLogCalls && (
          <button className={s.item} onClick={() => openCallDock({})}>
            <IconPhonePlus size={16} stroke={1.7} />
            <span className="cut">{t('app.logCall')}</span>
          </button>
        )}
        <Queues />
        <SavedViews heading={s.sec} item={s.item} count={s.n} />
        <div className={s.sec}>{t('app.nav.manage')}</div>
        {usePlaces().map((place) => (
          <Item key={place.to} {...place} />
        ))}
      </div>
      {foot}
    </nav>
  );
});

const Item = memo(function Item({ to, label, Icon, count = 0, tone, current }: Place) {
  const format = useFormat();
  return (
    <Link href={to} className={s.item} aria-current={current ? 'page' : undefined}>
      <Icon size={16} stroke={1.7} />
      <span className="cut">{label}</span>
      {count > 0 && (
        <span className={s.n} data-hot={tone === 'hot' || undefined} data-late={tone === 'late' || undefined}>
          {format.badge(count)}
        </span>
      )}
    </Link>
  );
});

function Queues() {
  const { t } = useTranslation();
  const queues = useQueuePlaces();
  const [all, setAll] = useState(false);
  if (queues.length === 0) return null;
  // the one that is open stays in sight
  const shown = queues.filter((queue, at) => all || at < queuesShown || queue.current);
  const more = queues.length - shown.length;
  return (
    <section aria-label={t('app.nav.teams')}>
      <div className={s.sec}>{t('app.nav.teams')}</div>
      {shown.map((place) => (
        <Item key={place.to} {...place} />
      ))}
      {(more > 0 || all) && (
        <button className={s.more} onClick={() => setAll(!all)}>
          {all ? t('app.nav.fewer') : t('app.nav.moreTeams', { count: more })}
        </button>
      )}
    </section>
  );
}
