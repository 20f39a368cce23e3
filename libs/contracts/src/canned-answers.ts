import { z } from 'zod';
import { localeSchema } from './access.js';
import { uploadSchema } from './cases.js';
import { idSchema, instantSchema } from './primitives.js';

/** What one types after `/`. */
export const shortcutSchema = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u)
  .transform((shortcut) => shortcut.toLowerCase());

const fields = {
  shortcut: shortcutSchema,
  title: z.string().trim().min(1).max(120),
  /** in the languages that there are; at least one */
  texts: z
    .partialRecord(localeSchema, z.string().trim().min(1).max(20_000))
    .refine((texts) => Object.keys(texts).length > 0, { message: 'write it in one language at least' }),
  attachments: z.array(uploadSchema).max(10),
  /** whose it is: `mine`, a team's, or everybody's */
  scope: z.enum(['mine', 'team', 'all']),
  /** of the scope `team` */
  teamId: idSchema.nullable(),
};
type Fields = { scope?: string | undefined; teamId?: string | null | undefined };
const ofOneTeam = ({ scope, teamId }: Fields): boolean =>
  scope === undefined || (scope === 'team') === (teamId !== null && teamId !== undefined);
const oneTeam = { path: ['teamId'], message: 'a team’s answer names its team, and no other does' };

export const cannedAnswerSchema = z
  .strictObject({
    id: idSchema,
    ...fields,
    /** who may change it: its owner, or whoever supervises */
    ownerId: idSchema,
    updatedAt: instantSchema,
    version: z.number().int(),
  })
  .meta({ id: 'CannedAnswer' });
export type CannedAnswer = z.infer<typeof cannedAnswerSchema>;
/** `of=every`: for supervisors, those of all teams too, since they look after them. */
export const listCannedQuery = z.strictObject({ of: z.enum(['usable', 'every']).default('usable') });
export type ListCanned = z.infer<typeof listCannedQuery>;
/** Mine, those of my teams, and everybody's, by shortcut. */
export const cannedAnswerListSchema = z.strictObject({ items: z.array(cannedAnswerSchema) });

export const createCannedAnswerSchema = z
  .strictObject({
    ...fields,
    attachments: fields.attachments.default([]),
    scope: fields.scope.default('mine'),
    teamId: fields.teamId.default(null),
  })
  .refine(ofOneTeam, oneTeam)
  .meta({ id: 'CreateCannedAnswer' });
export type CreateCannedAnswer = z.infer<typeof createCannedAnswerSchema>;

export const updateCannedAnswerSchema = z
  .strictObject({
    shortcut: fields.shortcut.optional(),
    title: fields.title.optional(),
    texts: fields.texts.optional(),
    attachments: fields.attachments.optional(),
    scope: fields.scope.optional(),
    teamId: fields.teamId.optional(),
    version: z.number().int().optional(),
  })
  .refine(ofOneTeam, oneTeam)
  .meta({ id: 'UpdateCannedAnswer' });
export type UpdateCannedAnswer = z.infer<typeof updateCannedAnswerSchema>;
