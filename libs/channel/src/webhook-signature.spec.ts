import { describe, expect, it } from '@jest/globals';
import { sign, textMessage, wamid, webhookBody } from '../../../test/support/graph-webhooks.js';
import { answerHandshake, signatureHolds } from './webhook-signature.js';

const secret = 'rahasia-aplikasi';
const number = { phoneNumberId: '1065', displayNumber: '62811', businessAccountId: '1022' };
const body = webhookBody(number, [
  { messages: [textMessage({ waId: '62812' }, wamid('a'), 'Halo Büdi 🙂 “apa kabar” https://a.b/c', 1)] },
]);

describe('signatures of webhook calls', () => {
  it('hold for the very bytes, in either case of the hex', () => {
    expect(body.toString('latin1')).toMatch(/\\ud83d/);
    expect(signatureHolds(body, sign(body, secret), secret)).toBe(true);
    expect(
      signatureHolds(
        body,
        sign(body, secret).replace(/[a-f]/g, (c) => c.toUpperCase()),
        secret,
      ),
    ).toBe(true);
    const unescaped = Buffer.from('{"a":"é🙂\u0000"}');
    expect(signatureHolds(unescaped, sign(unescaped, secret), secret)).toBe(true);
    const broken = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    expect(signatureHolds(broken, sign(broken, secret), secret)).toBe(true);
  });

  it('do not hold for the same JSON written again', () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(JSON.parse(again.toString())).toEqual(JSON.parse(body.toString()));
    expect(signatureHolds(again, sign(body, secret), secret)).toBe(false);
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['of another secret', sign(body, 'lain')],
    ['of another body', sign(Buffer.from('{}'), secret)],
    ['the older kind', sign(body, secret).replace('sha256=', 'sha1=')],
    ['without its kind', sign(body, secret).slice('sha256='.length)],
    ['cut short', sign(body, secret).slice(0, -2)],
    ['with more behind it', `${sign(body, secret)}00`],
    ['not hex', `sha256=${'z'.repeat(64)}`],
    ['two of them', `${sign(body, secret)}, ${sign(body, secret)}`],
  ])('do not hold: %s', (_name, header) => {
    expect(signatureHolds(body, header, secret)).toBe(false);
  });

  it('never hold without a secret', () => {
    expect(signatureHolds(body, sign(body, ''), '')).toBe(false);
  });
});

describe('the handshake', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'token-kita', 'hub.challenge': '1158201444' };

  it('echoes the challenge', () => {
    expect(answerHandshake(query, 'token-kita')).toBe('1158201444');
  });

  it.each([
    ['another token', { ...query, 'hub.verify_token': 'token-kitA' }],
    ['a longer token', { ...query, 'hub.verify_token': 'token-kita-' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['two tokens', { ...query, 'hub.verify_token': ['token-kita', 'token-kita'] }],
    ['another mode', { ...query, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { ...query, 'hub.challenge': undefined }],
    ['a challenge that is a page', { ...query, 'hub.challenge': '<script>alert(1)</script>' }],
  ])('refuses %s', (_name, wrong) => {
    expect(answerHandshake(wrong, 'token-kita')).toBeNull();
  });

  it('refuses everyone while no token is set', () => {
    expect(answerHandshake({ ...query, 'hub.verify_token': '' }, '')).toBeNull();
  });
});
