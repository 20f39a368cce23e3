import { z } from 'zod';
import {
  assignCaseSchema,
  caseStatusSchema,
  caseSummarySchema,
  messageChangeSchema,
  prioritySchema,
  timelineItemSchema,
} from './cases.js';
import { callbackSchema } from './call-views.js';
import { channelStatusSchema } from './channels.js';
import { heldStates } from './held-replies.js';
import { matchRuleSchema } from './inbound.js';
import { operationKindSchema } from './operations.js';
import { deliveryStateSchema } from './outbound.js';
import { idSchema, instantSchema, page } from './primitives.js';
import { suggestionKindSchema, suggestionStateSchema } from './suggestions.js';
import { availabilitySchema, routingReasonSchema } from './teams.js';

/** A change of one field, old and new. */
const change = <T extends z.ZodType>(value: T) => z.strictObject({ from: value, to: value });

/** The task to call back came, went, or is about another number now. */
const callbackChange = change(callbackSchema.nullable()).optional();

const movedCaseSchema = z.strictObject({ id: idSchema, number: z.number().int() });

/** Past tense. One row in `events` each, written in the transaction of the change. */
export const eventContracts = {
  'case.opened': z.strictObject({ messageId: idSchema, rule: matchRuleSchema }),
  'case.reopened': z.strictObject({ messageId: idSchema, from: caseStatusSchema }),
  'case.updated': z.strictObject({
    status: change(caseStatusSchema).optional(),
    priority: change(prioritySchema).optional(),
    subject: change(z.string()).optional(),
    tags: change(z.array(z.string())).optional(),
    snoozedUntil: change(instantSchema.nullable()).optional(),
    callback: callbackChange,
  }),
  'case.assigned': z.strictObject({
    from: assignCaseSchema.shape.agentId,
    to: assignCaseSchema.shape.agentId,
    team: change(idSchema.nullable()).optional(),
    /** routing did it, and why */
    routing: routingReasonSchema.optional(),
    /** why a supervisor did it, in his words */
    reason: z.string().optional(),
  }),
  /** why somebody moved it, said after he did; `moved`: the version of the `case.assigned` that it is about */
  'case.reason_given': z.strictObject({ moved: z.number().int(), reason: z.string() }),
  'message.received': z.strictObject({
    messageId: idSchema,
    rule: matchRuleSchema,
    callback: callbackChange,
  }),
  'message.queued': z.strictObject({ messageId: idSchema }),
  /** an answer that leaves later was written, waits for another time, was kept back or taken back */
  'held_reply.changed': z.strictObject({
    replyId: idSchema,
    state: z.enum([...heldStates, 'taken_back']),
    reason: z.string().nullable(),
  }),
  'message.state_changed': z.strictObject({
    messageId: idSchema,
    state: deliveryStateSchema,
    reason: z.string().nullable(),
  }),
  /** edited, taken back, reacted to */
  'message.changed': z.strictObject({ messageId: idSchema, type: messageChangeSchema.shape.type }),
  /** our own side wrote past Loket, e.g. on the phone */
  'message.sent_elsewhere': z.strictObject({ messageId: idSchema, callback: callbackChange }),
  /** more is known of a call: how it ended, its recording, notes */
  'call.updated': z.strictObject({ messageId: idSchema, callback: callbackChange }),
  /** somebody listened to a recording, or went to where it stands */
  'recording.played': z.strictObject({ messageId: idSchema }),
  /** a telephone rings, or was taken up; for screen pops only */
  'call.ringing': z.strictObject({ ringingId: idSchema }),
  /** `toAgentId`: a whisper. Live events never carry its words; it is read with GET /notes/{id} */
  'note.added': z.strictObject({ noteId: idSchema, toAgentId: idSchema.optional() }),
  /** somebody has news, or the reason for one; for his own screens only */
  'notice.added': z.strictObject({ noticeId: idSchema, agentId: idSchema }),
  'customer.updated': z.strictObject({ customerId: idSchema }),
  /** on both cases; `case` of the one merged away says where it went */
  'case.merged': z.strictObject({
    operationId: idSchema,
    from: movedCaseSchema,
    into: movedCaseSchema,
    messages: z.number().int(),
  }),
  /** on both cases */
  'case.split': z.strictObject({
    operationId: idSchema,
    from: movedCaseSchema,
    into: movedCaseSchema,
    messages: z.number().int(),
  }),
  'case.linked': z.strictObject({ operationId: idSchema, incidentId: idSchema, number: z.number().int() }),
  'case.unlinked': z.strictObject({ operationId: idSchema, incidentId: idSchema, number: z.number().int() }),
  /** on every case that it changed; once without a case when it changed none */
  'operation.undone': z.strictObject({
    operationId: idSchema,
    kind: operationKindSchema,
    customerIds: z.array(idSchema),
  }),
  'customer.merged': z.strictObject({ operationId: idSchema, from: idSchema, into: idSchema }),
  'identity.linked': z.strictObject({ operationId: idSchema, customerId: idSchema, identityId: idSchema }),
  'identity.unlinked': z.strictObject({
    operationId: idSchema,
    customerId: idSchema,
    identityId: idSchema,
    /** the profile that has it now; null: nobody */
    to: idSchema.nullable(),
  }),
  'suggestion.added': z.strictObject({
    suggestionId: idSchema,
    kind: suggestionKindSchema,
    caseIds: z.array(idSchema),
    customerIds: z.array(idSchema),
  }),
  'suggestion.settled': z.strictObject({
    suggestionId: idSchema,
    kind: suggestionKindSchema,
    state: suggestionStateSchema,
    caseIds: z.array(idSchema),
    customerIds: z.array(idSchema),
  }),
  'incident.created': z.strictObject({ incidentId: idSchema }),
  'incident.updated': z.strictObject({ incidentId: idSchema }),
  /** tags were made, changed or merged away; null: what may be one */
  'tag.updated': z.strictObject({ tagId: idSchema.nullable() }),
  'settings.updated': z.strictObject({ key: z.string() }),
  'channel.created': z.strictObject({ channelId: idSchema }),
  'channel.updated': z.strictObject({ channelId: idSchema }),
  'channel.status_changed': z.strictObject({
    channelId: idSchema,
    status: channelStatusSchema,
    code: z.string().nullable(),
  }),
  'quarantine.added': z.strictObject({ quarantineId: idSchema, channelId: idSchema }),
  'quarantine.resolved': z.strictObject({ quarantineId: idSchema, state: z.enum(['replayed', 'dismissed']) }),
  'team.created': z.strictObject({ teamId: idSchema }),
  'team.updated': z.strictObject({ teamId: idSchema }),
  'agent.availability_changed': z.strictObject({
    agentId: idSchema,
    from: availabilitySchema,
    to: availabilitySchema,
    since: instantSchema,
  }),
  /** what routing knows of a person */
  'agent.work_updated': z.strictObject({ agentId: idSchema }),
  'agent.created': z.strictObject({ agentId: idSchema }),
  'agent.updated': z.strictObject({ agentId: idSchema }),
  /** a second step of signing in came, went, was taken away by an admin, or a recovery code was used up */
  'agent.second_factor_changed': z.strictObject({
    agentId: idSchema,
    change: z.enum(['on', 'off', 'reset', 'codes_renewed', 'code_used']),
  }),
  /** somebody was asked to work here; `mailed` says that sending it has ended, well or not */
  'invitation.changed': z.strictObject({
    invitationId: idSchema,
    change: z.enum(['made', 'renewed', 'mailed', 'withdrawn', 'accepted']),
  }),
  /** a link that sets a new password: `made` by an admin, `asked` for by whoever forgot his */
  'agent.password_link_changed': z.strictObject({
    agentId: idSchema,
    change: z.enum(['made', 'asked', 'used']),
  }),
  /** he has another picture, or none */
  'agent.picture_changed': z.strictObject({ agentId: idSchema }),
} as const;
export type EventType = keyof typeof eventContracts;
export type EventData<T extends EventType> = z.infer<(typeof eventContracts)[T]>;
export const eventTypes = Object.keys(eventContracts) as [EventType, ...EventType[]];

/**
 * An event as clients get it, the same from the socket and from GET /events. `case` and `item` are today's state, not
 * that of the moment: clients keep whichever version is higher.
 */
export const liveEventSchema = z
  .strictObject({
    cursor: z.string(),
    id: z.string(),
    type: z.enum(eventTypes),
    at: instantSchema,
    caseId: idSchema.nullable(),
    /** version of the case after this event; null when no case is concerned */
    version: z.number().int().nullable(),
    actorId: idSchema.nullable(),
    data: z.record(z.string(), z.unknown()),
    case: caseSummarySchema.nullable(),
    item: timelineItemSchema.nullable(),
  })
  .meta({ id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof liveEventSchema>;

export const listEventsQuery = z.strictObject({
  after: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});
/** `nextCursor` is always the cursor to go on from. */
export const eventPageSchema = page(liveEventSchema);
