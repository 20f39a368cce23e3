import type { TFunction } from 'i18next';
import { ApiError } from './client.js';

/** One plain sentence for people: by the stable code, else by the kind of failure, else the server's own words. */
export function errorText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return t('api.error.unknown');
  const sentence = t(`api.error.${blockedBy(error) ?? error.code}`, { defaultValue: '' });
  if (sentence) return sentence;
  if (error.status >= 500) return t('api.error.unavailable');
  return error.detail || t('api.error.unknown');
}

/** Why a way to the customer cannot be used: the same codes as on the ways themselves. */
function blockedBy({ code, data }: ApiError): string | null {
  if (code !== 'reply_blocked' || typeof data !== 'object' || data === null || !('blocked' in data))
    return null;
  return typeof data.blocked === 'string' ? data.blocked : null;
}
