import { describe, expect, it } from '@jest/globals';
import { matchPresets, type MatchingSettings } from '@loket/contracts/settings.js';
import { changesOf, formOf, presets, thresholdProblem } from './matching-form.js';

const settings: MatchingSettings = {
  preset: 'balanced',
  joinAt: 0.82,
  suggestAt: null,
  products: ['Mug Senja'],
  version: 3,
};

describe('the form of matching settings', () => {
  it('offers every preset that the contract knows', () => {
    expect([...presets].sort()).toEqual([...matchPresets].sort());
  });

  it('gives back what it was filled with', () => {
    const { version: _, ...rest } = settings;
    expect(changesOf(formOf(settings))).toEqual(rest);
    expect(formOf(settings)).toMatchObject({ joinAt: 82, suggestAt: '' });
  });

  it.each([
    [80, 40, null],
    ['', '', null],
    [80, '', null],
    [29, '', 'outOfRange'],
    [101, 40, 'outOfRange'],
    [50, 60, 'suggestAboveJoin'],
  ] as const)('joins at %s, suggests at %s: %s', (joinAt, suggestAt, problem) => {
    expect(thresholdProblem({ ...formOf(settings), joinAt, suggestAt })).toBe(problem);
  });
});
