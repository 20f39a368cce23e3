import { z } from 'zod';
import { agentRefSchema } from './access.js';
import { caseSchema, caseStatusSchema, caseSummarySchema, prioritySchema } from './cases.js';
import { caseRefText } from './case-refs.js';
import { channelKindSchema } from './channels.js';
import { customerSchema } from './customers.js';
import { evidenceSchema } from './inbound.js';
import { cursorQuery, idSchema, instantSchema, page } from './primitives.js';

/** What people and the matching do to the shape of the desk. Each can be undone exactly (DESIGN §5). */
export const operationKinds = [
  'merge_cases',
  'split_case',
  'merge_customers',
  'link_identity',
  'unlink_identity',
  'link_incident',
  'unlink_incident',
] as const;
export const operationKindSchema = z.enum(operationKinds);
export type OperationKind = z.infer<typeof operationKindSchema>;

const caseRefSchema = z.strictObject({ id: idSchema, number: z.number().int(), subject: z.string() });
const customerRefSchema = z.strictObject({
  id: idSchema,
  name: z.string().nullable(),
  address: z.string().nullable(),
});

export const operationSchema = z
  .strictObject({
    id: idSchema,
    kind: operationKindSchema,
    /** null: the desk did it by itself */
    actor: agentRefSchema.nullable(),
    at: instantSchema,
    /** why: what the agent wrote, or the evidence of the suggestion that was accepted */
    reason: z.string().nullable(),
    evidence: z.array(evidenceSchema),
    suggestionId: idSchema.nullable(),
    /** from which case or customer it moved things, and where to, as they are called today */
    from: z.union([caseRefSchema, customerRefSchema]).nullable(),
    into: z.union([caseRefSchema, customerRefSchema]).nullable(),
    /** how much moved: `{messages: 12, notes: 1, threads: 2}` */
    moved: z.record(z.string(), z.number().int()),
    undone: z.strictObject({ at: instantSchema, actor: agentRefSchema.nullable() }).nullable(),
  })
  .meta({ id: 'Operation' });
export type Operation = z.infer<typeof operationSchema>;
export const operationPageSchema = page(operationSchema);

export const listOperationsQuery = z.strictObject({
  case: idSchema.optional(),
  customer: idSchema.optional(),
  ...cursorQuery,
});

const reasonField = z.string().trim().min(1).max(500).optional();

export const mergeCaseSchema = z
  .strictObject({
    /** id or number of the case that remains */
    into: z.union([caseRefText, z.number().int().positive().transform(String)]),
    /** customers of both cases become one too */
    mergeCustomers: z.boolean().default(false),
    reason: reasonField,
    /** the version of the case that goes away, as the agent saw it; a stale one is refused with 409 */
    version: z.number().int().optional(),
  })
  .meta({ id: 'MergeCase' });
export type MergeCase = z.infer<typeof mergeCaseSchema>;

/** Messages that go out of the case into one of their own. Notes and events stay. */
export const splitCaseSchema = z
  .strictObject({
    messageIds: z.array(idSchema).min(1).max(1000),
    /** left out: taken from the first message */
    subject: z.string().trim().min(1).max(1000).optional(),
    /** an existing open case takes them instead of a new one */
    into: caseRefText.optional(),
    reason: reasonField,
    version: z.number().int().optional(),
  })
  .meta({ id: 'SplitCase' });
export type SplitCase = z.infer<typeof splitCaseSchema>;

export const mergeCustomerSchema = z
  .strictObject({ into: idSchema, reason: reasonField, version: z.number().int().optional() })
  .meta({ id: 'MergeCustomer' });
export type MergeCustomer = z.infer<typeof mergeCustomerSchema>;

export const mergePreviewQuery = z.strictObject({ into: caseRefText });
export const mergeCustomerPreviewQuery = z.strictObject({ into: idSchema });

/** The case as a merge would leave it, field by field, before anything happens. */
export const mergePreviewSchema = z
  .strictObject({
    from: caseSummarySchema,
    into: caseSummarySchema,
    result: z.strictObject({
      subject: z.string(),
      status: caseStatusSchema,
      priority: prioritySchema,
      assignee: agentRefSchema.nullable(),
      tags: z.array(z.string()),
      channelKinds: z.array(channelKindSchema),
      messageCount: z.number().int(),
    }),
    moved: z.record(z.string(), z.number().int()),
    /** things to think about: `other_customer` `other_organization` `dismissed_before` `undone_before` `resolved` */
    warnings: z.array(z.string()),
  })
  .meta({ id: 'MergePreview' });
export type MergePreview = z.infer<typeof mergePreviewSchema>;

export const mergeCustomersPreviewSchema = z
  .strictObject({
    from: customerSchema,
    into: customerSchema,
    result: z.strictObject({
      name: z.string().nullable(),
      identities: z.number().int(),
      cases: z.number().int(),
    }),
    /** `verified_conflict` `name_conflict` `dismissed_before` `undone_before` */
    warnings: z.array(z.string()),
  })
  .meta({ id: 'MergeCustomersPreview' });
export type MergeCustomersPreview = z.infer<typeof mergeCustomersPreviewSchema>;

/** What an undo would do now. */
export const undoPreviewSchema = z
  .strictObject({
    operation: operationSchema,
    /** messages that came since and go along with their threads */
    following: z.number().int(),
    /** later operations that have to be undone first, newest first; empty: it can be undone */
    blockedBy: z.array(operationSchema),
  })
  .meta({ id: 'UndoPreview' });
export type UndoPreview = z.infer<typeof undoPreviewSchema>;

/** Answer of a merge or split of cases. `case` is the one that remains, or the new one of a split. */
export const caseOperationSchema = z
  .strictObject({ operation: operationSchema, case: caseSchema, from: caseSchema.nullable() })
  .meta({ id: 'CaseOperation' });
export type CaseOperation = z.infer<typeof caseOperationSchema>;

export const customerOperationSchema = z
  .strictObject({ operation: operationSchema, customer: customerSchema })
  .meta({ id: 'CustomerOperation' });
export type CustomerOperation = z.infer<typeof customerOperationSchema>;

/** Answer of an undo: what it changed, as it is now. A case that only leads elsewhere from now on is not among them. */
export const undoneOperationSchema = z
  .strictObject({
    operation: operationSchema,
    cases: z.array(caseSchema),
    customers: z.array(customerSchema),
  })
  .meta({ id: 'UndoneOperation' });
export type UndoneOperation = z.infer<typeof undoneOperationSchema>;
