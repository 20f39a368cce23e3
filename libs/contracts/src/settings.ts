import { z } from 'zod';

/**
 * How boldly messages are joined by what they say (DESIGN §5, rule 7). `suggest_only`: nothing is joined, all is
 * suggested · `off`: not even that. Rules 1 to 6 always hold.
 */
export const matchPresets = ['careful', 'balanced', 'eager', 'suggest_only', 'off'] as const;
export const matchPresetSchema = z.enum(matchPresets);
export type MatchPreset = z.infer<typeof matchPresetSchema>;

const threshold = z.number().min(0.1).max(1);
export const matchingSettingsSchema = z
  .strictObject({
    preset: matchPresetSchema.default('balanced'),
    /** instead of the preset's own thresholds, both 0..1 */
    joinAt: threshold.nullable().default(null),
    suggestAt: threshold.nullable().default(null),
    /** names of products and services that customers write about */
    products: z.array(z.string().trim().min(2).max(80)).max(500).default([]),
    version: z.number().int().default(0),
  })
  .meta({ id: 'MatchingSettings' });
export type MatchingSettings = z.infer<typeof matchingSettingsSchema>;

const fields = matchingSettingsSchema.shape;
/** What is left out stays as it is: `partial()` alone would put the defaults in its place. */
export const updateMatchingSettingsSchema = z
  .strictObject({
    preset: fields.preset.unwrap().optional(),
    joinAt: fields.joinAt.unwrap().optional(),
    suggestAt: fields.suggestAt.unwrap().optional(),
    products: fields.products.unwrap().optional(),
    version: fields.version.unwrap().optional(),
  })
  .meta({ id: 'UpdateMatchingSettings' });
export type UpdateMatchingSettings = z.infer<typeof updateMatchingSettingsSchema>;
