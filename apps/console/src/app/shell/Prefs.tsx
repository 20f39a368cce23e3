import { Menu } from '@mantine/core';
import { IconDots, IconLanguage, IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useSignOut } from '../../api/session.js';
import { MenuChoice } from '../../ui/MenuChoice.js';
import { currentLocale } from '../i18n.js';
import { useSwitchLocale, useTheme } from '../preferences.js';
import s from './shell.module.css';

const themes = ['light', 'dark', 'auto'] as const;

/** Language, theme, profile, sign out. */
export function Prefs() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { theme, setTheme } = useTheme();
  const switchLocale = useSwitchLocale();
  const signOut = useSignOut();
  const other = currentLocale() === 'id' ? 'en' : 'id';
  return (
    <Menu position="top-end" width={210}>
      <Menu.Target>
        <button className={s.dots} aria-label={t('app.preferences')}>
          <IconDots size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconUser size={15} />} onClick={() => go('/settings/profile')}>
          {t('app.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={15} />} onClick={() => switchLocale(other)} lang={other}>
          {other === 'en' ? 'English' : 'Bahasa Indonesia'}
        </Menu.Item>
        <Menu.Label>{t('app.theme.title')}</Menu.Label>
        {themes.map((name) => (
          <MenuChoice key={name} value={name} checked={theme === name} onPick={() => setTheme(name)}>
            {t(`app.theme.${name}`)}
          </MenuChoice>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()}>
          {t('app.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
