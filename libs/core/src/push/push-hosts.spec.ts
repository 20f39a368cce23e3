import { describe, expect, it } from '@jest/globals';
import { envSchema } from '@loket/platform/env.js';
import { isPushService } from './push-hosts.js';

const usual = envSchema.parse({}).LOKET_PUSH_HOSTS;

describe('isPushService', () => {
  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc:def', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/gAAA', true],
    ['https://web.push.apple.com/QOXc', true],
    ['https://wns2-sg2p.notify.windows.com/w/?token=BQY', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/fcm/send/abc', false],
    ['https://fcm.googleapis.com.evil.example/fcm', false],
    ['https://evilpush.apple.com.example/', false],
    ['https://notify.windows.com.evil.example/', false],
    ['https://user:secret@fcm.googleapis.com/', false],
    ['https://169.254.169.254/latest/meta-data', false],
    ['https://localhost/', false],
    ['no address', false],
  ])('%s: %s', (endpoint, expected) => {
    expect(isPushService(endpoint, usual)).toBe(expected);
  });

  it('knows a stand-in by its very port', () => {
    const hosts = ['http://127.0.0.1:4001'];
    expect(isPushService('http://127.0.0.1:4001/push/1', hosts)).toBe(true);
    expect(isPushService('http://127.0.0.1:4002/push/1', hosts)).toBe(false);
    expect(isPushService('https://127.0.0.1:4001/push/1', hosts)).toBe(false);
  });
});
