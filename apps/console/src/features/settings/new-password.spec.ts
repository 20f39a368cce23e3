import { describe, expect, it } from '@jest/globals';
import { passwordSchema } from '@loket/contracts/access.js';
import { newPassword } from './new-password.js';

describe('newPassword', () => {
  it('is long enough, readable, and another each time', () => {
    const many = Array.from({ length: 200 }, () => newPassword());
    for (const password of many) {
      expect(passwordSchema.safeParse(password).success).toBe(true);
      expect(password).toMatch(/^(?:[a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
    }
    expect(new Set(many).size).toBe(many.length);
  });

  it('draws again rather than favour the first letters', () => {
    // 248 to 255 stand above 8 × 31, the largest multiple of the alphabet
    const high = newPassword((bytes) => bytes.map((_, index) => (index % 2 === 0 ? 255 : 1)));
    expect(high).toBe('bbbb-bbbb-bbbb-bbbb');
  });
});
