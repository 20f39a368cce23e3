import type { ImapConfig, SmtpConfig } from './channels.js';

type Server<T extends ImapConfig | SmtpConfig> = Pick<T, 'host' | 'port' | 'security'>;

/**
 * What a person has to know before the settings can work; the console has a sentence for each.
 * `app_password`: the everyday password is refused, an app password has to be made at the provider.
 * `imap_off_by_default`: IMAP has to be switched on in the provider's web mail first.
 * `no_password_login`: the provider has ended sign-in by password for mail programs (OAuth only).
 */
export const mailPresetHints = ['app_password', 'imap_off_by_default', 'no_password_login'] as const;
export type MailPresetHint = (typeof mailPresetHints)[number];

/** Servers of a well-known provider. `{domain}` in a host stands for the domain of the address. */
export interface MailPreset {
  id: string;
  /** the provider's own name, the same in every language; null = named by the console (a kind of hosting) */
  name: string | null;
  /** addresses at these domains belong to it */
  domains: readonly string[];
  imap: Server<ImapConfig>;
  smtp: Server<SmtpConfig>;
  hints: readonly MailPresetHint[];
}

const tls = (host: string, port: number) => ({ host, port, security: 'tls' }) as const;
const startTls = (host: string, port: number) => ({ host, port, security: 'starttls' }) as const;

/** From the providers' own help pages. Providers whose servers differ by customer are covered by `cpanel`. */
export const mailPresets: readonly MailPreset[] = [
  {
    id: 'gmail',
    name: 'Gmail / Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    hints: ['app_password'],
  },
  {
    id: 'microsoft',
    name: 'Outlook / Microsoft 365',
    domains: ['outlook.com', 'outlook.co.id', 'hotmail.com', 'hotmail.co.id', 'live.com', 'msn.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: startTls('smtp.office365.com', 587),
    hints: ['no_password_login'],
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    domains: ['yahoo.com', 'yahoo.co.id', 'ymail.com', 'rocketmail.com'],
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    hints: ['app_password'],
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: startTls('smtp.mail.me.com', 587),
    hints: ['app_password'],
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    domains: ['zoho.com', 'zohomail.com'],
    imap: tls('imap.zoho.com', 993),
    smtp: tls('smtp.zoho.com', 465),
    hints: ['imap_off_by_default'],
  },
  {
    id: 'zoho-workplace',
    name: 'Zoho Workplace',
    domains: [],
    imap: tls('imappro.zoho.com', 993),
    smtp: tls('smtppro.zoho.com', 465),
    hints: ['imap_off_by_default'],
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    hints: ['app_password'],
  },
  {
    id: 'yandex',
    name: 'Yandex Mail',
    domains: ['yandex.com', 'yandex.ru', 'ya.ru'],
    imap: tls('imap.yandex.com', 993),
    smtp: tls('smtp.yandex.com', 465),
    hints: ['imap_off_by_default', 'app_password'],
  },
  {
    id: 'hostinger',
    name: 'Hostinger',
    domains: [],
    imap: tls('imap.hostinger.com', 993),
    smtp: tls('smtp.hostinger.com', 465),
    hints: [],
  },
  {
    id: 'cpanel',
    name: null,
    domains: [],
    imap: tls('mail.{domain}', 993),
    smtp: tls('mail.{domain}', 465),
    hints: [],
  },
];

/** @returns the preset whose domains hold the address; null for a company's own domain, which says nothing */
export function presetForAddress(address: string): MailPreset | null {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return mailPresets.find((preset) => preset.domains.includes(domain)) ?? null;
}

/** @returns the preset that uses this IMAP or SMTP server */
export function presetForHost(host: string): MailPreset | null {
  const wanted = host.trim().toLowerCase();
  return mailPresets.find((preset) => preset.imap.host === wanted || preset.smtp.host === wanted) ?? null;
}

/** The preset's servers for one address, `{domain}` filled in. */
export function presetServers(
  preset: MailPreset,
  address: string,
): { imap: MailPreset['imap']; smtp: MailPreset['smtp'] } {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const fill = <T extends { host: string }>(server: T): T => ({
    ...server,
    host: server.host.replace('{domain}', domain),
  });
  return { imap: fill(preset.imap), smtp: fill(preset.smtp) };
}
