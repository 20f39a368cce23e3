import type { TFunction } from 'i18next';

/** The sentence for a code of a channel's status or of a connection test. */
export function failureText(t: TFunction, code: string | null): string {
  return t(`settings.failure.${code ?? 'other'}`, { defaultValue: t('settings.failure.other') });
}
