import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@loket/contracts/errors.js';

/** OWASP's first choice for argon2id: 19 MiB, two passes. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing runs on the threads that also read and write files, so guessers may never hold more than half of them. */
const maxAtOnce = 2;
const maxWaiting = 64;

let running = 0;
const waiting: (() => void)[] = [];
let decoy: Promise<string> | undefined;

/** argon2id, in PHC format. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

/**
 * @param stored null when there is no such person; takes as long as a wrong password, so that time does not tell
 * @throws AppError rate_limited `sign_in_busy` when too many are waiting already
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hash('nobody has this password', cost);
  const against = stored ?? (await decoy);
  const matches = await inTurn(() => verify(against, password));
  return matches && stored !== null;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) {
    if (waiting.length >= maxWaiting) {
      throw new AppError('rate_limited', 'sign_in_busy', 'too many people are signing in at this moment', {
        data: { retryAfterSeconds: 5 },
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
