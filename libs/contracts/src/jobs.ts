import { z } from 'zod';
import { idSchema } from './primitives.js';

/** Jobs are imperative; each name has exactly one handler (checked at boot). */
export const jobContracts = {
  'deliver-message': z.strictObject({ messageId: idSchema }),
  'sweep-outbox': z.strictObject({}),
  /** answers that were held, or scheduled, and are due by now */
  'release-replies': z.strictObject({}),
  /** whatever is due by now; one job for a whole burst of calls */
  'take-webhook-calls': z.strictObject({}),
  'run-call-imports': z.strictObject({}),
  'wake-cases': z.strictObject({}),
  /** gives waiting cases to people, and takes back what waits too long with them */
  'route-cases': z.strictObject({}),
  'settle-availability': z.strictObject({}),
  /** cases get the new names of tags that were renamed or merged */
  'replace-tags': z.strictObject({}),
  'push-notices': z.strictObject({}),
  'find-suggestions': z.strictObject({}),
  'send-incident-update': z.strictObject({ updateId: idSchema }),
  'sweep-incident-updates': z.strictObject({}),
  'send-visitor-code': z.strictObject({ codeId: idSchema }),
  'send-invitation': z.strictObject({ linkId: idSchema, address: z.url() }),
  'send-password-link': z.strictObject({ linkId: idSchema, address: z.url() }),
  /** answers that have not reached a visitor's screen go on by mail */
  'continue-by-mail': z.strictObject({}),
  /** of new messages and names, so that misspelt searches find them */
  'learn-words': z.strictObject({}),
  prune: z.strictObject({}),
} as const;
export type JobName = keyof typeof jobContracts;
export type JobData<N extends JobName> = z.infer<(typeof jobContracts)[N]>;
