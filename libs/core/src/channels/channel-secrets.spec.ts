import { describe, expect, it } from '@jest/globals';
import { joinSecrets, keepSecrets, maskSecrets, SecretBox, splitSecrets, unmask } from './channel-secrets.js';

const imap = { host: 'mail.example', port: 993, security: 'tls', user: 'cs', allowInvalidCertificate: false };
const config = {
  address: 'cs@mail.example',
  imap: { ...imap, password: 'rahasia' },
  aliases: ['x@mail.example'],
};

describe('secrets of a config', () => {
  it('part from it and come back', () => {
    const { open, secrets } = splitSecrets(config);
    expect(JSON.stringify(open)).not.toContain('rahasia');
    expect(secrets).toEqual({ 'imap.password': 'rahasia' });
    expect(joinSecrets(open, secrets)).toEqual(config);
  });

  it('show that they are there, and a client may send that back', () => {
    const { open, secrets } = splitSecrets(config);
    const masked = maskSecrets(open, Object.keys(secrets));
    expect(masked).toEqual({ ...config, imap: { ...imap, hasPassword: true } });
    expect(unmask(masked)).toEqual(open);
  });

  it.each([
    ['left out: kept', {}, 'rahasia'],
    ['another user of the same server: kept', { user: 'other' }, 'rahasia'],
    ['given: replaced', { host: 'evil.example', password: 'baru' }, 'baru'],
    ['empty: taken away', { password: '' }, ''],
  ])('%s', (_, change, expected) => {
    const next = keepSecrets({ imap: { ...imap, ...change } }, splitSecrets(config));
    expect(next).toMatchObject({ imap: { password: expected } });
  });

  it.each([{ host: 'evil.example' }, { port: 994 }, { security: 'none' }, { allowInvalidCertificate: true }])(
    'are not sent where they were not meant for: %p',
    (change) => {
      const attempt = (): unknown => keepSecrets({ imap: { ...imap, ...change } }, splitSecrets(config));
      expect(attempt).toThrow(expect.objectContaining({ code: 'password_required' }));
    },
  );

  it('go with their section', () => {
    expect(keepSecrets({ address: 'a@b.example' }, splitSecrets(config))).toEqual({ address: 'a@b.example' });
  });
});

describe('secrets of a number on an official line', () => {
  const cloud = { phoneNumberId: '1065', businessAccountId: '77', markRead: true };
  const secret = { accessToken: 'EAAB-token', appSecret: 'rahasia-app', verifyToken: 'rahasia-kata' };
  const stored = splitSecrets({ address: '+62811', cloud: { ...cloud, ...secret } });

  it('part from it, all three, and show only that they are there', () => {
    expect(stored.open).toEqual({ address: '+62811', cloud });
    const masked = maskSecrets(stored.open, Object.keys(stored.secrets));
    expect(masked).toEqual({
      address: '+62811',
      cloud: { ...cloud, hasAccessToken: true, hasAppSecret: true, hasVerifyToken: true },
    });
    expect(unmask(masked)).toEqual(stored.open);
    expect(joinSecrets(stored.open, stored.secrets)).toEqual({
      address: '+62811',
      cloud: { ...cloud, ...secret },
    });
  });

  it.each([
    ['left out: kept', {}, secret],
    ['another number: kept, for all go to the same place', { phoneNumberId: '2' }, secret],
    ['one given, the others kept', { accessToken: 'baru' }, { ...secret, accessToken: 'baru' }],
    ['one emptied, the others kept', { verifyToken: '' }, { ...secret, verifyToken: '' }],
  ])('%s', (_, change, expected) => {
    expect(keepSecrets({ cloud: { ...cloud, ...change } }, stored)).toEqual({
      cloud: { ...cloud, ...change, ...expected },
    });
  });
});

describe('SecretBox', () => {
  const box = new SecretBox('a secret of this workspace');
  const sealed = box.seal({ 'imap.password': 'rahasia' }, 'channel-1');

  it('opens what it sealed, and seals it differently each time', () => {
    expect(sealed).not.toContain('rahasia');
    expect(box.open(sealed, 'channel-1')).toEqual({ 'imap.password': 'rahasia' });
    expect(box.seal({ 'imap.password': 'rahasia' }, 'channel-1')).not.toBe(sealed);
    expect(box.seal({}, 'channel-1')).toBeNull();
    expect(box.open(null, 'channel-1')).toEqual({});
  });

  it.each([
    ['another channel', (): unknown => box.open(sealed, 'channel-2')],
    ['another secret', (): unknown => new SecretBox('something else').open(sealed, 'channel-1')],
    ['a changed seal', (): unknown => box.open(`${sealed?.slice(0, -2) ?? ''}AA`, 'channel-1')],
    ['rubbish', (): unknown => box.open('v1.', 'channel-1')],
  ])('does not open for %s', (_, attempt) => {
    expect(attempt).toThrow(expect.objectContaining({ code: 'channel_secrets_unreadable' }));
  });
});
