import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { emailConfigSchema, type ConnectionReport } from '@loket/contracts/channels.js';
import { Dovecot } from '../../../test/support/dovecot.js';
import { SmtpSink } from '../../../test/support/smtp-sink.js';
import { testConnection } from './connection-test.js';

let dovecot: Dovecot;
let sink: SmtpSink;
let mute: Server;
let mutePort: number;

beforeAll(async () => {
  dovecot = await Dovecot.start({ users: [{ name: 'cs', password: 'benar' }] });
  await dovecot.deliver('cs', 'From: a@b.c\nSubject: x\n\nHalo\n');
  sink = await SmtpSink.start({ auth: { user: 'cs', password: 'benar' } });
  mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const address = mute.address();
  mutePort = address !== null && typeof address === 'object' ? address.port : 0;
});
afterAll(async () => {
  await Promise.all([dovecot.stop(), sink.stop()]);
  mute.close();
});

const run = (imap: object | null, smtp: object | null, limitMs?: number): Promise<ConnectionReport> => {
  const common = { host: '127.0.0.1', security: 'none', user: 'cs', password: 'benar' };
  const config = emailConfigSchema.parse({
    ...(imap ? { imap: { ...common, port: dovecot.port, ...imap } } : {}),
    ...(smtp ? { smtp: { ...common, port: sink.port, ...smtp } } : {}),
  });
  return testConnection(config, limitMs);
};
const brief = ({ steps }: ConnectionReport): string[] =>
  steps.map(({ step, ok, code }) => (ok ? step : `${step}: ${code}`));

describe('testConnection', () => {
  it('goes through every step of settings that are right', async () => {
    const report = await run({}, {});
    expect(report.ok).toBe(true);
    expect(brief(report)).toEqual([
      'imap_connect',
      'imap_login',
      'imap_mailbox',
      'smtp_connect',
      'smtp_login',
    ]);
    expect(report.steps[2]?.data).toEqual({ mailbox: 'INBOX', messages: 1 });
  });

  it.each([
    ['no such name', { host: 'imap.invalid' }, ['imap_connect: imap_dns_failed']],
    ['nobody listens', { port: 1 }, ['imap_connect: imap_refused']],
    ['no TLS there', { security: 'tls' }, ['imap_connect: imap_not_tls']],
    ['a wrong password', { password: 'salah' }, ['imap_connect', 'imap_login: imap_auth_failed']],
    [
      'a certificate of nobody',
      { security: 'starttls' },
      ['imap_connect', 'imap_login: imap_certificate_invalid'],
    ],
    [
      'a missing mailbox',
      { mailboxes: ['Tiada', 'INBOX'] },
      ['imap_connect', 'imap_login', 'imap_mailbox: imap_mailbox_missing', 'imap_mailbox'],
    ],
  ])('IMAP: %s', async (_what, imap, steps) => {
    const report = await run(imap, null);
    expect(report.ok).toBe(false);
    expect(brief(report)).toEqual(steps);
    expect(JSON.stringify(report)).not.toContain('salah');
  });

  it.each([
    ['nobody listens', { port: 1 }, ['smtp_connect: smtp_refused']],
    ['no STARTTLS', { security: 'starttls' }, ['smtp_connect: smtp_tls_failed']],
    ['a wrong password', { password: 'salah' }, ['smtp_connect', 'smtp_login: smtp_auth_failed']],
    ['no sign-in asked for', { user: '' }, ['smtp_connect']],
  ])('SMTP: %s', async (_what, smtp, steps) => {
    expect(brief(await run(null, smtp))).toEqual(steps);
  });

  it('takes no longer than it may, however silent the servers are', async () => {
    const start = Date.now();
    const report = await run({ port: mutePort }, { port: mutePort }, 400);
    expect(Date.now() - start).toBeLessThan(2500);
    expect(brief(report)).toEqual(['imap_connect: imap_timeout', 'smtp_connect: smtp_timeout']);
  });

  it('is not in order when there is nothing to test', async () => {
    expect(await testConnection(emailConfigSchema.parse({}))).toEqual({ ok: false, steps: [] });
  });
});
