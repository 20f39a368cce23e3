import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { channelKindSchema } from './channels.js';
import { idSchema, instantSchema } from './primitives.js';
import { webchatConfigSchema } from './webchat-config.js';

/** What an agent can do, as his team calls it: `billing`, `refunds`. Lower case. */
export const skillSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .transform((skill) => skill.toLowerCase());
/** BCP 47, the language alone: `id`, `en`, `jv` */
export const languageSchema = z.string().regex(/^[a-z]{2,3}$/);

/** How a team's waiting cases come to its people. */
export const distributionSchema = z.enum(['manual', 'round_robin', 'least_loaded']);
export type Distribution = z.infer<typeof distributionSchema>;

const minutesSchema = z.number().int().min(1).max(10_080);

export const routingSettingsSchema = z
  .strictObject({
    /** `manual`: people take cases themselves, and nothing below but `overflow` applies */
    distribution: distributionSchema.default('manual'),
    /** a customer goes on with whoever answered him last, while that person is there and has room */
    sticky: z.boolean().default(true),
    /** a case whose agent says nothing for so long, though the customer waits, goes back to the team; null = never */
    silentMinutes: minutesSchema.nullable().default(null),
    /** the same when its agent went away or offline */
    offlineMinutes: minutesSchema.nullable().default(5),
    /** what nobody here could take for so long goes to another team */
    overflow: z.strictObject({ teamId: idSchema, afterMinutes: minutesSchema }).nullable().default(null),
    /** null = those of the workspace, which are always until somebody sets any */
    hours: webchatConfigSchema.shape.officeHours,
    /** out of hours cases wait (`hold`), or go to whoever is there all the same */
    outOfHours: z.enum(['hold', 'distribute']).default('hold'),
  })
  .meta({ id: 'RoutingSettings' });
export type RoutingSettings = z.infer<typeof routingSettingsSchema>;

export const teamSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    members: z.array(agentRefSchema),
    /** channels whose new cases come here */
    channelIds: z.array(idSchema),
    routing: routingSettingsSchema,
    /** closed teams keep their cases' history and get nothing new */
    closed: z.boolean(),
    version: z.number().int(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof teamSchema>;
export const teamListSchema = z.strictObject({ items: z.array(teamSchema) });
/** As cases and lists name them. */
export const teamRefSchema = z.strictObject({ id: idSchema, name: z.string() }).meta({ id: 'TeamRef' });
export type TeamRef = z.infer<typeof teamRefSchema>;

const teamFields = {
  name: z.string().trim().min(1).max(80),
  memberIds: z.array(idSchema).max(1000),
  channelIds: z.array(idSchema).max(200),
};
export const createTeamSchema = z
  .strictObject({
    name: teamFields.name,
    memberIds: teamFields.memberIds.default([]),
    channelIds: teamFields.channelIds.default([]),
    routing: routingSettingsSchema.prefault({}),
  })
  .meta({ id: 'CreateTeam' });
export type CreateTeam = z.infer<typeof createTeamSchema>;

/** What is left out stays; a list that is given replaces the whole list. */
export const updateTeamSchema = z
  .strictObject({
    name: teamFields.name.optional(),
    memberIds: teamFields.memberIds.optional(),
    channelIds: teamFields.channelIds.optional(),
    routing: routingSettingsSchema.optional(),
    closed: z.boolean().optional(),
    /** the version that was seen; a stale one is refused with 409 `version_conflict` and the team as it is */
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateTeam' });
export type UpdateTeam = z.infer<typeof updateTeamSchema>;

/** `away`: signed in, and not to be given anything new. */
export const availabilities = ['online', 'away', 'offline'] as const;
export const availabilitySchema = z.enum(availabilities);
export type Availability = z.infer<typeof availabilitySchema>;

/** What one person can carry. */
export const workloadLimitsSchema = z
  .strictObject({
    /** open cases at once that are given to him; he may always take more himself */
    total: z.number().int().min(0).max(500).default(5),
    /** of these, with this channel in them */
    byChannel: z.partialRecord(channelKindSchema, z.number().int().min(0).max(500)).default({}),
  })
  .meta({ id: 'WorkloadLimits' });
export type WorkloadLimits = z.infer<typeof workloadLimitsSchema>;

/** PATCH /agents/{id}/work: what routing knows of a person. */
export const updateAgentWorkSchema = z
  .strictObject({
    limits: workloadLimitsSchema.optional(),
    skills: z.array(skillSchema).max(50).optional(),
    languages: z.array(languageSchema).max(20).optional(),
  })
  .meta({ id: 'UpdateAgentWork' });
export type UpdateAgentWork = z.infer<typeof updateAgentWorkSchema>;

/** GET /agents/work and /board: one person at work. */
export const agentWorkSchema = z
  .strictObject({
    agent: agentRefSchema,
    /** as colleagues see it: chosen by himself, by what he does, and by whether any screen of his is connected */
    availability: availabilitySchema,
    since: instantSchema,
    limits: workloadLimitsSchema,
    skills: z.array(z.string()),
    languages: z.array(z.string()),
    teamIds: z.array(idSchema),
    /** open cases that are his and not snoozed */
    load: z.number().int(),
    /** since when the customer waits who waits longest for him; null when none does */
    oldestWaiting: instantSchema.nullable(),
  })
  .meta({ id: 'AgentWork' });
export type AgentWork = z.infer<typeof agentWorkSchema>;

/** PUT /me/availability */
export const setAvailabilitySchema = z
  .strictObject({ availability: availabilitySchema })
  .meta({ id: 'SetAvailability' });

/** Why routing gave a case to somebody, or took it back. */
export const routingReasons = [
  'round_robin',
  'least_loaded',
  'sticky',
  /** taken back: the agent said nothing · he was gone · he was gone when the customer came back */
  'silent',
  'gone',
  'overflow',
] as const;
export const routingReasonSchema = z.enum(routingReasons);
export type RoutingReason = z.infer<typeof routingReasonSchema>;
