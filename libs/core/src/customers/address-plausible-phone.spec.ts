import { describe, expect, it } from '@jest/globals';
import { isMobileLine, isPlausiblePhone } from './address-plausible-phone.js';

describe('isPlausiblePhone', () => {
  it.each<[string, boolean]>([
    ['+6281288412207', true],
    ['+62811987654', true],
    ['+628951234567890', false],
    ['+622150991120', true],
    ['+14155552671', true],
    ['+6591234567', true],
    ['+60123456789', true],
    ['+621500888', false],
    ['+62110', false],
    ['+628001234567', false],
    ['+6281200000000', false],
    ['+6200000000000', false],
    ['+999123456789', false],
    ['081288412207', false],
    ['anonymous', false],
    ['', false],
    ['+'.repeat(100_000), false],
  ])('%s: %s', (value, plausible) => {
    expect(isPlausiblePhone(value)).toBe(plausible);
  });
});

describe('isMobileLine', () => {
  it.each<[string, boolean]>([
    ['+6281288412207', true],
    ['+622150991120', false],
    ['+6591234567', true],
    ['+14155552671', true],
    ['+442079460018', false],
  ])('%s: %s', (value, mobile) => {
    expect(isMobileLine(value)).toBe(mobile);
  });
});
