import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseStatusSchema, caseSummarySchema } from './cases.js';
import { channelKindSchema } from './channels.js';
import { deliveryStateSchema } from './outbound.js';
import { cursorQuery, idSchema, instantSchema, page } from './primitives.js';

export const incidentStatusSchema = z.enum(['open', 'resolved']);
export type IncidentStatus = z.infer<typeof incidentStatusSchema>;

/** A parent that links the cases of many customers hit by one cause (DESIGN §1). No customer sees another's data. */
export const incidentSchema = z
  .strictObject({
    id: idSchema,
    /** its own count: INC-12 */
    number: z.number().int(),
    title: z.string(),
    status: incidentStatusSchema,
    caseCount: z.number().int(),
    openCaseCount: z.number().int(),
    createdBy: agentRefSchema.nullable(),
    createdAt: instantSchema,
    resolvedAt: instantSchema.nullable(),
    /** counts up with title and status; links are changes of the cases */
    version: z.number().int(),
  })
  .meta({ id: 'Incident' });
export type Incident = z.infer<typeof incidentSchema>;
export const incidentPageSchema = page(incidentSchema);

/**
 * An update as it goes to one linked case. Neither `messageId` nor `blocked`: it is about to be written.
 * `blocked` is a stable code of why it cannot be sent there: those of ReplyOption, `told_already` (the same person gets
 * it in another case, or the two cases have become one), `reply_impossible`, `failed`.
 */
export const incidentDeliverySchema = z.strictObject({
  caseId: idSchema,
  caseNumber: z.number().int(),
  caseStatus: caseStatusSchema,
  customerName: z.string().nullable(),
  /** where it goes, as the customer writes it; null until that is known */
  address: z.string().nullable(),
  messageId: idSchema.nullable(),
  channelKind: channelKindSchema.nullable(),
  state: deliveryStateSchema.nullable(),
  blocked: z.string().nullable(),
});
export type IncidentDelivery = z.infer<typeof incidentDeliverySchema>;

export const incidentUpdateSchema = z
  .strictObject({
    id: idSchema,
    text: z.string(),
    agent: agentRefSchema,
    at: instantSchema,
    deliveries: z.array(incidentDeliverySchema),
  })
  .meta({ id: 'IncidentUpdate' });
export type IncidentUpdate = z.infer<typeof incidentUpdateSchema>;

export const incidentDetailSchema = incidentSchema
  .extend({ cases: z.array(caseSummarySchema), updates: z.array(incidentUpdateSchema) })
  .meta({ id: 'IncidentDetail' });
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

/** Answer of linking and unlinking; the operation can be undone. null: nothing had to change. */
export const incidentLinkSchema = z
  .strictObject({ incident: incidentDetailSchema, operationId: idSchema.nullable() })
  .meta({ id: 'IncidentLink' });
export type IncidentLink = z.infer<typeof incidentLinkSchema>;

export const listIncidentsQuery = z.strictObject({
  status: z.union([incidentStatusSchema, z.literal('all')]).default('open'),
  ...cursorQuery,
});
export type ListIncidents = z.infer<typeof listIncidentsQuery>;

export const createIncidentSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(300),
    caseIds: z.array(idSchema).max(500).default([]),
  })
  .meta({ id: 'CreateIncident' });
export type CreateIncident = z.infer<typeof createIncidentSchema>;

export const updateIncidentSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(300).optional(),
    status: incidentStatusSchema.optional(),
    /** with `status: resolved`: the linked cases that are not resolved yet become so too */
    resolveCases: z.boolean().default(false),
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateIncident' });
export type UpdateIncident = z.infer<typeof updateIncidentSchema>;

export const createIncidentUpdateSchema = z
  .strictObject({
    /**
     * Goes to every linked customer on his own channel. `{{name}}` becomes his name, or nothing when it is unknown. No
     * other word of any case is put into it.
     */
    text: z.string().trim().min(1).max(20_000),
    /** left out: all linked cases */
    caseIds: z.array(idSchema).min(1).max(500).optional(),
  })
  .meta({ id: 'CreateIncidentUpdate' });
export type CreateIncidentUpdate = z.infer<typeof createIncidentUpdateSchema>;

/** Whom an update would reach, and by which channel, before it is sent. */
export const incidentReachSchema = z
  .strictObject({ deliveries: z.array(incidentDeliverySchema) })
  .meta({ id: 'IncidentReach' });
export type IncidentReach = z.infer<typeof incidentReachSchema>;
