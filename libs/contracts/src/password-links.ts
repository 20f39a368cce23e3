import { z } from 'zod';
import { emailAddressSchema, localeSchema, passwordSchema } from './access.js';
import { linkTokenSchema } from './invitations.js';
import { instantSchema } from './primitives.js';

/** GET /password-links, public. */
export const passwordLinkWaysSchema = z
  .strictObject({
    /** a link can be asked for by mail; otherwise only an admin can make one */
    mail: z.boolean(),
  })
  .meta({ id: 'PasswordLinkWays' });
export type PasswordLinkWays = z.infer<typeof passwordLinkWaysSchema>;

export const askPasswordLinkSchema = z
  .strictObject({ email: emailAddressSchema })
  .meta({ id: 'AskPasswordLink' });
export type AskPasswordLink = z.infer<typeof askPasswordLinkSchema>;

/** Of an admin, to hand over. `link` is shown this once; only a hash of its secret is kept. */
export const madePasswordLinkSchema = z
  .strictObject({ link: z.url(), expiresAt: instantSchema })
  .meta({ id: 'MadePasswordLink' });
export type MadePasswordLink = z.infer<typeof madePasswordLinkSchema>;

/** What whoever holds the link sees. */
export const openPasswordLinkSchema = z
  .strictObject({ email: z.string(), name: z.string(), locale: localeSchema, expiresAt: instantSchema })
  .meta({ id: 'OpenPasswordLink' });
export type OpenPasswordLink = z.infer<typeof openPasswordLinkSchema>;

export const usePasswordLinkSchema = z
  .strictObject({ token: linkTokenSchema, password: passwordSchema })
  .meta({ id: 'UsePasswordLink' });
export type UsePasswordLink = z.infer<typeof usePasswordLinkSchema>;
