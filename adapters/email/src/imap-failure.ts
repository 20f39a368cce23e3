import { presetForHost } from '@loket/contracts/mail-presets.js';
import type { MailFailureCode } from '@loket/contracts/mail-failures.js';
import { connectionFault, oneLine } from './connection-fault.js';

export interface ImapFailure {
  code: MailFailureCode;
  /** the server's own words */
  detail: string;
  /** trying again at once is pointless: a person has to change the settings */
  needsPerson: boolean;
}

/** Response codes (RFC 5530) that say "not now" although they come as an answer to LOGIN. */
const notNow = new Set(['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG', 'OVERQUOTA']);
const busyWords = /too many|rate|limit|temporar|try again|unavailable|internal error|maximum number/i;

/** Says in our codes what an error of imapflow means. */
export function imapFailure(error: unknown, host: string): ImapFailure {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const detail = words(fields, error);
  if (fields['authenticationFailed'] === true) {
    if (isNotNow(fields, detail)) return { code: 'imap_busy', detail, needsPerson: false };
    return { code: loginCode(host, detail), detail, needsPerson: true };
  }
  if (fields['mailboxMissing'] === true) return { code: 'imap_mailbox_missing', detail, needsPerson: false };
  const fault = connectionFault(error);
  // A goodbye with a reason ("Maximum number of connections") is told as a closed connection.
  if (fields['code'] === 'ETHROTTLE' || (fault === 'closed' && /too many|maximum number/i.test(detail))) {
    return { code: 'imap_busy', detail, needsPerson: false };
  }
  if (fault) return { code: `imap_${fault}`, detail, needsPerson: false };
  return { code: 'imap_failed', detail, needsPerson: false };
}

/** Some providers take only app passwords, or no passwords at all, and rarely say so in their answer. */
function loginCode(host: string, detail: string): MailFailureCode {
  const hints = presetForHost(host)?.hints ?? [];
  if (hints.includes('no_password_login') || /basic auth(entication)? is disabled/i.test(detail)) {
    return 'imap_password_login_disabled';
  }
  if (hints.includes('app_password') || /app(lication)?[- ](specific )?password/i.test(detail)) {
    return 'imap_app_password_needed';
  }
  return 'imap_auth_failed';
}

function isNotNow(fields: Record<string, unknown>, detail: string): boolean {
  const code = fields['serverResponseCode'];
  if (code === 'AUTHENTICATIONFAILED' || code === 'AUTHORIZATIONFAILED') return false;
  if (typeof code === 'string' && notNow.has(code)) return true;
  return busyWords.test(detail) && !/password|credential|authentication failed/i.test(detail);
}

function words(fields: Record<string, unknown>, error: unknown): string {
  for (const key of ['responseText', 'response', 'reason']) {
    const value = fields[key];
    if (typeof value === 'string' && value.trim()) return oneLine(value);
  }
  return oneLine(error instanceof Error ? error.message : String(error)).replace(/^Error: /, '');
}
