import { z } from 'zod';
import {
  agentRefSchema,
  createAgentSchema,
  emailAddressSchema,
  localeSchema,
  passwordSchema,
  roleSchema,
} from './access.js';
import { invitationLimits } from './invitation-limits.js';
import { idSchema, instantSchema } from './primitives.js';

/** The secret of a link; it stands behind the `#`, which browsers keep to themselves. */
export const linkTokenSchema = z.string().min(1).max(200);

/** `ended`: whoever invited is no admin any longer, so it opens nothing; another admin can renew it. */
export const invitationStates = ['pending', 'expired', 'ended'] as const;
/** Whether it also went by mail. */
export const invitationMails = ['none', 'sending', 'sent', 'failed'] as const;

/** Somebody who has been asked to work here and has not come yet. */
export const invitationSchema = z
  .strictObject({
    id: idSchema,
    email: z.string(),
    role: roleSchema,
    teamIds: z.array(idSchema),
    locale: localeSchema,
    invitedBy: agentRefSchema,
    state: z.enum(invitationStates),
    mail: z.enum(invitationMails),
    /** when the link that holds now was made */
    sentAt: instantSchema,
    expiresAt: instantSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;
export type InvitationMail = Invitation['mail'];

/** GET /invitations: those that nobody has accepted or withdrawn, the newest first. */
export const invitationListSchema = z
  .strictObject({
    items: z.array(invitationSchema),
    nextCursor: z.null(),
    /** a channel can bring invitations by mail */
    canMail: z.boolean(),
  })
  .meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof invitationListSchema>;

export const createInvitationsSchema = z
  .strictObject({
    emails: z.array(emailAddressSchema).min(1).max(invitationLimits.atOnce),
    role: roleSchema.default('agent'),
    /** teams that they join */
    teamIds: z.array(idSchema).max(100).default([]),
    /** of the mail, and of the console at first */
    locale: localeSchema.default('id'),
    /** also send the link by mail */
    mail: z.boolean().default(false),
  })
  .meta({ id: 'CreateInvitations' });
export type CreateInvitations = z.infer<typeof createInvitationsSchema>;

/** `link` is shown this once; only a hash of its secret is kept. */
export const invitedSchema = z
  .strictObject({ invitation: invitationSchema, link: z.url() })
  .meta({ id: 'Invited' });
export type Invited = z.infer<typeof invitedSchema>;

export const invitationRefusals = ['email_taken', 'already_invited'] as const;
export const createdInvitationsSchema = z
  .strictObject({
    invited: z.array(invitedSchema),
    refused: z.array(z.strictObject({ email: z.string(), code: z.enum(invitationRefusals) })),
  })
  .meta({ id: 'CreatedInvitations' });
export type CreatedInvitations = z.infer<typeof createdInvitationsSchema>;

export const renewInvitationSchema = z
  .strictObject({ mail: z.boolean().default(false) })
  .meta({ id: 'RenewInvitation' });
export type RenewInvitation = z.infer<typeof renewInvitationSchema>;

export const linkRefSchema = z.strictObject({ token: linkTokenSchema }).meta({ id: 'LinkRef' });
export type LinkRef = z.infer<typeof linkRefSchema>;

/** What whoever holds the link sees before he accepts. */
export const openInvitationSchema = z
  .strictObject({
    email: z.string(),
    role: roleSchema,
    locale: localeSchema,
    /** name of whoever invites, and of the company */
    invitedBy: z.string(),
    workspace: z.string(),
    expiresAt: instantSchema,
  })
  .meta({ id: 'OpenInvitation' });
export type OpenInvitation = z.infer<typeof openInvitationSchema>;

export const acceptInvitationSchema = z
  .strictObject({
    token: linkTokenSchema,
    name: createAgentSchema.shape.name,
    password: passwordSchema,
    /** left out: the invitation's */
    locale: localeSchema.optional(),
  })
  .meta({ id: 'AcceptInvitation' });
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
