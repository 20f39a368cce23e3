import { z } from 'zod';
import { preferencesSchema, updatePreferencesSchema } from './preferences.js';
import { idSchema, instantSchema, page } from './primitives.js';

/** Ordered: each role may do what the ones before it may. */
export const roles = ['agent', 'supervisor', 'admin'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** Scopes of API tokens. `inbound` feeds channels and does nothing else. */
export const scopes = ['inbound', 'read', 'write', 'admin'] as const;
export const scopeSchema = z.enum(scopes);
export type Scope = z.infer<typeof scopeSchema>;

export const localeSchema = z.enum(['id', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const passwordSchema = z.string().min(10).max(256);
export const emailAddressSchema = z
  .email()
  .max(320)
  .transform((v) => v.toLowerCase());

/** What a picture of an agent may be. The console cuts squares of `side` pixels; others may send more. */
export const pictureLimits = {
  bytes: 524_288,
  /** pixels */
  side: 256,
  leastSide: 32,
  mostSide: 1_024,
  types: ['image/jpeg', 'image/png', 'image/webp'],
} as const;
/** Path on this server; another picture has another path. null: he has none, and initials stand for him. */
const pictureSchema = z.string().startsWith('/').nullable();

/** A second step of signing in. `reset`: an admin took it away, and the person has not been told yet. */
export const secondFactors = ['off', 'on', 'reset'] as const;
export const secondFactorSchema = z.enum(secondFactors);
export type SecondFactorMark = z.infer<typeof secondFactorSchema>;

export const agentSchema = z
  .strictObject({
    id: idSchema,
    email: z.string(),
    name: z.string(),
    role: roleSchema,
    locale: localeSchema,
    timeZone: z.string(),
    /** what he adds to the signature of mails; null = nothing */
    title: z.string().nullable(),
    phone: z.string().nullable(),
    disabled: z.boolean(),
    picture: pictureSchema,
    secondFactor: secondFactorSchema,
    preferences: preferencesSchema,
    createdAt: instantSchema,
  })
  .meta({ id: 'Agent' });
export type Agent = z.infer<typeof agentSchema>;
export const agentPageSchema = page(agentSchema);

/** As colleagues see each other: no address. */
export const agentRefSchema = z.strictObject({ id: idSchema, name: z.string() }).meta({ id: 'AgentRef' });
export type AgentRef = z.infer<typeof agentRefSchema>;
/** GET /agents/refs: everyone whom anything may name, with his picture of today. */
export const colleagueSchema = agentRefSchema.extend({ picture: pictureSchema }).meta({ id: 'Colleague' });
export type Colleague = z.infer<typeof colleagueSchema>;

export const createAgentSchema = z
  .strictObject({
    email: emailAddressSchema,
    name: z.string().trim().min(1).max(120),
    role: roleSchema.default('agent'),
    password: passwordSchema,
    locale: localeSchema.default('id'),
  })
  .meta({ id: 'CreateAgent' });
export type CreateAgent = z.infer<typeof createAgentSchema>;

/** One line of a signature; an empty one is none. */
const signatureLine = z
  .string()
  .trim()
  .max(120)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line')
  .transform((line) => (line === '' ? null : line));

export const updateAgentSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    role: roleSchema.optional(),
    disabled: z.boolean().optional(),
    password: passwordSchema.optional(),
    locale: localeSchema.optional(),
    timeZone: z.string().max(64).optional(),
    title: signatureLine.nullable().optional(),
    phone: signatureLine.nullable().optional(),
  })
  .meta({ id: 'UpdateAgent' });
export type UpdateAgent = z.infer<typeof updateAgentSchema>;

/** PATCH /me: what a person may change about himself. */
export const updateMeSchema = updateAgentSchema
  .pick({ name: true, locale: true, timeZone: true, title: true, phone: true })
  .extend({
    password: passwordSchema.optional(),
    currentPassword: z.string().max(256).optional(),
    preferences: updatePreferencesSchema.optional(),
  })
  .meta({ id: 'UpdateMe' });
export type UpdateMe = z.infer<typeof updateMeSchema>;

export const signInSchema = z
  .strictObject({ email: emailAddressSchema, password: z.string().min(1).max(256) })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof signInSchema>;

export const setupSchema = z
  .strictObject({
    email: emailAddressSchema,
    name: z.string().trim().min(1).max(120),
    password: passwordSchema,
    locale: localeSchema.default('id'),
  })
  .meta({ id: 'Setup' });
export type Setup = z.infer<typeof setupSchema>;

/** Answer of POST and GET /session, POST /setup. */
export const sessionSchema = z.strictObject({ agent: agentSchema }).meta({ id: 'Session' });
export type Session = z.infer<typeof sessionSchema>;

/** GET /setup, public: is there a first admin already? */
export const setupStateSchema = z.strictObject({ required: z.boolean() }).meta({ id: 'SetupState' });

export const sessionInfoSchema = z
  .strictObject({
    id: idSchema,
    current: z.boolean(),
    createdAt: instantSchema,
    lastSeenAt: instantSchema,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'SessionInfo' });
export const sessionPageSchema = page(sessionInfoSchema);

export const createTokenSchema = z
  .strictObject({ name: z.string().trim().min(1).max(120), scopes: z.array(scopeSchema).min(1) })
  .meta({ id: 'CreateToken' });
export type CreateToken = z.infer<typeof createTokenSchema>;
export const tokenSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    scopes: z.array(scopeSchema),
    createdAt: instantSchema,
    lastUsedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Token' });
export const tokenPageSchema = page(tokenSchema);
/** `token` is shown this once; only its hash is kept. */
export const createdTokenSchema = tokenSchema.extend({ token: z.string() }).meta({ id: 'CreatedToken' });
