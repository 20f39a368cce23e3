import { z } from 'zod';
import { ChannelError } from '@loket/channel/channel-error.js';
import { whatsappCloudSchema } from '@loket/contracts/channels.js';

/** The section `cloud` of a channel's settings as an adapter gets it: with its secrets. */
export const cloudConfigSchema = whatsappCloudSchema.required({
  accessToken: true,
  appSecret: true,
  verifyToken: true,
});
export type CloudConfig = z.infer<typeof cloudConfigSchema>;

/** What reading a webhook call needs; settings that are wrong elsewhere must not stop what comes in. */
const readingSchema = z.object({
  ...whatsappCloudSchema.pick({ phoneNumberId: true, groups: true }).shape,
  /** without it files cannot be fetched, but what was written can be read */
  accessToken: z.string().default(''),
});
export type CloudReading = z.infer<typeof readingSchema>;

/** @returns null when the channel is not set up for the Cloud API */
export function readable(config: Record<string, unknown>): CloudReading | null {
  return readingSchema.safeParse(config['cloud']).data ?? null;
}

/**
 * Settings are checked when they are saved; that they do not fit here means that they are older than the code, or that a
 * secret is still missing.
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
