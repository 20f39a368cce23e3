import { z } from 'zod';
import { idSchema, instantSchema } from './primitives.js';
import { presenceSchema } from './sockets.js';
import { visitorPageSchema, visitorStateSchema } from './visitors.js';

/** Visitors that one sign names. */
export const mostHere = 150;

/**
 * What every process of the server tells the others and nobody keeps: it may be lost, and is said again or lapses. Whatever
 * must arrive is an event.
 */
export const signContracts = {
  /** an agent's window is on a case */
  presence: z.strictObject({
    window: z.string(),
    agent: z.strictObject({ id: idSchema, name: z.string() }),
    ...presenceSchema.shape,
  }),
  'presence.gone': z.strictObject({ window: z.string() }),
  /** a visitor came to a page, went on, or left */
  visitor: z.strictObject({
    visitorId: idSchema,
    online: z.boolean(),
    page: visitorPageSchema.nullable(),
    at: instantSchema,
  }),
  /** visitors with a page open in that process; said again before it lapses */
  'visitors.here': z.strictObject({ visitorIds: z.array(idSchema).max(mostHere) }),
  'visitor.typing': z.strictObject({ visitorId: idSchema, channelId: idSchema, typing: z.boolean() }),
  /** what became of something that he wrote */
  'visitor.state': z.strictObject({ visitorId: idSchema, state: visitorStateSchema }),
} as const;

export type SignKind = keyof typeof signContracts;
export type Sign<K extends SignKind> = z.infer<(typeof signContracts)[K]>;
