import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signIdentity } from '../../../../test/support/visitor.js';
import { readSignedIdentity } from './signed-identity.js';

const channelId = randomUUID();
const now = new Date('2026-11-20T03:00:00Z');
const seconds = now.getTime() / 1000;
const claims = { sub: '7', aud: channelId, exp: seconds + 60 };
const read = (jwt: string, secret: string | undefined = 'kunci') =>
  readSignedIdentity(jwt, { secret, channelId, now });

describe('readSignedIdentity', () => {
  it.each([
    ['one that lapses in a minute', claims],
    ['one that lapsed less than a minute ago', { ...claims, exp: seconds - 59 }],
    ['one for a day', { ...claims, exp: seconds + 86_400 }],
    ['one with claims of the site’s own', { ...claims, plan: 'gold' }],
    ['one from a clock that is a little ahead', { ...claims, nbf: seconds + 59 }],
  ])('takes %s', (_, given) => {
    expect(read(signIdentity('kunci', given))).toMatchObject({ sub: '7' });
  });

  const good = signIdentity('kunci', claims);
  const [head = '', body = '', signature = ''] = good.split('.');
  it.each([
    ['another key', signIdentity('lain', claims)],
    ['an empty key', signIdentity('', claims)],
    ['a lapsed one', signIdentity('kunci', { ...claims, exp: seconds - 61 })],
    ['one for weeks', signIdentity('kunci', { ...claims, exp: seconds + 86_400 + 120 })],
    ['one for later', signIdentity('kunci', { ...claims, nbf: seconds + 3_600 })],
    ['another channel', signIdentity('kunci', { ...claims, aud: randomUUID() })],
    ['several channels', signIdentity('kunci', { ...claims, aud: [channelId] })],
    ['an end that is a text', signIdentity('kunci', { ...claims, exp: String(claims.exp) })],
    ['no end', signIdentity('kunci', { sub: '7', aud: channelId })],
    ['an address that is none', signIdentity('kunci', { ...claims, email: 'x' })],
    ['no algorithm', signIdentity('kunci', claims, { alg: 'none' })],
    ['another algorithm', signIdentity('kunci', claims, { alg: 'HS384' })],
    ['the name in other letters', signIdentity('kunci', claims, { alg: 'hs256' })],
    ['what has to be understood and is not', signIdentity('kunci', claims, { alg: 'HS256', crit: ['b64'] })],
    ['no signature', `${head}.${body}.`],
    ['a signature that is cut', `${head}.${body}.${signature.slice(0, -2)}`],
    ['a signature with more behind it', `${good}A`],
    ['four parts', `${good}.${signature}`],
    ['nothing', ''],
    ['padding', `${good}=`],
  ])('does not take %s', (_, jwt) => {
    expect(() => read(jwt)).toThrow('that does not prove who you are');
  });

  it('takes nothing where there is no key', () => {
    for (const secret of [undefined, ''])
      expect(() => readSignedIdentity(good, { secret, channelId, now })).toThrow();
  });
});
