import { describe, expect, it } from '@jest/globals';
import { mailFailureCodes } from '@loket/contracts/mail-failures.js';
import { connectionFault, oneLine } from './connection-fault.js';
import { imapFailure } from './imap-failure.js';
import { smtpFailure } from './smtp-failure.js';

const failed = (fields: object, message = 'no'): Error => Object.assign(new Error(message), fields);

describe('connectionFault', () => {
  it.each([
    [{ code: 'ENOTFOUND' }, 'dns_failed'],
    [{ code: 'EDNS', originalCode: 'ENOTFOUND' }, 'dns_failed'],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, 'refused'],
    [{ errors: [{ code: 'ENETUNREACH' }, { code: 'ECONNREFUSED' }] }, 'refused'],
    [{ code: 'ESOCKET', cause: { code: 'EHOSTUNREACH' } }, 'unreachable'],
    [{ code: 'CONNECT_TIMEOUT' }, 'timeout'],
    [{ code: 'ETIMEOUT' }, 'timeout'],
    [{ code: 'ETLS', cause: { code: 'CERT_HAS_EXPIRED' } }, 'certificate_invalid'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate_invalid'],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'not_tls'],
    [{ code: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }, 'tls_failed'],
    [{ tlsFailed: true }, 'tls_failed'],
    [{ code: 'ECONNRESET' }, 'closed'],
    [{ code: 'NoConnection' }, 'closed'],
    [{ code: 'EENVELOPE' }, null],
    [{}, null],
  ])('%j is %s', (fields, expected) => {
    expect(connectionFault(failed(fields))).toBe(expected);
  });

  it('survives what is no error, and errors that hold themselves', () => {
    const circular = failed({ code: 'X' });
    circular.cause = circular;
    expect([null, undefined, 'text', circular].map(connectionFault)).toEqual([null, null, null, null]);
  });
});

describe('imapFailure', () => {
  const login = (response: string, more = {}) => failed({ authenticationFailed: true, response, ...more });
  it.each([
    [
      'mail.toko.id',
      login('Authentication failed.', { serverResponseCode: 'AUTHENTICATIONFAILED' }),
      'imap_auth_failed',
      true,
    ],
    ['imap.gmail.com', login('Invalid credentials (Failure)'), 'imap_app_password_needed', true],
    ['mail.toko.id', login('Application-specific password required'), 'imap_app_password_needed', true],
    ['outlook.office365.com', login('LOGIN failed.'), 'imap_password_login_disabled', true],
    [
      'mail.toko.id',
      login('Too many simultaneous connections', { serverResponseCode: 'LIMIT' }),
      'imap_busy',
      false,
    ],
    [
      'mail.toko.id',
      login('Temporary authentication failure', { serverResponseCode: 'UNAVAILABLE' }),
      'imap_busy',
      false,
    ],
    [
      'mail.toko.id',
      failed({ code: 'NoConnection', reason: 'Maximum number of connections exceeded' }),
      'imap_busy',
      false,
    ],
    ['mail.toko.id', failed({ code: 'ETHROTTLE' }), 'imap_busy', false],
    ['mail.toko.id', failed({ mailboxMissing: true }), 'imap_mailbox_missing', false],
    ['mail.toko.id', failed({ code: 'ECONNRESET' }), 'imap_closed', false],
    ['mail.toko.id', failed({ responseStatus: 'NO' }), 'imap_failed', false],
  ])('%s: %s', (host, error, code, needsPerson) => {
    expect(imapFailure(error, host)).toMatchObject({ code, needsPerson });
    expect(mailFailureCodes).toContain(code);
  });
});

describe('smtpFailure', () => {
  const sending = { complete: false };
  it.each<[string, object, { complete: boolean }, string, string]>([
    [
      'a refusal at the door says nothing of the mail',
      { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' },
      sending,
      'temporary',
      'smtp_failed',
    ],
    [
      '421 while we wait for the verdict is a verdict',
      { code: 'ECONNECTION', responseCode: 421, command: 'CONN' },
      { complete: true },
      'temporary',
      'smtp_busy',
    ],
    [
      'a full mailbox is not a large mail',
      { code: 'EENVELOPE', responseCode: 552, command: 'RCPT TO' },
      sending,
      'rejected',
      'smtp_recipient_refused',
    ],
    [
      'out of step',
      { code: 'EENVELOPE', responseCode: 503, command: 'MAIL FROM' },
      sending,
      'temporary',
      'smtp_deferred',
    ],
    [
      'sign-in fails for now',
      { code: 'EAUTH', responseCode: 454, command: 'AUTH PLAIN' },
      sending,
      'temporary',
      'smtp_busy',
    ],
    [
      'sign-in fails',
      { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' },
      sending,
      'auth',
      'smtp_auth_failed',
    ],
    ['no credentials', { code: 'ENOAUTH' }, sending, 'auth', 'smtp_auth_failed'],
    [
      'a reset before the end',
      { code: 'ESOCKET', originalCode: 'ECONNRESET' },
      sending,
      'temporary',
      'smtp_closed',
    ],
    [
      'a reset after the end',
      { code: 'ESOCKET', originalCode: 'ECONNRESET' },
      { complete: true },
      'ambiguous',
      'smtp_no_answer',
    ],
    ['a defect before the end', {}, sending, 'temporary', 'smtp_failed'],
    ['a defect after the end', {}, { complete: true }, 'ambiguous', 'smtp_no_answer'],
  ])('%s', (_what, fields, progress, code, reason) => {
    expect(smtpFailure(failed(fields), progress, 'mail.toko.id')).toMatchObject({ code, reason });
    expect(mailFailureCodes).toContain(reason);
  });
});

it('shows the words of servers on one line', () => {
  expect(oneLine(' a\r\n\u0000b\t ')).toBe('a b');
  expect(oneLine('x'.repeat(2000))).toHaveLength(500);
});
