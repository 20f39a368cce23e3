import { z } from 'zod';
import { agentRefSchema, roleSchema, sessionSchema } from './access.js';
import { instantSchema } from './primitives.js';

/**
 * What stands in `data` of the 401 with which `POST /session` answers a right password that is not enough:
 * `second_factor_required` asks for a code, `second_factor_setup_required` to set the second step up first.
 * The challenge is no session: it opens nothing but these two doors, once, for ten minutes.
 */
export const signInChallengeSchema = z
  .strictObject({ challenge: z.string(), expiresAt: instantSchema })
  .meta({ id: 'SignInChallenge' });
export type SignInChallenge = z.infer<typeof signInChallengeSchema>;

const challenge = z.string().min(1).max(100);
/** six digits of the app, or a recovery code; blanks and dashes do not count */
const code = z.string().trim().min(1).max(60);
const currentPassword = z.string().min(1).max(256);

export const answerChallengeSchema = z.strictObject({ challenge, code }).meta({ id: 'AnswerChallenge' });
export type AnswerChallenge = z.infer<typeof answerChallengeSchema>;

export const challengeRefSchema = z.strictObject({ challenge }).meta({ id: 'ChallengeRef' });

/** `recoveryCodes` when the second step was set up just now: shown this once, else null. */
export const challengedSessionSchema = sessionSchema
  .extend({ recoveryCodes: z.array(z.string()).nullable() })
  .meta({ id: 'ChallengedSession' });
export type ChallengedSession = z.infer<typeof challengedSessionSchema>;

/** What goes into the app: shown this once. `uri` is what a QR code holds, `secret` the same to be typed. */
export const secondFactorSetupSchema = z
  .strictObject({ secret: z.string(), uri: z.string().startsWith('otpauth://') })
  .meta({ id: 'SecondFactorSetup' });
export type SecondFactorSetup = z.infer<typeof secondFactorSetupSchema>;

export const recoveryCodesSchema = z
  .strictObject({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

export const beginSecondFactorSchema = z.strictObject({ currentPassword }).meta({ id: 'BeginSecondFactor' });
export type BeginSecondFactor = z.infer<typeof beginSecondFactorSchema>;
export const confirmSecondFactorSchema = z.strictObject({ code }).meta({ id: 'ConfirmSecondFactor' });
export type ConfirmSecondFactor = z.infer<typeof confirmSecondFactorSchema>;
/** For what weakens the sign-in: both, so that an open screen is not enough. */
export const proveSecondFactorSchema = z
  .strictObject({ currentPassword, code })
  .meta({ id: 'ProveSecondFactor' });
export type ProveSecondFactor = z.infer<typeof proveSecondFactorSchema>;

/** GET /me/second-factor */
export const secondFactorStateSchema = z
  .strictObject({
    on: z.boolean(),
    since: instantSchema.nullable(),
    recoveryCodesLeft: z.number().int(),
    /** his role has to have it */
    required: z.boolean(),
    /** an admin took it away, and he has not put that notice away */
    reset: z.strictObject({ at: instantSchema, by: agentRefSchema.nullable() }).nullable(),
  })
  .meta({ id: 'SecondFactorState' });
export type SecondFactorState = z.infer<typeof secondFactorStateSchema>;

/** Who has to have a second step: whoever lacks it sets it up when he next signs in, before anything else. */
export const signInRulesSchema = z
  .strictObject({
    secondFactorFor: z.array(roleSchema).max(3).default([]),
    version: z.number().int().default(0),
  })
  .meta({ id: 'SignInRules' });
export type SignInRules = z.infer<typeof signInRulesSchema>;
export const updateSignInRulesSchema = z
  .strictObject({
    secondFactorFor: signInRulesSchema.shape.secondFactorFor.unwrap().optional(),
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateSignInRules' });
export type UpdateSignInRules = z.infer<typeof updateSignInRulesSchema>;
