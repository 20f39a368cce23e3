import { describe, expect, it } from '@jest/globals';
import { newTotpSecret, totpStep, totpUri } from './totp.js';

/** The key of RFC 6238, appendix B: "12345678901234567890". */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('a code of six digits', () => {
  // The last six digits of the appendix's eight.
  it.each([
    [59, '287082', 1],
    [1111111109, '081804', 37037036],
    [1234567890, '005924', 41152263],
    [20000000000, '353130', 666666666],
  ])('at %d is %s', (seconds, code, step) => {
    expect(totpStep(secret, code, new Date(seconds * 1000))).toBe(step);
  });

  it.each([
    [29, 1],
    [59, 1],
    [89, 1],
    [90, null],
  ])('of the second half minute counts at %d: %p', (seconds, expected) => {
    expect(totpStep(secret, '287082', new Date(seconds * 1000))).toBe(expected);
  });

  it.each(['', '28708', '2870822', '28708a', '287083', ' 287082'])('is not %j', (code) => {
    expect(totpStep(secret, code, new Date(59_000))).toBeNull();
  });
});

describe('a secret', () => {
  it('is another one each time, of 160 bits, and what apps read names us and the person', () => {
    const [one, other] = [newTotpSecret(), newTotpSecret()];
    expect(one).toMatch(/^[A-Z2-7]{32}$/);
    expect(one).not.toBe(other);
    const uri = new URL(totpUri(one, 'ayu@loket.example'));
    expect(decodeURIComponent(uri.pathname)).toContain('Loket:ayu@loket.example');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: one, issuer: 'Loket', digits: '6' });
  });
});
