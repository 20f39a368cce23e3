import { Secret, TOTP } from 'otpauth';

/** Seconds that a code holds; what every authenticator app takes for granted (RFC 6238 §5.2). */
const period = 30;
/** Clocks of phones go wrong, and people type: one step to either side. */
const window = 1;

/** 160 random bits, as RFC 4226 §4 asks for, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What a QR code holds: the key URI that authenticator apps read. */
export function totpUri(secret: string, account: string): string {
  return new TOTP({ issuer: 'Loket', label: account, secret }).toString();
}

/**
 * The time step that a code belongs to, in constant time for each step. Whoever accepts it must remember the step and
 * never again take it, nor an earlier one (RFC 6238 §5.2).
 *
 * @returns null when the code is of none of the steps that count now
 */
export function totpStep(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const timestamp = at.getTime();
  const delta = new TOTP({ secret }).validate({ token: code, timestamp, window });
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}
