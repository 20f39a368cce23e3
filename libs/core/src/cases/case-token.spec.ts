import { describe, expect, it } from '@jest/globals';
import { mintCaseToken, readCaseToken } from './case-token.js';

const secret = 'a secret of at least thirty-two characters';

describe('case token', () => {
  it.each([1001, 1042, 987_654_321])('comes back for #%d', (number) => {
    expect(readCaseToken(secret, mintCaseToken(secret, number))).toBe(number);
  });

  it('survives mail servers that fold the case of addresses', () => {
    expect(readCaseToken(secret, mintCaseToken(secret, 1042).toUpperCase())).toBe(1042);
  });

  it('is refused when signed with another secret, for another case, cut or empty', () => {
    const token = mintCaseToken(secret, 1042);
    const other = mintCaseToken(secret, 1043);
    expect(readCaseToken('another secret of thirty-two characters!', token)).toBeNull();
    expect(readCaseToken(secret, other.split('-')[0] + '-' + token.split('-')[1])).toBeNull();
    expect(readCaseToken(secret, token.slice(0, -1))).toBeNull();
    expect(readCaseToken(secret, '')).toBeNull();
  });
});
