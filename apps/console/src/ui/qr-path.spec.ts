import { describe, expect, it } from '@jest/globals';
import { encode } from 'uqr';
import { qrPath } from './qr-path.js';

/** As WhatsApp's: several keys in base64, parted by commas. */
const pairing = `2@${'kQ7x9/Zr+'.repeat(24)},${'b'.repeat(43)}=,${'c'.repeat(43)}=,${'d'.repeat(12)}==`;

describe('qrPath', () => {
  it.each(['2@a', pairing])('paints exactly the dark modules of %s', (text) => {
    const { path, size } = qrPath(text);
    const painted = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
      for (let i = 0; i < Number(width); i += 1) {
        const row = painted[Number(y)];
        if (row) row[Number(x) + i] = true;
      }
    }
    expect(painted).toEqual(encode(text, { ecc: 'L', border: 4 }).data);
  });

  it('leaves four light modules on every side', () => {
    const { path, size } = qrPath(pairing);
    for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      for (const at of [Number(x), Number(y)]) expect(at).toBeGreaterThanOrEqual(4);
      expect(Number(x) + Number(width)).toBeLessThanOrEqual(size - 4);
      expect(Number(y)).toBeLessThan(size - 4);
    }
  });
});
