import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What WhatsApp knows a message by. Never the serialised id: that one comes in several spellings (waha#1627). */
export const messageRefSchema = z.strictObject({
  /** whose inbox it stands in: the phone number id (Cloud) or the own number (web) */
  account: z.string().min(1).max(64),
  /** the id proper: `wamid.…` (Cloud) or `id.id` (web) */
  id: z.string().min(1).max(1000),
  fromMe: z.boolean(),
  /** who wrote it in a group chat, where the id alone does not say (web) */
  participant: z.string().max(128).nullable(),
});
export type MessageRef = z.infer<typeof messageRefSchema>;

/**
 * The external id of a message, the same for every delivery of it. Ids of the Cloud API are unique by themselves, and
 * what is quoted there does not tell whose message it was: they stand alone. Others are unique only with their side and
 * author.
 */
export function messageKey({ account, id, fromMe, participant }: MessageRef): string {
  const own = id.startsWith('wamid.') ? `c:${id}` : `${fromMe ? 'o' : 'i'}:${id}`;
  const key = `${account}:${own}${participant === null ? '' : `:${participant}`}`;
  return key.length <= 255 ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** The way back, for quotes. @returns null for ids that are not ours or were too long to keep */
export function parseMessageKey(key: string): MessageRef | null {
  const parts = /^([^:]+):([cio]):([^:]+)(?::(.+))?$/s.exec(key);
  const [, account, side, id, participant] = parts ?? [];
  if (account === undefined || id === undefined) return null;
  return { account, id, fromMe: side === 'o', participant: participant ?? null };
}
