import type { ChannelErrorCode, ChannelFailure } from '@loket/contracts/outbound.js';

/**
 * A failure that an adapter has understood (DESIGN §7). Adapters translate their vendor's errors into it; core alone
 * decides what follows: retry, fail, pause the channel, reconcile.
 *
 * @param code what core does about it
 * @param reason finer stable code that the console has a sentence for, e.g. `smtp_recipient_refused`
 */
export class ChannelError extends Error {
  readonly detail: string | null;
  readonly retryAfterMs: number | null;

  constructor(
    readonly code: ChannelErrorCode,
    readonly reason: string,
    options: { detail?: string | undefined; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(`${code}: ${reason}`, { cause: options.cause });
    this.name = 'ChannelError';
    this.detail = options.detail?.slice(0, 1000) ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }

  toFailure(): ChannelFailure {
    return { code: this.code, reason: this.reason, detail: this.detail, retryAfterMs: this.retryAfterMs };
  }
}

/**
 * An original that cannot be made into a message, now or later. It goes to quarantine, never to the bin.
 *
 * @param code stable code: `parse_failed` `parse_timeout` `too_large` `not_a_mail` …
 */
export class NormaliseError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options: { cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'NormaliseError';
  }
}
