import { matchingSettingsSchema, type MatchingSettings } from '@loket/contracts/settings.js';
import { matchThresholds } from './case-score.js';
import type { Lexicon } from './text/lexicon.js';

/** From which score on something happens by itself or is suggested, 0..1; Infinity: never. */
export interface MatchLimits {
  readonly joinAt: number;
  readonly suggestAt: number;
  /** false: texts are not compared at all */
  readonly enabled: boolean;
}

/** What matching asks of the workspace for every message. */
export interface CurrentMatching extends MatchLimits {
  readonly lexicon: Lexicon;
}

/** How a workspace stands that nobody has set up. */
export const defaultMatching: MatchingSettings = matchingSettingsSchema.parse({});

/** What the preset and the workspace's own thresholds come to. */
export function limitsOf({ preset, joinAt, suggestAt }: MatchingSettings): MatchLimits {
  if (preset === 'off') return { joinAt: Infinity, suggestAt: Infinity, enabled: false };
  const own = matchThresholds[preset === 'suggest_only' ? 'balanced' : preset];
  return {
    joinAt: preset === 'suggest_only' ? Infinity : (joinAt ?? own.join),
    suggestAt: suggestAt ?? own.suggest,
    enabled: true,
  };
}
