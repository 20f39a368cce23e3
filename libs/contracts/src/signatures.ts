import { z } from 'zod';
import { idSchema } from './primitives.js';

/** What stands below every answer that a person writes; `{{…}}` of signature-text.ts are filled when it leaves. */
export const signatureSchema = z
  .strictObject({
    text: z.string().trim().min(1).max(4000),
    /** the same with looks */
    html: z.string().max(20_000).nullish(),
  })
  .meta({ id: 'Signature' });
export type Signature = z.infer<typeof signatureSchema>;

/** With its blanks filled, as it goes out with one answer. */
export const filledSignatureSchema = z.strictObject({ text: z.string(), html: z.string().nullable() });

/** GET /channels/signatures: of every channel that has one, its blanks still open. */
export const channelSignatureSchema = signatureSchema
  .extend({ channelId: idSchema, channelName: z.string() })
  .meta({ id: 'ChannelSignature' });
export type ChannelSignature = z.infer<typeof channelSignatureSchema>;
export const signatureListSchema = z.strictObject({ items: z.array(channelSignatureSchema) });
