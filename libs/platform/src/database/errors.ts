import { AppError } from '@loket/contracts/errors.js';

/** The fields of a PostgreSQL error that callers may look at. */
interface DatabaseError {
  code?: string;
  constraint?: string;
  driverError?: DatabaseError;
  message?: string;
}

function driverError(error: unknown): DatabaseError {
  const e = (error ?? {}) as DatabaseError;
  return e.driverError ?? e;
}

/** The unique constraint that was broken (SQLSTATE 23505), or null. */
export function uniqueViolation(error: unknown): string | null {
  const e = driverError(error);
  return e.code === '23505' ? (e.constraint ?? '') : null;
}

/** Deadlock or serialisation failure: trying the same again is right. */
export function isRetryable(error: unknown): boolean {
  const code = driverError(error).code ?? '';
  return code === '40P01' || code === '40001' || code === '55P03';
}

/** A value that its column cannot hold: out of range, not a number, a NUL in a text (SQLSTATE class 22). */
export function isDataException(error: unknown): boolean {
  return /^22[0-9A-Z]{3}$/.test(driverError(error).code ?? '');
}

/**
 * The database cannot serve now: gone, starting, shutting down, too slow, out of connections, memory or disk. Not the fault of
 * what was being written, so it is tried again later and never quarantined.
 */
export function isUnavailable(error: unknown): boolean {
  const e = driverError(error);
  const code = e.code ?? '';
  if (/^(08|53|57P|57014|58)/.test(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN'].includes(code))
    return true;
  return /Connection terminated|timeout exceeded when trying to connect|timeout expired|not currently accepting connections|Query read timeout|Client has encountered a connection error|not queryable|Cannot use a pool after|DataSource is not initialized|Driver not Connected/i.test(
    e.message ?? '',
  );
}

/** Wraps what means "not now" as `unavailable` `database_unavailable`; everything else passes untouched. */
export function asAvailability(error: unknown): unknown {
  return isUnavailable(error)
    ? new AppError('unavailable', 'database_unavailable', 'the database cannot be reached', { cause: error })
    : error;
}
