import type { PhoneChannelConfig } from '@loket/contracts/channels.js';
import { callWebhookFormats } from '@loket/contracts/calls.js';

/** Settings that only telephone lines have, as the form holds them. */
export interface PhoneForm {
  format: '' | (typeof callWebhookFormats)[number];
  /** empty: the stored one stays */
  secret: string;
  csvPath: string;
  timeZone: string;
  language: PhoneChannelConfig['language'];
  recordings: PhoneChannelConfig['recordings'];
  trustCallerId: boolean;
  /** results of calls to choose from */
  dispositions: string[];
}

interface Stored extends Partial<Omit<PhoneChannelConfig, 'webhook'>> {
  webhook?: { format: PhoneForm['format']; hasSecret?: boolean };
}

export function phoneFormOf(config: Record<string, unknown> | undefined): PhoneForm {
  const { webhook, masterCsv, language, recordings, trustCallerId, dispositions } = (config ?? {}) as Stored;
  return {
    format: webhook?.format ?? '',
    secret: '',
    csvPath: masterCsv?.path ?? '',
    timeZone: masterCsv?.timeZone ?? 'Asia/Jakarta',
    language: language ?? 'id',
    recordings: recordings ?? 'agent',
    trustCallerId: trustCallerId ?? true,
    dispositions: dispositions ?? [],
  };
}

export function hasStoredSecret(config: Record<string, unknown> | undefined): boolean {
  return (config as Stored | undefined)?.webhook?.hasSecret === true;
}

/** @param stored the settings as they are: what this form does not show stays */
export function toPhoneConfig(
  form: PhoneForm,
  stored: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const { masterCsv } = (stored ?? {}) as Stored;
  return {
    webhook: form.format ? { format: form.format, ...(form.secret && { secret: form.secret }) } : undefined,
    masterCsv: form.csvPath.trim()
      ? { ...masterCsv, path: form.csvPath.trim(), timeZone: form.timeZone.trim() }
      : undefined,
    language: form.language,
    recordings: form.recordings,
    trustCallerId: form.trustCallerId,
    dispositions: form.dispositions.length > 0 ? form.dispositions : undefined,
  };
}
