import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseSummarySchema } from './cases.js';
import { customerSchema } from './customers.js';
import { evidenceSchema } from './inbound.js';
import { incidentSchema } from './incidents.js';
import { operationSchema } from './operations.js';
import { cursorQuery, idSchema, instantSchema, page } from './primitives.js';

/**
 * `case`: two cases are one piece of work · `customer`: two profiles are one person · `incident`: cases of several
 * customers have one cause.
 */
export const suggestionKinds = ['case', 'customer', 'incident'] as const;
export const suggestionKindSchema = z.enum(suggestionKinds);
export type SuggestionKind = z.infer<typeof suggestionKindSchema>;

/** `dismissed`: never suggested again · `obsolete`: settled by itself, for instance because the case was merged. */
export const suggestionStates = ['waiting', 'accepted', 'dismissed', 'obsolete'] as const;
export const suggestionStateSchema = z.enum(suggestionStates);
export type SuggestionState = z.infer<typeof suggestionStateSchema>;

/** The first words that the customer wrote, for the side-by-side view. */
const excerptSchema = z.strictObject({
  at: instantSchema,
  channelKind: z.string(),
  text: z.string(),
  from: z.string().nullable(),
});

export const suggestionSchema = z
  .strictObject({
    id: idSchema,
    kind: suggestionKindSchema,
    state: suggestionStateSchema,
    /** 0..1 */
    score: z.number(),
    evidence: z.array(evidenceSchema),
    /** `case`: both cases, the one that would remain last · `incident`: the cases to link */
    cases: z.array(caseSummarySchema.extend({ excerpts: z.array(excerptSchema) })),
    /** `customer`: both profiles, the one that would remain last · `case`: the customers of the cases, when they differ */
    customers: z.array(customerSchema),
    /** `incident`: the open incident that the case would be linked to; null: a new one */
    incident: incidentSchema.nullable(),
    createdAt: instantSchema,
    decided: z
      .strictObject({ at: instantSchema, actor: agentRefSchema.nullable(), operationId: idSchema.nullable() })
      .nullable(),
  })
  .meta({ id: 'Suggestion' });
export type Suggestion = z.infer<typeof suggestionSchema>;
export const suggestionPageSchema = page(suggestionSchema);

export const listSuggestionsQuery = z.strictObject({
  kind: suggestionKindSchema.optional(),
  state: suggestionStateSchema.default('waiting'),
  case: idSchema.optional(),
  customer: idSchema.optional(),
  ...cursorQuery,
});
export type ListSuggestions = z.infer<typeof listSuggestionsQuery>;

/** GET /suggestions/counts: waiting ones per kind, counted up to 1,000. */
export const suggestionCountsSchema = z
  .strictObject({ case: z.number().int(), customer: z.number().int(), incident: z.number().int() })
  .meta({ id: 'SuggestionCounts' });
export type SuggestionCounts = z.infer<typeof suggestionCountsSchema>;

export const acceptSuggestionSchema = z
  .strictObject({
    /** which of the two remains; left out: the last of `cases` or `customers` */
    into: idSchema.optional(),
    /** `case` of two customers: make them one too */
    mergeCustomers: z.boolean().default(false),
    /** `incident`: only these of the suggested cases */
    caseIds: z.array(idSchema).min(1).max(500).optional(),
    title: z.string().trim().min(1).max(300).optional(),
  })
  .meta({ id: 'AcceptSuggestion' });
export type AcceptSuggestion = z.infer<typeof acceptSuggestionSchema>;

export const decidedSuggestionSchema = z
  .strictObject({ suggestion: suggestionSchema, operations: z.array(operationSchema) })
  .meta({ id: 'DecidedSuggestion' });
export type DecidedSuggestion = z.infer<typeof decidedSuggestionSchema>;
