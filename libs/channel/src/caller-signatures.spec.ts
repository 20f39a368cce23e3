import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { bearerHolds, callSignatureHolds, publicUrl, twilioSignatureHolds } from './caller-signatures.js';

const secret = 'rahasia-sentral';
const now = Date.parse('2026-11-22T03:00:00Z');
const seconds = String(now / 1000);
const body = Buffer.from('{"callId":"1","name":"Büdi \\u00e9"}');
const sign = (bytes: Uint8Array, at = seconds, key = secret): string =>
  `sha256=${createHmac('sha256', key).update(`${at}.`).update(bytes).digest('hex')}`;

describe('signed calls of any telephone system', () => {
  it('hold for the very bytes, in either case of the hex, within five minutes', () => {
    for (const at of [now, now - 299_000, now + 299_000]) {
      const timestamp = String(at / 1000);
      const signature = sign(body, timestamp);
      expect(callSignatureHolds({ body, timestamp, signature }, secret, now)).toBe(true);
      const upper = `sha256=${signature.slice(7).toUpperCase()}`;
      expect(callSignatureHolds({ body, timestamp, signature: upper }, secret, now)).toBe(true);
    }
    const broken = Buffer.from([0xff, 0xfe, 0x00]);
    expect(
      callSignatureHolds({ body: broken, timestamp: seconds, signature: sign(broken) }, secret, now),
    ).toBe(true);
  });

  const old = String(now / 1000 - 301);
  const early = String(now / 1000 + 301);
  it.each<[string, string | undefined, string | undefined, Uint8Array?]>([
    ['no signature', seconds, undefined],
    ['no time', undefined, sign(body)],
    ['an empty signature', seconds, ''],
    ['another secret', seconds, sign(body, seconds, 'lain')],
    ['another body', seconds, sign(body), Buffer.from('{"callId":"2"}')],
    [
      'the same JSON written again',
      seconds,
      sign(body),
      Buffer.from(JSON.stringify(JSON.parse(body.toString()))),
    ],
    ['another time than was signed', String(now / 1000 - 1), sign(body)],
    ['a call from six minutes ago, told again', old, sign(body, old)],
    ['a call from the future', early, sign(body, early)],
    ['milliseconds', String(now), sign(body, String(now))],
    ['a time that is none', 'NaN', sign(body, 'NaN')],
    ['a time with an exponent', '1.7953e9', sign(body, '1.7953e9')],
    ['a signature cut short', seconds, sign(body).slice(0, -2)],
    ['a signature without its kind', seconds, sign(body).slice(7)],
    ['two signatures', seconds, `${sign(body)}, ${sign(body)}`],
  ])('do not hold: %s', (_what, timestamp, signature, bytes = body) => {
    expect(callSignatureHolds({ body: bytes, timestamp, signature }, secret, now)).toBe(false);
  });

  it('never hold without a secret', () => {
    expect(
      callSignatureHolds({ body, timestamp: seconds, signature: sign(body, seconds, '') }, '', now),
    ).toBe(false);
  });
});

describe('forms that Twilio signs', () => {
  // the example of Twilio's documentation
  const token = '12345';
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
  const form =
    'CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212';
  const signature = '0/KCTR6DLpKmkAf8muzZqo1nDgQ=';
  const holds = (fields: { url?: string; body?: string; signature?: string }, key = token): boolean =>
    twilioSignatureHolds({ url, body: form, signature, ...fields }, key);
  const signFor = (address: string, text: string): string =>
    createHmac('sha1', token)
      .update(address + text)
      .digest('base64');

  it('hold as Twilio documents them', () => {
    expect(holds({})).toBe(true);
  });

  it('hold in whatever order the parameters stand', () => {
    expect(holds({ body: form.split('&').reverse().join('&') })).toBe(true);
  });

  it.each([
    ['with the standard port', 'https://mycompany.com:443/myapp.php?foo=1&bar=2'],
    ['http, without its port', 'http://mycompany.com/myapp.php', 'http://mycompany.com:80/myapp.php'],
    ['another port, signed without it', 'https://mycompany.com:8443/a', 'https://mycompany.com/a'],
  ])('hold %s', (_what, address, signed = url) => {
    const text = 'CallSidCA1234567890ABCDECaller+12349013030Digits1234From+12349013030To+18005551212';
    expect(holds({ url: address, signature: signFor(signed, text) })).toBe(true);
  });

  it('hold for empty, repeated and odd values', () => {
    const odd = 'b=&a=2&a=1&a=2&A=x%20y%26z&c=%C3%A9';
    expect(holds({ body: odd, signature: signFor(url, 'Ax y&za1a2bcé') })).toBe(true);
  });

  it.each<[string, Parameters<typeof holds>[0], string]>([
    ['forged', { signature: signFor('https://mycompany.com', 'x') }, token],
    ['empty', { signature: '' }, token],
    ['with more behind it', { signature: `${signature}=` }, token],
    ['in another case', { signature: signature.toLowerCase() }, token],
    ['of another token', {}, '12346'],
    ['without a token', {}, ''],
    ['for another number', { body: form.replace('12349013030', '12349013031') }, token],
    ['with one parameter more', { body: `${form}&Z=1` }, token],
    ['with one parameter less', { body: form.replace('&Digits=1234', '') }, token],
    ['for the address behind the proxy', { url: 'http://127.0.0.1:3000/myapp.php?foo=1&bar=2' }, token],
    ['for http where https was told', { url: url.replace('https', 'http') }, token],
    ['for another query', { url: url.replace('bar=2', 'bar=3') }, token],
    ['for a query in another order', { url: 'https://mycompany.com/myapp.php?bar=2&foo=1' }, token],
    ['for an address that is none', { url: 'nonsense' }, token],
  ])('do not hold: %s', (_what, fields, key) => {
    expect(holds(fields, key)).toBe(false);
  });

  it('hold when a name borrows from its value: nothing stands between them in what is signed', () => {
    // Twilio's own weakness. It can make a parameter unreadable, never give one that we read another value.
    expect(holds({ body: form.replace('Digits=1234', 'Digits1=234') })).toBe(true);
  });

  it('hold without a signature never', () => {
    expect(twilioSignatureHolds({ url, body: form, signature: undefined }, token)).toBe(false);
  });

  it.each([
    [
      'https://loket.example.com',
      '/api/v1/channels/1/webhook?x=1',
      'https://loket.example.com/api/v1/channels/1/webhook?x=1',
    ],
    ['https://loket.example.com/', '/a', 'https://loket.example.com/a'],
    ['https://example.com/loket/', 'a', 'https://example.com/loket/a'],
  ])('are for our public address: %s and %s', (base, path, whole) => {
    expect(publicUrl(base, path)).toBe(whole);
  });
});

describe('bearer tokens', () => {
  it.each<[string | undefined, string, boolean]>([
    ['Bearer abc', 'abc', true],
    ['bearer  abc', 'abc', true],
    ['Bearer abd', 'abc', false],
    ['Bearer abc ', 'abc', false],
    ['Basic abc', 'abc', false],
    ['abc', 'abc', false],
    [undefined, 'abc', false],
    ['Bearer ', '', false],
    ['Bearer undefined', '', false],
  ])('%j for %j: %j', (header, key, expected) => {
    expect(bearerHolds(header, key)).toBe(expected);
  });
});
