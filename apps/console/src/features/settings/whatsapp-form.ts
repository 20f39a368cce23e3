import type { Channel, WhatsappCloudConfig, WhatsappConfig } from '@loket/contracts/channels.js';

/** How messages come in: Meta's Cloud API, a linked phone, or fed by others through the API alone. */
export const ways = ['cloud', 'web', 'none'] as const;
export type Way = (typeof ways)[number];

/** The three that are never shown again once they are saved. */
export const cloudSecrets = ['accessToken', 'appSecret', 'verifyToken'] as const;
export type CloudSecret = (typeof cloudSecrets)[number];

/** As it is typed; an empty secret = the stored one stays. */
export interface CloudForm extends Record<CloudSecret, string> {
  phoneNumberId: string;
  businessAccountId: string;
  groups: boolean;
  markRead: boolean;
}

export interface WhatsappForm {
  name: string;
  address: string;
  way: Way;
  cloud: CloudForm;
  web: { groups: boolean; takeoverOnConflict: boolean };
  defaultRegion: string;
  reopenWithinHours: number | '';
  trustCallerId: boolean;
}

type StoredCloud = Partial<Omit<WhatsappCloudConfig, CloudSecret>> &
  Partial<Record<`has${Capitalize<CloudSecret>}`, boolean>>;
/** A config as the server shows it: `hasAccessToken` in place of the token, and so on. */
export type StoredConfig = Partial<Omit<WhatsappConfig, 'cloud'>> & { cloud?: StoredCloud };

export function formOf(channel: Pick<Channel, 'name' | 'config'> | undefined): WhatsappForm {
  const config = (channel?.config ?? {}) as StoredConfig;
  const { cloud, web } = config;
  const fed = channel !== undefined && !cloud && !web;
  return {
    name: channel?.name ?? '',
    address: config.address ?? '',
    way: web ? 'web' : fed ? 'none' : 'cloud',
    cloud: {
      phoneNumberId: cloud?.phoneNumberId ?? '',
      businessAccountId: cloud?.businessAccountId ?? '',
      accessToken: '',
      appSecret: '',
      verifyToken: '',
      groups: cloud?.groups ?? false,
      markRead: cloud?.markRead ?? true,
    },
    web: { groups: web?.groups ?? false, takeoverOnConflict: web?.takeoverOnConflict ?? false },
    defaultRegion: config.defaultRegion ?? 'ID',
    reopenWithinHours: config.reopenWithinHours ?? 72,
    trustCallerId: config.trustCallerId ?? true,
  };
}

/** Ids are copied from pages that group their digits. */
const digits = (text: string) => text.replace(/\s/g, '');

/** The whole config to send. A secret left out keeps the stored one. */
export function configOf(form: WhatsappForm): Record<string, unknown> {
  const { cloud, web, way } = form;
  const secrets = cloudSecrets.flatMap((key) => (cloud[key].trim() ? [[key, cloud[key].trim()]] : []));
  return {
    ...(form.address.trim() && { address: form.address.trim() }),
    defaultRegion: form.defaultRegion.trim().toUpperCase(),
    ...(form.reopenWithinHours !== '' && { reopenWithinHours: form.reopenWithinHours }),
    trustCallerId: form.trustCallerId,
    ...(way === 'cloud' && {
      cloud: {
        phoneNumberId: digits(cloud.phoneNumberId),
        ...(digits(cloud.businessAccountId) && { businessAccountId: digits(cloud.businessAccountId) }),
        ...Object.fromEntries(secrets),
        groups: cloud.groups,
        markRead: cloud.markRead,
      },
    }),
    ...(way === 'web' && { web }),
  };
}

/** What a channel is called that was given no name of its own. */
export function nameOf({ name, address }: WhatsappForm): string {
  return name.trim() || address.trim();
}

export function hasStored(stored: StoredConfig, secret: CloudSecret): boolean {
  const mark = { accessToken: 'hasAccessToken', appSecret: 'hasAppSecret', verifyToken: 'hasVerifyToken' }[
    secret
  ] as keyof StoredCloud;
  return stored.cloud?.[mark] === true;
}

/** What is missing or cannot be right, by field path as the server would name it (`cloud.phoneNumberId`). */
export function problemsIn(form: WhatsappForm, stored: StoredConfig = {}): Map<string, 'missing' | 'wrong'> {
  const problems = new Map<string, 'missing' | 'wrong'>();
  const { cloud, way } = form;
  if (!nameOf(form)) problems.set('name', 'missing');
  if (!/^[a-z]{2}$/i.test(form.defaultRegion.trim())) problems.set('defaultRegion', 'wrong');
  if (way !== 'cloud') return problems;
  const id = digits(cloud.phoneNumberId);
  if (!id) problems.set('cloud.phoneNumberId', 'missing');
  else if (!metaId.test(id)) problems.set('cloud.phoneNumberId', 'wrong');
  const account = digits(cloud.businessAccountId);
  if (account && !metaId.test(account)) problems.set('cloud.businessAccountId', 'wrong');
  for (const key of cloudSecrets)
    if (!cloud[key].trim() && !hasStored(stored, key)) problems.set(`cloud.${key}`, 'missing');
  // Meta takes short ones; a guessable one would let strangers claim the address
  const token = cloud.verifyToken.trim();
  if (token && token.length < 8) problems.set('cloud.verifyToken', 'wrong');
  return problems;
}

const metaId = /^\d{1,32}$/;

/** 32 characters that nobody guesses, and that survive being pasted anywhere. */
export function newVerifyToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
