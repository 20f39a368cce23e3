import type { ChannelFailure, DeliveryState, SendOutcome } from '@loket/contracts/outbound.js';
import { pausedRetryMs, retryDelayMs } from './retry-delay.js';

/** How far a message has come; nothing moves it back but a retry by a person. */
const progress: Record<DeliveryState, number> = {
  pending: 0,
  sending: 1,
  failed: 2,
  uncertain: 2,
  sent: 3,
  delivered: 4,
  read: 5,
};

/**
 * May a report from the channel change the state? Forward only. A failure is believed until the message has been
 * delivered; news of an arrival is believed even after a failure, since it can only come from the other side.
 */
export function mayBecome(from: DeliveryState, to: DeliveryState): boolean {
  if (to === 'failed') return from === 'sending' || from === 'uncertain' || from === 'sent';
  return progress[to] > progress[from] && progress[to] >= progress.sent;
}

/** States from which a person may send again. */
export const retryable: readonly DeliveryState[] = ['failed', 'uncertain'];

/** What follows from one try. */
export type Verdict =
  | { state: 'sent' }
  /** comes again by itself after `inMs` */
  | { state: 'pending'; reason: string; detail: string | null; inMs: number; countsAsAttempt: boolean }
  | { state: 'failed' | 'uncertain'; reason: string; detail: string | null };

/** The one place that decides between retry, fail and ask (DESIGN §7). */
export function judge(outcome: SendOutcome, attempt: number, random: number): Verdict {
  if (outcome.ok) return { state: 'sent' };
  const { code, reason, detail, retryAfterMs = null } = outcome.failure;
  switch (code) {
    case 'temporary': {
      const inMs = retryDelayMs(attempt, random, retryAfterMs);
      if (inMs === null) return { state: 'failed', reason: 'gave_up', detail: detail ?? reason };
      return { state: 'pending', reason, detail, inMs, countsAsAttempt: true };
    }
    // Not the message's fault, so it does not use up its tries.
    case 'auth':
      return { state: 'pending', reason, detail, inMs: pausedRetryMs, countsAsAttempt: false };
    case 'rejected':
    case 'window_closed':
      return { state: 'failed', reason, detail };
    // It may have arrived: sending it again blindly could deliver it twice (RFC 1047).
    case 'ambiguous':
      return { state: 'uncertain', reason, detail };
  }
}

/** Nobody took the request, so nothing has left. */
export const noAdapter: ChannelFailure = { code: 'temporary', reason: 'adapter_unavailable', detail: null };
/** Something broke on the way to or in the adapter; the message may have left before. */
export const broken: ChannelFailure = { code: 'ambiguous', reason: 'interrupted', detail: null };
