import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, so a fast hash is all that storing them needs: there is nothing to guess. */
export function newBearerSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored in place of a secret. */
export function hashBearerSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
