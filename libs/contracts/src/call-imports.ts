import { z } from 'zod';
import { callDirections, timeZoneSchema } from './calls.js';
import { idSchema, instantSchema, sha256Schema } from './primitives.js';

/** What a column of an import can hold; one of them twice makes no sense. */
export const importFields = [
  'callId',
  'startedAt',
  'startedTime',
  'direction',
  'number',
  'from',
  'to',
  'name',
  'line',
  'outcome',
  'talk',
  'ring',
  'duration',
  'agent',
  'queue',
  'notes',
  'disposition',
  'recording',
] as const;
export const importFieldSchema = z.enum(importFields);
export type CallImportField = z.infer<typeof importFieldSchema>;

/** How a file of calls is read. */
export const importSettingsSchema = z.strictObject({
  form: z.strictObject({
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
    delimiter: z.string().length(1),
    /** the first row names the columns */
    hasHeader: z.boolean(),
  }),
  /** which column, counted from 0, holds what */
  mapping: z.partialRecord(importFieldSchema, z.number().int().min(0).max(999)),
  /** of times that name none */
  timeZone: timeZoneSchema,
  order: z.enum(['day_first', 'month_first']),
  /** of rows that do not say */
  direction: z.enum(callDirections),
});
export type CallImportSettings = z.infer<typeof importSettingsSchema>;

export const importProblemSchema = z.strictObject({
  /** in the file, from 1 */
  line: z.number().int(),
  field: importFieldSchema.nullable(),
  /** from 0 */
  column: z.number().int().nullable(),
  /** an error keeps the row out; a warning says what was left out or guessed */
  severity: z.enum(['error', 'warning']),
  code: z.string().max(100),
  /** the cell as it stands, cut */
  value: z.string().max(1000),
});
export type CallImportProblem = z.infer<typeof importProblemSchema>;

export const importPreviewSchema = z
  .strictObject({
    /** what would be done; a person may change any of it */
    settings: importSettingsSchema,
    headers: z.array(z.string()),
    /** fields without which there is nothing to import */
    missing: z.array(importFieldSchema),
    rows: z.array(
      z.strictObject({
        line: z.number().int(),
        cells: z.array(z.string()),
        /** it would be taken in */
        taken: z.boolean(),
        problems: z.array(importProblemSchema.omit({ line: true })),
      }),
    ),
  })
  .meta({ id: 'CallImportPreview' });
export type CallImportPreview = z.infer<typeof importPreviewSchema>;

export const importProgressSchema = z.strictObject({
  /** of the file, read so far */
  bytes: z.number().int(),
  rows: z.number().int(),
  /** calls that are new here */
  imported: z.number().int(),
  /** calls that were known; more may have been told of them */
  known: z.number().int(),
  /** rows that were kept out */
  failed: z.number().int(),
});
export type CallImportProgress = z.infer<typeof importProgressSchema>;

export const callImportSchema = z
  .strictObject({
    id: idSchema,
    channelId: idSchema,
    name: z.string(),
    size: z.number().int(),
    sha256: sha256Schema,
    /** `ready`: uploaded, waits for a person to start it */
    state: z.enum(['ready', 'running', 'done', 'failed']),
    /** stable code of why it failed */
    reason: z.string().nullable(),
    progress: importProgressSchema,
    problems: z.number().int(),
    createdAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'CallImport' });
export type CallImport = z.infer<typeof callImportSchema>;
export const callImportsSchema = z
  .strictObject({ items: z.array(callImportSchema) })
  .meta({ id: 'CallImports' });

export const previewImportSchema = z
  .strictObject({ settings: importSettingsSchema.optional() })
  .meta({ id: 'PreviewCallImport' });
export const startImportSchema = z
  .strictObject({ settings: importSettingsSchema })
  .meta({ id: 'StartCallImport' });
