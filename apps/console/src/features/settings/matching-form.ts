import type { MatchingSettings, MatchPreset } from '@loket/contracts/settings.js';

/** In the order in which they are shown, the most careful first. */
export const presets = [
  'careful',
  'balanced',
  'eager',
  'suggest_only',
  'off',
] as const satisfies readonly MatchPreset[];

export interface MatchingForm {
  preset: MatchPreset;
  products: string[];
  /** whole percent; empty = what the preset brings */
  joinAt: number | '';
  suggestAt: number | '';
}

const percent = (share: number | null) => (share === null ? '' : Math.round(share * 100));
const share = (value: number | '') => (value === '' ? null : value / 100);

export function formOf(settings: MatchingSettings): MatchingForm {
  return {
    preset: settings.preset,
    products: settings.products,
    joinAt: percent(settings.joinAt),
    suggestAt: percent(settings.suggestAt),
  };
}

export function changesOf(form: MatchingForm): Omit<MatchingSettings, 'version'> {
  return {
    preset: form.preset,
    products: form.products,
    joinAt: share(form.joinAt),
    suggestAt: share(form.suggestAt),
  };
}

/** What joins without asking must be surer than what is only suggested. */
export function thresholdProblem(form: MatchingForm): 'outOfRange' | 'suggestAboveJoin' | null {
  const outside = [form.joinAt, form.suggestAt].some((value) => value !== '' && (value < 30 || value > 100));
  if (outside) return 'outOfRange';
  const { joinAt, suggestAt } = form;
  return joinAt !== '' && suggestAt !== '' && suggestAt > joinAt ? 'suggestAboveJoin' : null;
}
