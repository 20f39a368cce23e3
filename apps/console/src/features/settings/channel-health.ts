import type { Channel, ChannelStatus } from '@loket/contracts/channels.js';
import type { WhatsappChannelCode } from '@loket/contracts/whatsapp-codes.js';

export type Tone = 'ok' | 'wait' | 'off' | 'quiet';

const tones: Record<ChannelStatus, Tone> = {
  connected: 'ok',
  connecting: 'wait',
  disconnected: 'off',
  paused: 'off',
  disabled: 'quiet',
  ingress_only: 'ok',
};

/** Nothing is broken: the phone has yet to be linked. */
const unlinked = [
  'whatsapp_not_paired',
  'whatsapp_pairing',
  'whatsapp_pairing_expired',
] as const satisfies readonly WhatsappChannelCode[];

/** A new link is the way on, also where there was one before. */
const pairAgain = [
  ...unlinked,
  'whatsapp_logged_out',
  'whatsapp_unlinked',
  'whatsapp_auth_failed',
  'whatsapp_code_refused',
] as const satisfies readonly WhatsappChannelCode[];

type Health = Pick<Channel, 'status' | 'statusCode'>;

export function isBroken({ status }: Pick<Channel, 'status'>): boolean {
  return status === 'disconnected' || status === 'paused';
}

export function awaitsPhone(channel: Health): boolean {
  return waitsWith(channel, unlinked);
}

export function needsPairing(channel: Health): boolean {
  return waitsWith(channel, pairAgain);
}

function waitsWith({ status, statusCode }: Health, codes: readonly string[]): boolean {
  return status === 'paused' && statusCode !== null && codes.includes(statusCode);
}

/** How its state looks, and the word for it (`settings.status.…`). */
export function healthOf(channel: Health): { tone: Tone; word: ChannelStatus | 'awaits_phone' } {
  if (awaitsPhone(channel)) return { tone: 'wait', word: 'awaits_phone' };
  return { tone: tones[channel.status], word: channel.status };
}

/** What a state means differs by how the channel gets its messages. */
export function sourceOf({
  capabilities: { session, webhook, visitors },
}: Pick<Channel, 'capabilities'>): 'phone' | 'webhook' | 'site' | 'mailbox' {
  if (session) return 'phone';
  if (visitors) return 'site';
  return webhook ? 'webhook' : 'mailbox';
}
