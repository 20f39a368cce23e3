import { ChannelError } from '@loket/channel/channel-error.js';
import { AppError } from '@loket/contracts/errors.js';
import { verdictOf, type GraphReason } from './graph-codes.js';
import { GraphError, GraphSilence } from './graph-client.js';

/** Longest pause that the limit of one pair asks for. */
const maxPairPauseMs = 4 ** 6 * 1000;

/** A failure with one of our own reasons. */
export function fail(
  code: ChannelError['code'],
  reason: GraphReason,
  options: ConstructorParameters<typeof ChannelError>[2] = {},
): ChannelError {
  return new ChannelError(code, reason, options);
}

/**
 * Says what core has to do about a call that failed.
 *
 * @param attempt counted from 1; too much for one pair waits 4^n seconds, as Meta asks
 * @param delivers whether the call itself delivers something: then no answer leaves it in doubt, otherwise it can be
 *   made again
 */
export function sendFailure(error: unknown, attempt: number, delivers: boolean): ChannelError {
  if (error instanceof ChannelError) return error;
  if (error instanceof GraphError) {
    const { code, reason } = verdictOf(error.graphCode, error.status);
    const pairMs = Math.min(4 ** attempt * 1000, maxPairPauseMs);
    const retryAfterMs = reason === 'whatsapp_pair_rate_limited' ? pairMs : (error.retryAfterMs ?? undefined);
    return fail(code, reason, { detail: error.detail, retryAfterMs, cause: error });
  }
  if (error instanceof GraphSilence) {
    const { detail, left } = error;
    if (left && delivers) return fail('ambiguous', 'whatsapp_no_answer', { detail, cause: error });
    return fail('temporary', left ? 'whatsapp_no_answer' : 'whatsapp_unreachable', { detail, cause: error });
  }
  if (error instanceof AppError) {
    return error.kind === 'not_found'
      ? fail('rejected', 'whatsapp_attachment_missing', { cause: error })
      : fail('temporary', 'whatsapp_busy', { cause: error });
  }
  throw error;
}
