import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import type { Locale } from '@loket/contracts/access.js';
import { useUpdateMe } from '../api/session.js';
import { setLocale } from './i18n.js';

/** Switches the language here at once, and for every other browser through the profile. */
export function useSwitchLocale(): (locale: Locale) => void {
  const update = useUpdateMe();
  return (locale) => {
    setLocale(locale);
    update.mutate({ locale });
  };
}

export function useTheme(): { theme: MantineColorScheme; setTheme: (theme: MantineColorScheme) => void } {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return { theme: colorScheme, setTheme: setColorScheme };
}

const singleKeysKey = 'loket-single-keys';

/** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return localStorage.getItem(singleKeysKey) !== 'off';
}

export function setSingleKeys(on: boolean): void {
  localStorage.setItem(singleKeysKey, on ? 'on' : 'off');
}
