import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { listenForKeys, useCommands } from '../../ui/commands.js';
import { usePhone, useRoomy } from '../../ui/media.js';
import { singleKeysOn } from '../preferences.js';
import { OfflineBar } from './OfflineBar.js';
import { Palette } from './Palette.js';
import { MiniRail, PhoneNav, Rail } from './Rail.js';
import { ShortcutHelp } from './ShortcutHelp.js';
import s from './shell.module.css';

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
  const [railShut, setRailShut] = useState(false);
  useEffect(() => listenForKeys(singleKeysOn), []);
  useCommands([
    { id: 'palette', label: t('app.keys.palette'), keys: 'mod+k', run: () => setFinding((open) => !open) },
    { id: 'help', label: t('app.keys.help'), group: t('app.group.go'), keys: '?', run: () => setHelp(true) },
    {
      id: 'go-mine',
      label: t('app.view.mine'),
      group: t('app.group.go'),
      keys: 'g i',
      run: () => go('/inbox/mine'),
    },
    {
      id: 'go-unassigned',
      label: t('app.view.unassigned'),
      group: t('app.group.go'),
      keys: 'g u',
      run: () => go('/inbox/unassigned'),
    },
    {
      id: 'go-all',
      label: t('app.view.all'),
      group: t('app.group.go'),
      keys: 'g a',
      run: () => go('/inbox/all'),
    },
    {
      id: 'go-settings',
      label: t('app.nav.settings'),
      group: t('app.group.go'),
      keys: 'g s',
      run: () => go('/settings'),
    },
    { id: 'rail', label: t('app.keys.rail'), keys: '[', run: () => setRailShut((shut) => !shut) },
  ]);
  const find = () => setFinding(true);
  const full = rail === 'full' && roomy && !railShut;
  return (
    <div className={s.app} data-mini={!full || undefined} data-phone={phone || undefined}>
      <a className={s.skip} href="#stage">
        {t('app.skip')}
      </a>
      {!phone && (full ? <Rail onFind={find} /> : <MiniRail onFind={find} />)}
      <div className={s.column}>
        <OfflineBar />
        <main id="stage" className={s.stage} tabIndex={-1}>
          {children}
        </main>
        {phone && !hideNav && <PhoneNav onFind={find} />}
      </div>
      {finding && <Palette onClose={() => setFinding(false)} />}
      <ShortcutHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
