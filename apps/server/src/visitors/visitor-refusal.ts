import { AppError } from '@loket/contracts/errors.js';
import { visitorErrors, type VisitorErrorCode } from '@loket/contracts/visitor-limits.js';
import type { VisitorRefusal } from '@loket/contracts/visitors.js';

const pauseMs = 2_000;

/** A failure in the few words that visitors' browsers know. What is our own fault is `unavailable`: come again. */
export function asRefusal(error: unknown): VisitorRefusal {
  if (!(error instanceof AppError)) return { ok: false, code: 'unavailable', retryAfter: pauseMs };
  const code: VisitorErrorCode = Object.hasOwn(visitorErrors, error.code)
    ? (error.code as VisitorErrorCode)
    : error.kind === 'unavailable' || error.kind === 'internal'
      ? 'unavailable'
      : 'invalid';
  const seconds = (error.data as { retryAfterSeconds?: number } | undefined)?.retryAfterSeconds;
  const wait = code === 'rate_limited' ? (seconds ?? 1) * 1000 : pauseMs;
  return { ok: false, code, ...(visitorErrors[code].retry ? { retryAfter: Math.min(wait, 3_600_000) } : {}) };
}
