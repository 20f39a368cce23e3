import { ChannelError } from '@loket/channel/channel-error.js';
import { AppError } from '@loket/contracts/errors.js';
import type { MailFailureCode } from '@loket/contracts/mail-failures.js';
import { presetForHost } from '@loket/contracts/mail-presets.js';
import { connectionFault, oneLine } from './connection-fault.js';

/** How far the mail had got when it failed. */
export interface SendProgress {
  /** every byte of it was read, so the server may have the end-of-data mark */
  complete: boolean;
}

interface SmtpFields {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  message?: string;
}

/** greylisting servers want to see us again after some minutes, not seconds */
const greylistMs = 5 * 60_000;

/**
 * Says what core has to do about an error of nodemailer.
 *
 * - a reply of the server is an answer: 4xx may pass later, 5xx will not (RFC 5321 §4.2.1)
 * - a connection that broke before the whole mail was out: the server has thrown it away, it can be sent again
 * - a connection that broke after that and before the reply: nobody knows (RFC 1047)
 */
export function smtpFailure(error: unknown, progress: SendProgress, host: string): ChannelError {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as SmtpFields;
  const detail = oneLine(fields.response ?? fields.message ?? String(error));
  const fail = (code: ChannelError['code'], reason: MailFailureCode, retryAfterMs?: number): ChannelError =>
    new ChannelError(code, reason, { detail, cause: error, retryAfterMs });

  if (fields.code === 'ESTREAM' || error instanceof AppError) {
    const missing = error instanceof AppError && error.kind === 'not_found';
    return missing ? fail('rejected', 'attachment_missing') : fail('temporary', 'attachment_unreadable');
  }
  const { responseCode } = fields;
  if (fields.code === 'EAUTH' || fields.code === 'ENOAUTH' || fields.code === 'EOAUTH2') {
    return responseCode !== undefined && responseCode < 500
      ? fail('temporary', 'smtp_busy')
      : fail('auth', smtpLoginCode(host, detail));
  }
  if (responseCode !== undefined && /^(MAIL FROM|RCPT TO|DATA)$/.test(fields.command ?? '')) {
    return replied(responseCode, fields, detail, fail);
  }
  if (responseCode === 421) return fail('temporary', 'smtp_busy');
  if (fields.code === 'EMESSAGE' && /size/i.test(detail)) return fail('rejected', 'smtp_message_too_large');
  if (fields.code === 'EENVELOPE') return fail('rejected', 'recipient_invalid');
  const fault = connectionFault(error);
  // What the server says at the door (greeting, EHLO, STARTTLS) is about us today, not about this mail.
  if (responseCode !== undefined && !fault)
    return fail('temporary', responseCode < 500 ? 'smtp_busy' : 'smtp_failed');
  if (progress.complete) return fail('ambiguous', 'smtp_no_answer');
  return fail('temporary', fault ? `smtp_${fault}` : 'smtp_failed');
}

function replied(
  code: number,
  { command }: SmtpFields,
  detail: string,
  fail: (code: ChannelError['code'], reason: MailFailureCode, retryAfterMs?: number) => ChannelError,
): ChannelError {
  if (code === 530 || code === 535)
    return fail('auth', code === 530 ? 'smtp_auth_required' : 'smtp_auth_failed');
  const recipient = command === 'RCPT TO';
  // 503 says that the session was out of step, not that the mail is refused.
  if (code < 500 || code === 503) {
    if (recipient) return fail('temporary', 'smtp_recipient_deferred', greylistMs);
    return fail('temporary', code === 421 ? 'smtp_busy' : 'smtp_deferred');
  }
  if ((code === 552 && !recipient) || /\b5\.(3\.4|2\.3)\b/.test(detail))
    return fail('rejected', 'smtp_message_too_large');
  if (recipient) return fail('rejected', 'smtp_recipient_refused');
  return fail('rejected', command === 'MAIL FROM' ? 'smtp_sender_refused' : 'smtp_message_refused');
}

/** Some providers take only app passwords, or no passwords at all, and rarely say so in their answer. */
export function smtpLoginCode(host: string, detail: string): MailFailureCode {
  const hints = presetForHost(host)?.hints ?? [];
  if (
    hints.includes('no_password_login') ||
    /SmtpClientAuthentication is disabled|basic auth.* disabled/i.test(detail)
  ) {
    return 'smtp_password_login_disabled';
  }
  if (hints.includes('app_password') || /app(lication)?[- ](specific )?password/i.test(detail)) {
    return 'smtp_app_password_needed';
  }
  return 'smtp_auth_failed';
}
