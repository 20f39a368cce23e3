import { describe, expect, it } from '@jest/globals';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten, all different, and easy to read', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  });

  it.each(['0A1B-CDEF-GHJK-MNPQ', '0a1bcdefghjkmnpq', ' oaib cdef ghjk mnpq ', 'OALB-CDEF-GHJK-MNPQ'])(
    'are understood as typed: %s',
    (typed) => {
      expect(hashRecoveryCode(typed)).toBe(hashRecoveryCode('0a1b-cdef-ghjk-mnpq'));
    },
  );

  it('are told apart', () => {
    expect(hashRecoveryCode('0a1b-cdef-ghjk-mnpr')).not.toBe(hashRecoveryCode('0a1b-cdef-ghjk-mnpq'));
  });
});
