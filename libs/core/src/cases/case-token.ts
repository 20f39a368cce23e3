import { createHmac, timingSafeEqual } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const shape = /^lk([0-9a-z]{1,13})-([a-z2-7]{16})$/;

/**
 * A name for a case that only we can make: `lk` + number in base 36 + `-` + 80 bits of HMAC-SHA256 in base 32. It goes
 * out in Message-IDs and plus-addresses and comes back with answers. Lower case throughout, since mail servers fold
 * the case of addresses. It proves that the writer once had a message of ours, not who he is: core also asks whether
 * the sender takes part in the case.
 */
export function mintCaseToken(secret: string, caseNumber: number): string {
  const name = caseNumber.toString(36);
  return `lk${name}-${signature(secret, name)}`;
}

/** @returns the number of the case, or null when the token is not ours */
export function readCaseToken(secret: string, token: string): number | null {
  const [, name, given] = shape.exec(token.toLowerCase()) ?? [];
  if (name === undefined || given === undefined) return null;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(signature(secret, name)))) return null;
  const number = Number.parseInt(name, 36);
  return Number.isSafeInteger(number) ? number : null;
}

function signature(secret: string, name: string): string {
  const bytes = createHmac('sha256', secret).update(`case-token:${name}`).digest();
  return Array.from({ length: 16 }, (_, i) => alphabet[(bytes[i] ?? 0) & 31]).join('');
}
