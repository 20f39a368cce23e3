import type { Channel, EmailConfig, ImapConfig, SmtpConfig } from '@loket/contracts/channels.js';
import { presetServers, type MailPreset } from '@loket/contracts/mail-presets.js';

export type Security = ImapConfig['security'];

/** A mail server as it is typed: texts may be empty, a port may be missing. */
export interface ServerForm {
  host: string;
  port: number | '';
  security: Security;
  user: string;
  /** empty = the stored one stays */
  password: string;
  allowInvalidCertificate: boolean;
}

export interface EmailForm {
  name: string;
  address: string;
  displayName: string;
  /** below answers; empty = none */
  signature: { text: string; html: string | null };
  /** read a mailbox by IMAP; otherwise only the ingress feeds the channel */
  receive: boolean;
  imap: ServerForm & Required<Pick<ImapConfig, 'mailboxes' | 'afterStore' | 'moveTo' | 'importExisting'>>;
  send: boolean;
  smtp: ServerForm;
  /** how SMTP is signed in to: as IMAP is, with its own name and password, or not at all */
  smtpLogin: 'same' | 'own' | 'none';
  plusAddressing: boolean;
  aliases: string[];
  trustedAuthservIds: string[];
  checkDkim: boolean;
  /** largest mail, in millions of bytes */
  maxMegabytes: number | '';
}

type Stored<T> = Partial<Omit<T, 'password'>> & { hasPassword?: boolean };
/** A config as the server shows it (`channelSchema`): `hasPassword` in place of passwords. */
export type StoredConfig = Partial<Omit<EmailConfig, 'imap' | 'smtp'>> & {
  imap?: Stored<ImapConfig>;
  smtp?: Stored<SmtpConfig>;
};

export function emptyForm(): EmailForm {
  const server = { host: '', user: '', password: '', allowInvalidCertificate: false };
  return {
    name: '',
    address: '',
    displayName: '',
    signature: { text: '', html: null },
    receive: true,
    imap: {
      ...server,
      port: 993,
      security: 'tls',
      mailboxes: ['INBOX'],
      afterStore: 'mark_seen',
      moveTo: 'Loket',
      importExisting: false,
    },
    send: true,
    smtp: { ...server, port: 587, security: 'starttls' },
    smtpLogin: 'same',
    plusAddressing: false,
    aliases: [],
    trustedAuthservIds: [],
    checkDkim: true,
    maxMegabytes: 35,
  };
}

export function formOf(channel: Pick<Channel, 'name' | 'config'>): EmailForm {
  const { imap, smtp, ...config } = channel.config as StoredConfig;
  const empty = emptyForm();
  const smtpUser = smtp?.user ?? '';
  return {
    ...empty,
    name: channel.name,
    address: config.address ?? '',
    displayName: config.displayName ?? '',
    signature: { text: config.signature?.text ?? '', html: config.signature?.html ?? null },
    receive: imap !== undefined,
    imap: { ...empty.imap, ...withoutMark(imap) },
    send: smtp !== undefined,
    smtp: { ...empty.smtp, ...withoutMark(smtp), user: smtpUser },
    smtpLogin: smtp === undefined || (imap && smtpUser === imap.user) ? 'same' : smtpUser ? 'own' : 'none',
    plusAddressing: config.plusAddressing ?? false,
    aliases: config.aliases ?? [],
    trustedAuthservIds: config.trustedAuthservIds ?? [],
    checkDkim: config.checkDkim ?? true,
    maxMegabytes: (config.maxBytes ?? 35_000_000) / 1_000_000,
  };
}

function withoutMark<T extends { hasPassword?: boolean }>(section: T | undefined): Omit<T, 'hasPassword'> {
  const { hasPassword: _, ...rest } = section ?? ({} as T);
  return rest;
}

/** The whole config to send. A password left out keeps the stored one; an empty one takes it away. */
export function configOf(form: EmailForm): Record<string, unknown> {
  const { imap, smtp } = form;
  return {
    ...(form.address.trim() && { address: form.address.trim() }),
    ...(form.displayName.trim() && { displayName: form.displayName.trim() }),
    ...(form.signature.text.trim() && {
      signature: {
        text: form.signature.text.trim(),
        ...(form.signature.html !== null && { html: form.signature.html }),
      },
    }),
    ...(form.receive && {
      imap: {
        ...serverOf(imap),
        user: imap.user.trim(),
        ...(imap.password && { password: imap.password }),
        mailboxes: imap.mailboxes,
        afterStore: imap.afterStore,
        moveTo: imap.moveTo.trim() || 'Loket',
        importExisting: imap.importExisting,
      },
    }),
    ...(form.send && { smtp: { ...serverOf(smtp), ...smtpLoginOf(form) } }),
    plusAddressing: form.plusAddressing,
    aliases: form.aliases,
    trustedAuthservIds: form.trustedAuthservIds,
    checkDkim: form.checkDkim,
    ...(form.maxMegabytes !== '' && { maxBytes: Math.round(form.maxMegabytes * 1_000_000) }),
  };
}

function serverOf({ host, port, security, allowInvalidCertificate }: ServerForm) {
  return { host: host.trim(), ...(port !== '' && { port }), security, allowInvalidCertificate };
}

function smtpLoginOf({ smtpLogin, receive, imap, smtp }: EmailForm) {
  if (smtpLogin === 'none') return { password: '' };
  const { user, password } = smtpLogin === 'same' && receive ? imap : smtp;
  return { user: user.trim(), ...(password && { password }) };
}

/** Puts a provider's servers in; what stands in the other fields stays. */
export function withPreset(form: EmailForm, preset: MailPreset): EmailForm {
  const { imap, smtp } = presetServers(preset, form.address);
  return {
    ...form,
    imap: { ...form.imap, ...imap, user: form.imap.user || form.address.trim() },
    smtp: { ...form.smtp, ...smtp },
  };
}

/** The stored password goes only to the server that it was given for; see `keepSecrets` in core. */
export function keepsPassword(
  server: ServerForm,
  stored: Stored<ImapConfig | SmtpConfig> | undefined,
): boolean {
  return (
    stored?.hasPassword === true &&
    stored.host === server.host.trim() &&
    stored.port === server.port &&
    stored.security === server.security &&
    (stored.allowInvalidCertificate ?? false) === server.allowInvalidCertificate
  );
}

/** What is missing or cannot be right, by field path, as the server would name it (`imap.host`). */
export function missingIn(form: EmailForm, stored: StoredConfig = {}): string[] {
  const { imap, smtp, receive, send, smtpLogin } = form;
  const same = smtpLogin === 'same' && receive;
  const missing = [];
  if (!form.name.trim() && !form.address.trim()) missing.push('name');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(form.address.trim())) missing.push('address');
  if (receive) {
    if (!imap.host.trim()) missing.push('imap.host');
    if (imap.port === '') missing.push('imap.port');
    if (!imap.user.trim()) missing.push('imap.user');
    if (imap.mailboxes.length === 0) missing.push('imap.mailboxes');
  }
  if (send) {
    if (!smtp.host.trim()) missing.push('smtp.host');
    if (smtp.port === '') missing.push('smtp.port');
    if (!same && smtpLogin !== 'none' && !smtp.user.trim()) missing.push('smtp.user');
  }
  const imapPassword =
    (receive && !keepsPassword(imap, stored.imap)) || (send && same && !keepsPassword(smtp, stored.smtp));
  if (imapPassword && !imap.password) missing.push('imap.password');
  const smtpPassword = send && !same && smtpLogin !== 'none' && !keepsPassword(smtp, stored.smtp);
  if (smtpPassword && !smtp.password) missing.push('smtp.password');
  return missing;
}

/** Paths of a server's answer (`config.smtp.password`) as the fields that show them. */
export function fieldOf(path: string, form: EmailForm): string {
  const field = path.replace(/^config\./, '').replace(/\.\d+$/, '');
  const same = form.smtpLogin === 'same' && form.receive;
  if (same && (field === 'smtp.password' || field === 'smtp.user')) return field.replace('smtp', 'imap');
  return field;
}
