import { z } from 'zod';

/** Steps of the first admin's onboarding. */
export const onboardingSteps = ['connect', 'invite', 'try'] as const;
export const onboardingStepSchema = z.enum(onboardingSteps);
export type OnboardingStep = z.infer<typeof onboardingStepSchema>;

/** How a person wants the console to be, in whatever browser he opens it. */
export const preferencesSchema = z
  .object({
    /** `auto`: as the device has it */
    theme: z.enum(['auto', 'light', 'dark']).default('auto'),
    /** how high the rows of lists are */
    density: z.enum(['comfortable', 'compact']).default('comfortable'),
    /** shortcuts of a single letter (WCAG 2.1.4) */
    singleKeys: z.boolean().default(true),
    /** `auto`: as the device has it */
    motion: z.enum(['auto', 'reduced']).default('auto'),
    /** steps of the onboarding that he left out, and whether he has put its list away */
    onboardingSkipped: z.array(onboardingStepSchema).max(onboardingSteps.length).default([]),
    onboardingClosed: z.boolean().default(false),
  })
  .meta({ id: 'Preferences' });
export type Preferences = z.infer<typeof preferencesSchema>;

const fields = preferencesSchema.shape;
/** What is left out stays as it is: `partial()` alone would put the defaults in its place. */
export const updatePreferencesSchema = z
  .strictObject({
    theme: fields.theme.unwrap().optional(),
    density: fields.density.unwrap().optional(),
    singleKeys: fields.singleKeys.unwrap().optional(),
    motion: fields.motion.unwrap().optional(),
    onboardingSkipped: fields.onboardingSkipped.unwrap().optional(),
    onboardingClosed: fields.onboardingClosed.unwrap().optional(),
  })
  .meta({ id: 'UpdatePreferences' });
export type UpdatePreferences = z.infer<typeof updatePreferencesSchema>;
