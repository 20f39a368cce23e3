import { z } from 'zod';
import { localeSchema } from './access.js';
import { languageSchema } from './teams.js';
import { officeWeekSchema } from './webchat-config.js';

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

/** Settings that are stored whole: what is left out of a change stays as it is. */
const version = z.number().int();

/** The company, as its own people and its customers meet it. */
export const workspaceSettingsSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(80).default('Loket'),
    /** IANA name; the business hours, and where new people are */
    timeZone: z.string().min(1).max(60).default('Asia/Jakarta'),
    /** of people who are new here */
    locale: localeSchema.default('id'),
    /** in which customers are answered, the usual one first */
    customerLanguages: z.array(languageSchema).min(1).max(20).default(['id', 'en']),
    version: version.default(0),
  })
  .meta({ id: 'WorkspaceSettings' });
export type WorkspaceSettings = z.infer<typeof workspaceSettingsSchema>;
const workspace = workspaceSettingsSchema.shape;
export const updateWorkspaceSettingsSchema = z
  .strictObject({
    name: workspace.name.unwrap().optional(),
    timeZone: workspace.timeZone.unwrap().refine(isTimeZone, { message: 'no such time zone' }).optional(),
    locale: workspace.locale.unwrap().optional(),
    customerLanguages: workspace.customerLanguages.unwrap().optional(),
    version: version.optional(),
  })
  .meta({ id: 'UpdateWorkspaceSettings' });
export type UpdateWorkspaceSettings = z.infer<typeof updateWorkspaceSettingsSchema>;

/** A day on which nobody is there, whatever day of the week it is. */
export const holidaySchema = z.strictObject({ date: z.iso.date(), name: z.string().trim().min(1).max(80) });
export type Holiday = z.infer<typeof holidaySchema>;

/** Hours of teams and chats that have none of their own, on the workspace's clock. */
export const hoursSettingsSchema = z
  .strictObject({
    /** null = always */
    week: officeWeekSchema.nullable().default(null),
    holidays: z.array(holidaySchema).max(300).default([]),
    version: version.default(0),
  })
  .meta({ id: 'HoursSettings' });
export type HoursSettings = z.infer<typeof hoursSettingsSchema>;
export const updateHoursSettingsSchema = z
  .strictObject({
    week: officeWeekSchema.nullable().optional(),
    holidays: hoursSettingsSchema.shape.holidays.unwrap().optional(),
    version: version.optional(),
  })
  .meta({ id: 'UpdateHoursSettings' });
export type UpdateHoursSettings = z.infer<typeof updateHoursSettingsSchema>;

export const tagSettingsSchema = z
  .strictObject({
    /** agents may also put words on cases that are no agreed tags */
    free: z.boolean().default(true),
    version: version.default(0),
  })
  .meta({ id: 'TagSettings' });
export type TagSettings = z.infer<typeof tagSettingsSchema>;
export const updateTagSettingsSchema = z
  .strictObject({ free: z.boolean().optional(), version: version.optional() })
  .meta({ id: 'UpdateTagSettings' });
export type UpdateTagSettings = z.infer<typeof updateTagSettingsSchema>;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
