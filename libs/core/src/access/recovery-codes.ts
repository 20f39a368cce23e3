import { randomInt } from 'node:crypto';
import { hashBearerSecret } from './bearer-secret.js';

export const recoveryCodeCount = 10;
/** Crockford's base32: no letter that is easily taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten codes of 80 random bits, in groups of four that can be read out and typed. */
export function newRecoveryCodes(): string[] {
  const letter = (): string => alphabet[randomInt(alphabet.length)]!;
  const group = (): string => Array.from({ length: 4 }, letter).join('');
  return Array.from({ length: recoveryCodeCount }, () => Array.from({ length: 4 }, group).join('-'));
}

/** What is stored in place of a code, however it was typed. Too much to guess, so a fast hash does. */
export function hashRecoveryCode(typed: string): string {
  const plain = typed
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return hashBearerSecret(`recovery ${plain}`);
}
