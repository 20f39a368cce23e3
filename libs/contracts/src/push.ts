import { z } from 'zod';
import { idSchema } from './primitives.js';

/** GET /me/push: with this key a browser asks for a subscription; null: pushing is not set up here. */
export const pushStateSchema = z.strictObject({ publicKey: z.string().nullable() }).meta({ id: 'PushState' });
export type PushState = z.infer<typeof pushStateSchema>;

const base64url = z.string().regex(/^[\w-]+={0,2}$/);

/** As `PushSubscription.toJSON()` of a browser gives it (W3C Push API). */
export const pushSubscriptionSchema = z
  .strictObject({
    endpoint: z.url().max(2000),
    keys: z.strictObject({ p256dh: base64url.min(80).max(100), auth: base64url.min(16).max(32) }),
  })
  .meta({ id: 'PushSubscription' });
export type PushSubscription = z.infer<typeof pushSubscriptionSchema>;

export const pushSubscribedSchema = z.strictObject({ id: idSchema }).meta({ id: 'PushSubscribed' });

/** What the service worker gets, decrypted. */
export interface PushMessage {
  /** of the notice: another push with it replaces what is shown */
  tag: string;
  title: string;
  body: string;
  /** path in the console */
  path: string;
}
