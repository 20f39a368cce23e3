import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale, Session } from '@loket/contracts/access.js';
import type { Preferences, UpdatePreferences } from '@loket/contracts/preferences.js';
import { errorText } from '../api/error-text.js';
import { sessionKey, useMe, useUpdateMe } from '../api/session.js';
import { setDeviceLooks } from '../ui/looks.js';
import { showToast } from '../ui/toasts.js';
import { setLocale } from './i18n.js';

/** Switches the language here at once, and for every other browser through the profile. */
export function useSwitchLocale(): (locale: Locale) => void {
  const update = useUpdateMe();
  return (locale) => {
    setLocale(locale);
    update.mutate({ locale });
  };
}

/** What this person prefers, and the way to change it: here at once, in his other browsers when they are opened. */
export function usePreferences(): { preferences: Preferences; prefer: (change: UpdatePreferences) => void } {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { preferences } = useMe();
  const update = useUpdateMe();
  const paint = (change: UpdatePreferences) =>
    client.setQueryData<Session | null>(
      sessionKey,
      (session) =>
        session && { agent: { ...session.agent, preferences: merged(session.agent.preferences, change) } },
    );
  const prefer = (change: UpdatePreferences) => {
    const before = Object.fromEntries(
      Object.keys(change).map((name) => [name, preferences[name as keyof Preferences]]),
    ) as UpdatePreferences;
    paint(change);
    update.mutate(
      { preferences: change },
      {
        onError: (error) => {
          paint(before);
          showToast({ tone: 'danger', text: errorText(t, error) });
        },
      },
    );
  };
  return { preferences, prefer };
}

function merged(preferences: Preferences, change: UpdatePreferences): Preferences {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...preferences, ...(Object.fromEntries(named) as Partial<Preferences>) };
}

export function useTheme(): { theme: MantineColorScheme; setTheme: (theme: MantineColorScheme) => void } {
  const { preferences, prefer } = usePreferences();
  return { theme: preferences.theme, setTheme: (theme) => prefer({ theme }) };
}

/** Makes this browser look as the person likes it, and remembers that for its next start. */
export function useLooks(): void {
  const { theme, density, motion, singleKeys: keys } = useMe().preferences;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // Only what changes: setting it styles the whole page anew, and this one draws with every case that is opened.
  useEffect(() => {
    if (theme !== colorScheme) setColorScheme(theme);
  }, [theme, colorScheme, setColorScheme]);
  useEffect(() => setDeviceLooks({ density, motion, singleKeys: keys }), [density, motion, keys]);
}
