import { z } from 'zod';
import { sha256Schema, instantSchema } from './primitives.js';

export const callDirections = ['inbound', 'outbound'] as const;

/** `missed`: nobody took it · `abandoned`: the caller gave up while waiting · `voicemail`: left a message. */
export const callOutcomes = ['answered', 'missed', 'abandoned', 'voicemail', 'busy', 'failed'] as const;
export const callOutcomeSchema = z.enum(callOutcomes);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

/** A recording: a reference in the telephone system, or a file in the blob store. Played by permission only. */
export const recordingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('url'), url: z.url({ protocol: /^https?$/ }).max(2000) }),
  z.strictObject({
    kind: z.literal('file'),
    sha256: sha256Schema,
    mediaType: z.string().max(255),
    size: z.number().int(),
  }),
]);

/** One telephone call, as every way in tells it: console, webhook, exchange's files, CSV. */
export const callRecordSchema = z
  .strictObject({
    /** the telephone system's own id; the same for every report of the same call */
    callId: z.string().min(1).max(200),
    direction: z.enum(callDirections),
    /** the customer's number as written; null when it is withheld */
    number: z.string().max(320).nullable(),
    /** what the line or the directory says of the customer */
    name: z.string().max(255).nullable().default(null),
    /** our own number or extension that was called or called from */
    line: z.string().max(320).nullable().default(null),
    startedAt: instantSchema,
    /** seconds from the first ring until it was taken or given up */
    ringSeconds: z.number().int().nonnegative().max(86_400).nullable().default(null),
    talkSeconds: z.number().int().nonnegative().max(604_800).nullable().default(null),
    outcome: callOutcomeSchema,
    /** who took or made it, as the telephone system knows him: extension, name or e-mail */
    agent: z.string().max(320).nullable().default(null),
    queue: z.string().max(255).nullable().default(null),
    recording: recordingSchema.nullable().default(null),
    notes: z.string().max(200_000).nullable().default(null),
    /** how it ended, in the words of the company's list */
    disposition: z.string().max(120).nullable().default(null),
  })
  .meta({ id: 'CallRecord' });
export type CallRecord = z.infer<typeof callRecordSchema>;
export type CallRecordInput = z.input<typeof callRecordSchema>;
