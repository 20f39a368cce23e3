import { z } from 'zod';
import { sha256Schema, instantSchema } from './primitives.js';

export const callDirections = ['inbound', 'outbound'] as const;
export type CallDirection = (typeof callDirections)[number];

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

/** A call that is going on, for the screen pop. Never stored as a message: the call itself follows when it is over. */
export const ringingCallSchema = z
  .strictObject({
    /** the id under which the call itself will be told */
    callId: z.string().min(1).max(200),
    state: z.enum(['ringing', 'in_progress']),
    direction: z.enum(callDirections),
    /** as in `callRecordSchema` */
    number: z.string().max(320).nullable(),
    name: z.string().max(255).nullable().default(null),
    line: z.string().max(320).nullable().default(null),
    /** whose telephone rings, or who took it */
    agent: z.string().max(320).nullable().default(null),
    queue: z.string().max(255).nullable().default(null),
    at: instantSchema,
  })
  .meta({ id: 'RingingCall' });
export type RingingCall = z.infer<typeof ringingCallSchema>;

/** best first: a call that anybody took was taken, whatever the other telephones report */
const outcomeRank: readonly CallOutcome[] = [
  'answered',
  'voicemail',
  'abandoned',
  'busy',
  'missed',
  'failed',
];

/**
 * One call of two reports of it. The later one wins where it says something, unless it knows less of how the call went:
 * a telephone that nobody took does not undo one that somebody took. Who called and when it began stay as first told.
 * Telling the same report again changes nothing.
 */
export function mergeCalls(known: CallRecord, told: CallRecord): CallRecord {
  const knowsLess = outcomeRank.indexOf(told.outcome) > outcomeRank.indexOf(known.outcome);
  const [strong, weak] = knowsLess ? [known, told] : [told, known];
  const talked = [known.talkSeconds, told.talkSeconds].filter((seconds) => seconds !== null);
  return {
    callId: known.callId,
    direction: known.direction,
    number: known.number ?? told.number,
    name: known.name ?? told.name,
    line: known.line ?? told.line,
    startedAt: Date.parse(told.startedAt) < Date.parse(known.startedAt) ? told.startedAt : known.startedAt,
    ringSeconds: strong.ringSeconds ?? weak.ringSeconds,
    talkSeconds: talked.length === 0 ? null : Math.max(...talked),
    outcome: strong.outcome,
    agent: strong.agent ?? weak.agent,
    queue: strong.queue ?? weak.queue,
    recording: told.recording ?? known.recording,
    notes: told.notes ?? known.notes,
    disposition: told.disposition ?? known.disposition,
  };
}

/** IANA name of a time zone that this machine knows. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, { message: 'not a time zone, such as Asia/Jakarta' });

/** Asterisk and FreePBX: the file that `cdr_csv` writes, followed as it grows. */
export const phoneMasterCsvSchema = z.strictObject({
  /** absolute path, as the host of adapters sees it */
  path: z
    .string()
    .max(1000)
    .regex(/^\/[^\0]+\.csv$/, { message: 'an absolute path that ends in .csv' }),
  /** the zone of the times in the file; `UTC` where cdr.conf says usegmtime=yes */
  timeZone: timeZoneSchema.default('Asia/Jakarta'),
  /** take in what stands in the file before the channel is first connected */
  importExisting: z.boolean().default(false),
});
export type PhoneMasterCsvConfig = z.infer<typeof phoneMasterCsvSchema>;

export const callWebhookFormats = ['generic', 'twilio', '3cx'] as const;
export const phoneWebhookSchema = z.strictObject({
  format: z.enum(callWebhookFormats),
  /** secret, write-only: key of the HMAC (generic), auth token (Twilio), bearer token (3CX) */
  secret: z.string().max(1024).optional(),
});
export type PhoneWebhookConfig = z.infer<typeof phoneWebhookSchema>;

/** The same word twice, in whatever letters, would part in reports what belongs together. */
export const dispositionsSchema = z
  .array(z.string().trim().min(1).max(120))
  .max(50)
  .refine((names) => new Set(names.map((name) => name.toLowerCase())).size === names.length, {
    message: 'each result once',
  });

/** What the settings of a telephone line have beyond those of every chat and call. */
export const phoneConfigSchema = z
  .object({
    masterCsv: phoneMasterCsvSchema.optional(),
    webhook: phoneWebhookSchema.optional(),
    /** of the sentence that tells each call */
    language: z.enum(['id', 'en']).default('id'),
    /** the company's own results of calls, offered where one is written down, in this order; other words stay possible */
    dispositions: dispositionsSchema.optional(),
  })
  .meta({ id: 'PhoneConfig' });
export type PhoneConfig = z.infer<typeof phoneConfigSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
