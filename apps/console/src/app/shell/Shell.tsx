import {
  IconAlertOctagon,
  IconAt,
  IconBulb,
  IconClockExclamation,
  IconClockPause,
  IconEye,
  IconInbox,
  IconKeyboard,
  IconLayoutKanban,
  IconPhoneCall,
  IconPhonePlus,
  IconSettings,
  IconStack2,
  IconUserQuestion,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Suspense, useCallback, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { usePhoneLines } from '../../api/calls.js';
import { useMe } from '../../api/session.js';
import { ScreenPops } from '../../features/calls/ScreenPops.js';
import { NoticeCenter } from '../../features/notices/NoticeCenter.js';
import { viewAddress } from '../../features/views/view-address.js';
import { openCallDock, useCallDock } from '../../ui/call-dock.js';
import { listenForKeys, useCommands } from '../../ui/commands.js';
import { useDialogRequest } from '../../ui/dialogs.js';
import { singleKeysOn } from '../../ui/looks.js';
import { usePhone, useRoomy } from '../../ui/media.js';
import { CallDock, LinkIncidentDialog, OperationDialogs, ViewDialogs, WhisperDialog } from '../routes.js';
import { AccountNotice } from './AccountNotice.js';
import { OfflineBar } from './OfflineBar.js';
import { Palette } from './Palette.js';
import { MiniRail } from './MiniRail.js';
import { PhoneNav } from './PhoneNav.js';
import { filterOf } from './places.js';
import { Rail } from './Rail.js';
import { RailDrawer } from './RailDrawer.js';
import { ShortcutHelp } from './ShortcutHelp.js';
import s from './shell.module.css';

/** They know by themselves when there is something to show. */
const signs = (
  <>
    <ScreenPops />
    <NoticeCenter />
  </>
);

interface ShellProps {
  /** `full` where views matter, `mini` for wide work surfaces */
  rail: 'full' | 'mini';
  /** on a phone, hide the bar at the foot (an open case needs the room) */
  hideNav?: boolean;
  children: ReactNode;
}

/** Rail, stage, palette, shortcuts. `children` fill the stage: a flex row that does not scroll by itself. */
export function Shell({ rail, hideNav = false, children }: ShellProps) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const phone = usePhone();
  const roomy = useRoomy();
  const [finding, setFinding] = useState(false);
  const [help, setHelp] = useState(false);
  const mayLogCalls = usePhoneLines().length > 0;
  const mayLead = useMe().role !== 'agent';
  const logging = useCallDock() !== null;
  const [railShut, setRailShut] = useState(false);
  const [showAll, setShowAll] = useState(false);
  const openAll = useCallback(() => setShowAll(true), []);
  const closeAll = useCallback(() => setShowAll(false), []);
  useEffect(() => listenForKeys(singleKeysOn), []);
  const goTo = (id: string, Icon: typeof IconInbox, label: string, keys: string, to: string) => ({
    id,
    label,
    keys,
    group: t('app.group.go'),
    rank: 2,
    icon: <Icon size={17} stroke={1.7} />,
    run: () => go(to),
  });
  useCommands([
    goTo('go-mine', IconInbox, t('app.view.mine'), 'g i', '/inbox/mine'),
    goTo('go-teams', IconUsersGroup, t('app.view.teams'), 'g t', '/inbox/teams'),
    goTo('go-risk', IconClockExclamation, t('app.view.atRisk'), 'g r', viewAddress(filterOf('atRisk'))),
    goTo('go-mentions', IconAt, t('app.view.mentions'), 'g m', '/inbox/mentions'),
    goTo('go-following', IconEye, t('app.view.following'), 'g f', '/inbox/following'),
    goTo('go-snoozed', IconClockPause, t('app.view.snoozed'), 'g h', '/inbox/snoozed'),
    goTo('go-unassigned', IconUserQuestion, t('app.view.unassigned'), 'g u', '/inbox/unassigned'),
    goTo('go-all', IconStack2, t('app.view.all'), 'g a', '/inbox/all'),
    ...(mayLogCalls
      ? [goTo('go-callback', IconPhoneCall, t('app.view.callback'), 'g c', '/inbox/callback')]
      : []),
    goTo('go-suggestions', IconBulb, t('app.nav.suggestions'), 'g g', '/suggestions'),
    goTo('go-incidents', IconAlertOctagon, t('app.nav.incidents'), 'g n', '/incidents'),
    ...(mayLead ? [goTo('go-board', IconLayoutKanban, t('app.nav.board'), 'g b', '/board')] : []),
    goTo('go-settings', IconSettings, t('app.nav.settings'), 'g s', '/settings'),
    ...(mayLogCalls
      ? [
          {
            id: 'log-call',
            label: t('app.logCall'),
            group: t('app.group.do'),
            rank: 2,
            icon: <IconPhonePlus size={17} stroke={1.7} />,
            keys: 'g p',
            run: () => openCallDock({}),
          },
        ]
      : []),
    {
      id: 'help',
      label: t('app.keys.help'),
      group: t('app.group.go'),
      rank: 2,
      icon: <IconKeyboard size={17} stroke={1.7} />,
      keys: '?',
      run: () => setHelp(true),
    },
    { id: 'palette', label: t('app.keys.palette'), keys: 'mod+k', run: () => setFinding((open) => !open) },
    { id: 'rail', label: t('app.keys.rail'), keys: '[', run: () => setRailShut((shut) => !shut) },
  ]);
  const asked = useDialogRequest()?.kind;
  const find = useCallback(() => setFinding(true), []);
  const closeHelp = useCallback(() => setHelp(false), []);
  const full = rail === 'full' && roomy && !railShut;
  return (
    <div className={s.app} data-mini={!full || undefined} data-phone={phone || undefined}>
      <a className={s.skip} href="#stage">
        {t('app.skip')}
      </a>
      {!phone && (full ? <Rail onFind={find} /> : <MiniRail onFind={find} onAll={openAll} />)}
      <div className={s.column}>
        <OfflineBar />
        <AccountNotice />
        <main id="stage" className={s.stage} tabIndex={-1}>
          {children}
        </main>
        {phone && !hideNav && <PhoneNav onFind={find} onAll={openAll} />}
      </div>
      {asked && (
        <Suspense fallback={null}>
          {asked === 'link-incident' ? (
            <LinkIncidentDialog />
          ) : asked === 'save-view' ? (
            <ViewDialogs />
          ) : asked === 'whisper' ? (
            <WhisperDialog />
          ) : (
            <OperationDialogs />
          )}
        </Suspense>
      )}
      {logging && (
        <Suspense fallback={null}>
          <CallDock />
        </Suspense>
      )}
      {signs}
      <RailDrawer opened={showAll} onClose={closeAll} onFind={find} />
      {finding && <Palette onClose={() => setFinding(false)} />}
      <ShortcutHelp open={help} onClose={closeHelp} />
    </div>
  );
}
