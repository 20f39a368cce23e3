import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@loket/contracts/errors.js';
import { isRetryable } from '@loket/platform/database/errors.js';

/** What was locked is no longer what there is: begin anew, on the state that the other one left. */
export class MovedMeanwhile extends Error {
  override readonly name = 'MovedMeanwhile';
}

const maxTries = 8;

/**
 * Does a transaction again that lost a race: a deadlock with somebody who locks in no order (a sweep over many messages),
 * or a shape that changed before it was locked.
 *
 * @throws AppError `unavailable` `desk_busy` when it keeps losing
 */
export async function untilHeld<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!(isRetryable(error) || error instanceof MovedMeanwhile)) throw error;
      if (tries === maxTries) {
        throw new AppError('unavailable', 'desk_busy', 'too much is being moved here at once; try again', {
          cause: error,
        });
      }
      // At different moments, or the same two would meet again.
      await sleep(Math.random() * 20 * tries);
    }
  }
}
