import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isOwnId, ownId } from './own-ids.js';

describe('ids of what we send', () => {
  it('are the same for the same part, and differ otherwise', () => {
    const ids = [ownId('c', 'm', 0), ownId('c', 'm', 1), ownId('c', 'n', 0), ownId('d', 'm', 0)];
    expect(new Set(ids).size).toBe(4);
    expect(ownId('c', 'm', 0)).toBe(ids[0]);
    for (const id of ids) expect(id).toMatch(/^3EB0[0-9A-F]{18}$/);
  });

  it('are known again by their channel alone', () => {
    expect(isOwnId('c', ownId('c', 'm', 0))).toBe(true);
    expect(isOwnId('d', ownId('c', 'm', 0))).toBe(false);
  });

  it('are not confused with what WhatsApp makes up', () => {
    const foreign = Array.from({ length: 2000 }, () => `3EB0${randomBytes(9).toString('hex').toUpperCase()}`);
    expect(foreign.filter((id) => isOwnId('c', id))).toEqual([]);
    for (const id of ['', '3EB0', '3A0123456789ABCDEF01', 'x'.repeat(22)])
      expect(isOwnId('c', id)).toBe(false);
  });
});
