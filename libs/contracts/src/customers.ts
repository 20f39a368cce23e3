import { z } from 'zod';
import { identityKindSchema, proofSchema } from './inbound.js';
import { cursorQuery, idSchema, instantSchema, page } from './primitives.js';

export const identitySchema = z
  .strictObject({
    id: idSchema,
    kind: identityKindSchema,
    /** normalised: lower-case mail address, E.164 number */
    value: z.string(),
    /** as it was first written */
    verbatim: z.string(),
    proof: proofSchema,
    /** a message from this address belongs to this customer; false for claims: typed, found in a signature, disowned */
    resolves: z.boolean(),
    /** a role address (info@) or one that several people use: never evidence for who somebody is */
    shared: z.boolean(),
    /** the name last given with it */
    name: z.string().nullable(),
    /** where we have it from: `mail` `agent` `import` `signature` `form` `spoofed` … */
    source: z.string(),
    evidence: z.array(z.string()),
    /** mail to it came back for good (5.1.1) */
    undeliverable: z.boolean(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Identity' });
export type Identity = z.infer<typeof identitySchema>;

export const customerSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().nullable(),
    identities: z.array(identitySchema),
    caseCount: z.number().int(),
    /** by the domain of his mail address */
    organization: z.strictObject({ id: idSchema, name: z.string(), domain: z.string() }).nullable(),
    language: z.enum(['id', 'en']).nullable(),
    /** profiles that were merged into this one: their ids lead here */
    merged: z.array(z.strictObject({ id: idSchema, name: z.string().nullable() })),
    version: z.number().int(),
    createdAt: instantSchema,
    updatedAt: instantSchema,
  })
  .meta({ id: 'Customer' });
export type Customer = z.infer<typeof customerSchema>;
export const customerPageSchema = page(customerSchema);

export const listCustomersQuery = z.strictObject({
  q: z.string().trim().max(200).optional(),
  ...cursorQuery,
});
export const updateCustomerSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(255).nullable().optional(),
    version: z.number().int().optional(),
  })
  .meta({ id: 'UpdateCustomer' });
export type UpdateCustomer = z.infer<typeof updateCustomerSchema>;
/** Added by an agent, who vouches for it. */
export const addIdentitySchema = z
  .strictObject({
    kind: identityKindSchema,
    value: z.string().trim().min(1).max(320),
    proof: proofSchema.default('claimed'),
  })
  .meta({ id: 'AddIdentity' });
export type AddIdentity = z.infer<typeof addIdentitySchema>;
