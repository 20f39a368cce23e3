import { z } from 'zod';
import { idSchema, instantSchema } from './primitives.js';
import { visitorPageSchema } from './visitors.js';
import { visitorLanguageSchema } from './webchat-config.js';

/** A browser in which a customer chats with us, for agents: `GET /customers/{id}/visitors`. */
export const visitorCardSchema = z
  .strictObject({
    id: idSchema,
    channelId: idSchema,
    channelName: z.string(),
    /** as he, or the site, names him */
    name: z.string().nullable(),
    /** a page with the chat in it is open in his browser now */
    online: z.boolean(),
    /** how he proved who he is; null = he did not */
    provenBy: z.enum(['signed_identity', 'one_time_code']).nullable(),
    /** where he is, or was last; texts of a stranger, never links that open by themselves */
    page: visitorPageSchema.nullable(),
    /** his browser's User-Agent */
    browser: z.string().nullable(),
    language: visitorLanguageSchema.nullable(),
    /** of the form before the chat, by the field's id */
    answers: z.record(z.string(), z.string()),
    /** the form's questions in his language, by the field's id; of fields that are gone there is none */
    questions: z.record(z.string(), z.string()),
    consentAt: instantSchema.nullable(),
    firstSeenAt: instantSchema,
    lastSeenAt: instantSchema,
  })
  .meta({ id: 'VisitorCard' });
export type VisitorCard = z.infer<typeof visitorCardSchema>;
export const visitorCardsSchema = z
  .strictObject({ items: z.array(visitorCardSchema) })
  .meta({ id: 'VisitorCards' });

/** `POST /channels/{id}/visitor-key`: with it a site signs who its visitors are. Shown this once. */
export const visitorKeySchema = z.strictObject({ secret: z.string() }).meta({ id: 'VisitorKey' });
