import type { TFunction } from 'i18next';
import { ApiError } from './client.js';

/** One plain sentence for people: by the stable code, else by the kind of failure, else the server's own words. */
export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('api.error.unknown');
  const key = `api.error.${error.code}`;
  const sentence = t(key, { defaultValue: '' });
  if (sentence) return sentence;
  if (error.status >= 500) return t('api.error.unavailable');
  return error.detail || t('api.error.unknown');
}
