import { z } from 'zod';
import { ChannelError } from '@loket/channel/channel-error.js';

/** Settings of a number on the official Cloud API. Secrets are write-only once core knows them (see README.md). */
export const cloudConfigSchema = z.strictObject({
  driver: z.literal('cloud'),
  /** the number as people know it */
  address: z.string().max(320).optional(),
  phoneNumberId: z.string().regex(/^\d{1,32}$/),
  /** whose templates may be sent; without it there are none */
  businessAccountId: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  accessToken: z.string().min(1).max(1024),
  /** signs the webhook's calls */
  appSecret: z.string().min(1).max(256),
  /** proves that the webhook is ours when it is set up */
  verifyToken: z.string().min(8).max(256),
  /** take in group chats */
  groups: z.boolean().default(false),
  defaultRegion: z.string().length(2).default('ID'),
  reopenWithinHours: z.number().int().min(0).max(8760).default(72),
});
export type CloudConfig = z.infer<typeof cloudConfigSchema>;

/** Part of the settings that reading a webhook call needs; a wrong token must not stop what comes in. */
export const cloudReadingSchema = z.object(
  cloudConfigSchema.pick({ phoneNumberId: true, accessToken: true, groups: true }).shape,
);
export type CloudReading = z.infer<typeof cloudReadingSchema>;

/** Settings are checked when they are saved; that they do not fit here means that they are older than the code. */
export function sendable(config: Record<string, unknown>): CloudConfig {
  const parsed = cloudConfigSchema.safeParse(config);
  // not the parser's words: they could quote a secret
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new ChannelError('rejected', 'config_invalid', { detail: paths });
  }
  return parsed.data;
}
