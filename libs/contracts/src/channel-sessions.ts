import { z } from 'zod';
import { instantSchema } from './primitives.js';

/** Where a linked phone stands (docs/whatsapp.md tells what each means and what comes next). */
export const sessionStates = [
  'stopped',
  'starting',
  'qr_pending',
  'code_pending',
  'authenticating',
  'syncing',
  'ready',
  'degraded',
  'backoff',
  'logged_out',
  'conflict',
  'auth_failed',
  'blocked',
] as const;
export const sessionStateSchema = z.enum(sessionStates);
export type SessionState = z.infer<typeof sessionStateSchema>;

/** What a person shows to the phone, or types into it. A live secret: shown, never stored or logged. */
export const pairingOfferSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('qr'), qr: z.string().max(2000) }),
  z.strictObject({ kind: z.literal('code'), code: z.string().max(20) }),
]);
export type PairingOffer = z.infer<typeof pairingOfferSchema>;

/** GET /channels/{id}/session. Nothing of it stands in events or logs. */
export const channelSessionSchema = z
  .strictObject({
    state: sessionStateSchema,
    /** stable code of why; null where the state says all */
    reason: z.string().nullable(),
    /** digits of the number that is linked */
    account: z.string().nullable(),
    offer: pairingOfferSchema.nullable(),
    /** when the pairing under way is given up, if nobody scans */
    offerEndsAt: instantSchema.nullable(),
    /** when it is tried again by itself */
    nextTryAt: instantSchema.nullable(),
  })
  .meta({ id: 'ChannelSession' });
export type ChannelSession = z.infer<typeof channelSessionSchema>;

/** POST /channels/{id}/session. */
export const sessionActionSchema = z
  .discriminatedUnion('action', [
    /** by QR, or by a code for that number; what was linked before is forgotten */
    z.strictObject({ action: z.literal('pair'), phone: z.string().trim().max(40).nullable().default(null) }),
    z.strictObject({ action: z.literal('cancel') }),
    /** a person has seen to what was wrong */
    z.strictObject({ action: z.literal('restart') }),
    /** removes the linked device from the phone */
    z.strictObject({ action: z.literal('log_out') }),
  ])
  .meta({ id: 'SessionAction' });
export type SessionAction = z.infer<typeof sessionActionSchema>;
