import { z } from 'zod';
import { furtherAddressSchema, proofSchema } from './inbound.js';
import { attachmentRefSchema, idSchema, instantSchema } from './primitives.js';
import { visitorLimits } from './visitor-limits.js';
import { clientIdSchema } from './visitors.js';

/** Media type of a visitor's message as the server keeps it and gives it to the adapter. */
export const visitorMediaType = 'application/vnd.loket.visitor-message+json';

/**
 * The original of a visitor's message: what he sent, with what the server knows of him at that moment. Written by the
 * server alone, after every check; the adapter makes a message of it.
 */
export const visitorOriginalSchema = z.strictObject({
  visitorId: idSchema,
  clientId: clientIdSchema,
  sentAt: instantSchema,
  text: z.string().max(visitorLimits.text),
  name: z.string().max(255).nullable(),
  /** of the visitor himself: `verified` by a signed identity or a one-time code */
  proof: proofSchema,
  evidence: z.array(z.string().max(500)).max(5),
  also: z.array(furtherAddressSchema).max(4),
  attachments: z.array(attachmentRefSchema).max(visitorLimits.files),
  /** of the form before the chat, in the words of the form */
  answers: z
    .array(z.strictObject({ label: z.string().max(80), value: z.string().max(visitorLimits.answer) }))
    .max(8),
});
export type VisitorOriginal = z.infer<typeof visitorOriginalSchema>;
