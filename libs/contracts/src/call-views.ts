import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { callDirections, callOutcomeSchema, callRecordSchema, ringingCallSchema } from './calls.js';
import { identityKindSchema } from './inbound.js';
import { caseRefText } from './case-refs.js';
import { idSchema, instantSchema, sha256Schema } from './primitives.js';

/** A call as agents see it: without the address of its recording, which is played by permission only. */
export const callViewSchema = callRecordSchema
  .omit({ recording: true })
  .extend({
    /** `file`: played at /calls/{messageId}/recording · `link`: that address leads on to the telephone system */
    recording: z
      .strictObject({ kind: z.enum(['file', 'link']), mediaType: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'Call' });
export type CallView = z.infer<typeof callViewSchema>;

/** Somebody who called and reached nobody waits to be called back. */
export const callbackSchema = z
  .strictObject({
    /** when he first called without reaching anybody */
    since: instantSchema,
    /** where he called from; null when it was withheld */
    number: z.string().nullable(),
  })
  .meta({ id: 'Callback' });
export type Callback = z.infer<typeof callbackSchema>;

const fields = callRecordSchema.shape;

/** POST /calls: a call that an agent writes down. The same `callId` again on the same channel adds to what is known. */
export const createCallSchema = z
  .strictObject({
    channelId: idSchema,
    /** the id under which the telephone system tells the call, when it rang here; left out, it gets one */
    callId: fields.callId.optional(),
    direction: z.enum(callDirections),
    number: z.string().trim().min(1).max(320).nullable(),
    name: z.string().trim().min(1).max(255).nullable().default(null),
    startedAt: instantSchema,
    ringSeconds: fields.ringSeconds,
    talkSeconds: fields.talkSeconds,
    outcome: callOutcomeSchema,
    queue: fields.queue,
    notes: z.string().trim().max(200_000).nullable().default(null),
    disposition: z.string().trim().max(120).nullable().default(null),
    /** uploaded before with POST /attachments */
    recording: z
      .strictObject({ sha256: sha256Schema, mediaType: z.string().max(255), size: z.number().int() })
      .nullable()
      .default(null),
    attachments: z
      .array(
        z.strictObject({
          sha256: sha256Schema,
          name: z.string().min(1).max(255),
          mediaType: z.string().max(255),
          size: z.number().int(),
        }),
      )
      .max(50)
      .default([]),
    /** where it belongs: a case, a new one, or left out: where the rules of matching put it */
    caseId: z.union([idSchema, z.literal('new')]).optional(),
  })
  .refine(({ direction, number }) => direction === 'inbound' || number !== null, {
    path: ['number'],
    message: 'a call that we made has a number',
  })
  .meta({ id: 'CreateCall' });
export type CreateCall = z.infer<typeof createCallSchema>;
export type CreateCallInput = z.input<typeof createCallSchema>;

export const loggedCallSchema = z
  .strictObject({
    messageId: idSchema,
    caseId: idSchema,
    caseNumber: z.number().int(),
    customerId: idSchema,
    /** it was known before, and has what was told now added */
    known: z.boolean(),
    /** it was known, and stands in another case than the one that was named: POST /calls/{messageId}/move takes it there */
    elsewhere: z.boolean(),
  })
  .meta({ id: 'LoggedCall' });
export type LoggedCall = z.infer<typeof loggedCallSchema>;

export const moveCallSchema = z
  .strictObject({
    /** id or number of the case that takes it */
    into: caseRefText,
  })
  .meta({ id: 'MoveCall' });

/** A line on which calls can be written down, as agents see it. */
export const callLineSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    /** results to choose from, in the company's words and order */
    dispositions: z.array(z.string()),
  })
  .meta({ id: 'CallLine' });
export type CallLine = z.infer<typeof callLineSchema>;
export const callLinesSchema = z.strictObject({ items: z.array(callLineSchema) }).meta({ id: 'CallLines' });

export const lookUpNumberQuery = z.strictObject({
  /** as far as it is typed: the beginning of the number, with or without country code, or its last digits */
  number: z.string().trim().min(3).max(40),
  /** the line that it came by: numbers without a country code are read as where it stands */
  channel: idSchema.optional(),
});

/** Whoever has a number that fits, with what he has going on. */
export const callerSchema = z
  .strictObject({
    customerId: idSchema,
    name: z.string().nullable(),
    identity: z.strictObject({ kind: identityKindSchema, value: z.string(), verbatim: z.string() }),
    openCases: z.number().int(),
    /** open ones first, then the newest */
    cases: z.array(
      z.strictObject({
        id: idSchema,
        number: z.number().int(),
        subject: z.string(),
        status: z.enum(['open', 'pending', 'resolved']),
        lastMessageAt: instantSchema,
        callback: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Caller' });
export type Caller = z.infer<typeof callerSchema>;
export const callersSchema = z.strictObject({ items: z.array(callerSchema) }).meta({ id: 'Callers' });

/** Notes of a call that is not written down yet, kept for the agent wherever he goes on. */
export const callDraftSchema = z
  .strictObject({
    /** what the form holds, in the form's own words */
    draft: z.record(
      z.string().max(50),
      z.union([z.string().max(200_000), z.number(), z.boolean(), z.null()]),
    ),
    savedAt: instantSchema,
  })
  .meta({ id: 'CallDraft' });
export const saveCallDraftSchema = callDraftSchema.pick({ draft: true }).meta({ id: 'SaveCallDraft' });
export type CallDraft = z.infer<typeof callDraftSchema>;

/** Screen pop, as a socket gets it. Never replayed: who was away has missed it. */
export const ringingSchema = ringingCallSchema
  .extend({
    channelId: idSchema,
    channelName: z.string(),
    /** who has this number; null when nobody is known by it */
    caller: callerSchema.nullable(),
    /** whose telephone it is, where the telephone system's words name one of us */
    agentRef: agentRefSchema.nullable(),
  })
  .meta({ id: 'Ringing' });
export type Ringing = z.infer<typeof ringingSchema>;

export { callJsonMediaType } from './call-json.js';
