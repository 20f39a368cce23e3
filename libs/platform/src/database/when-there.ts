import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../logging/logger.js';
import { isUnavailable } from './errors.js';

export interface Patience {
  logger: Pick<Logger, 'warn' | 'info'>;
  /** how long a database that does not answer is waited for */
  waitMs: number;
  /** ends the waiting */
  signal?: AbortSignal | undefined;
}

const pauseMs = 500;
/** The log says so this often while nothing else is to be told. */
const sayEveryMs = 10_000;

/**
 * Does what needs the database at start, again and again while it is only starting, recovering, busy or not up yet. What
 * waiting does not mend (a wrong password, no such database) fails at once.
 */
export async function whenThere<T>(work: () => Promise<T>, { logger, waitMs, signal }: Patience): Promise<T> {
  const began = Date.now();
  let said = { reason: '', at: 0 };
  for (;;) {
    signal?.throwIfAborted();
    try {
      const done = await work();
      if (said.at > 0) logger.info({ waitedMs: Date.now() - began }, 'the database answers');
      return done;
    } catch (error) {
      const now = Date.now();
      if (!isUnavailable(error) || now - began >= waitMs) throw error;
      const reason = reasonOf(error);
      if (reason !== said.reason || now - said.at >= sayEveryMs) {
        const givingUpInMs = began + waitMs - now;
        logger.warn({ reason, givingUpInMs }, 'the database does not answer yet, trying again');
        said = { reason, at: now };
      }
    }
    await sleep(pauseMs, undefined, { signal });
  }
}

/** One line, without the address, which may hold a password. */
export function reasonOf(error: unknown): string {
  // A name with several addresses, none of which answered.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}
