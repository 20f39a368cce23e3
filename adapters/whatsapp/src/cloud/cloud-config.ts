import { z } from 'zod';
import { ChannelError } from '@loket/channel/channel-error.js';

/**
 * The section `cloud` of a channel's settings: a number on the official Cloud API. What all chats share (address, region,
 * reopening) stands beside it.
 */
export const cloudConfigSchema = z.strictObject({
  phoneNumberId: z.string().regex(/^\d{1,32}$/),
  /** whose templates may be sent; without it there are none */
  businessAccountId: z
    .string()
    .regex(/^\d{1,32}$/)
    .optional(),
  /** secret */
  accessToken: z.string().min(1).max(1024),
  /** secret; signs the webhook's calls */
  appSecret: z.string().min(1).max(256),
  /** secret; proves that the webhook is ours when it is set up */
  verifyToken: z.string().min(8).max(256),
  /** take in group chats */
  groups: z.boolean().default(false),
});
export type CloudConfig = z.infer<typeof cloudConfigSchema>;

/** What reading a webhook call needs; settings that are wrong elsewhere must not stop what comes in. */
const readingSchema = z.object(
  cloudConfigSchema.pick({ phoneNumberId: true, accessToken: true, groups: true }).shape,
);
export type CloudReading = z.infer<typeof readingSchema>;

/** @returns null when the channel is not set up for the Cloud API */
export function readable(config: Record<string, unknown>): CloudReading | null {
  return readingSchema.safeParse(config['cloud']).data ?? null;
}

/**
 * Settings are checked when they are saved; that they do not fit here means that they are older than the code.
 * @throws ChannelError `config_invalid`
 */
export function sendable(config: Record<string, unknown>): CloudConfig {
  const parsed = cloudConfigSchema.safeParse(config['cloud']);
  if (!parsed.success)
    throw new ChannelError('rejected', 'config_invalid', { detail: wrongFields(parsed.error) });
  return parsed.data;
}

/** Where the settings are wrong; never what stands there, which may be a secret. */
export function wrongFields({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `${['cloud', ...path].join('.')}: ${code}`).join('; ');
}
