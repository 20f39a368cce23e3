import { describe, expect, it } from '@jest/globals';
import { pairingNumber } from './pairing-number.js';

describe('pairingNumber', () => {
  it.each([
    ['+62 812-3456-7890', 'ID', '6281234567890'],
    ['0812 3456 7890', 'ID', '6281234567890'],
    ['81234567890', 'ID', '6281234567890'],
    ['62 812 3456 7890', 'ID', '6281234567890'],
    ['+62 0812 3456 7890', 'ID', '6281234567890'],
    ['0062 812 3456 7890', 'ID', '6281234567890'],
    ['+65 8123 4567', 'ID', '6581234567'],
    ['081 234 5678', 'MY', '60812345678'],
    // known to nobody's tables, and still somebody's number
    ['+62 800 0000 000 00', 'ID', '62800000000000'],
    ['+62', 'ID', null],
    ['', 'ID', null],
    ['halo', 'ID', null],
    ['+62 812 3456 7890 1234 5678', 'ID', null],
  ])('%s in %s: %s', (typed, region, digits) => {
    expect(pairingNumber(typed, region)).toBe(digits);
  });
});
