import { createHmac, timingSafeEqual } from 'node:crypto';
import type { BlobRef } from '@loket/contracts/primitives.js';

/** Enough of the hash to tell one picture from another in an address. */
const versionLength = 16;

/** For people who have signed in. The address is another one once the picture is. */
export function picturePath(agentId: string, picture: BlobRef | null): string | null {
  return picture && `/api/v1/agents/${agentId}/picture?v=${pictureVersion(picture)}`;
}

export function pictureVersion({ sha256 }: BlobRef): string {
  return sha256.slice(0, versionLength);
}

/**
 * For visitors: opens this picture without a session or a token, as long as somebody has it. It does not lapse, so that
 * browsers may keep what they have loaded, and says nothing of whose it is.
 */
export function signedPicturePath(secret: string, sha256: string | null): string | null {
  return sha256 && `/api/v1/visitor-pictures/${sha256}/${signature(secret, sha256)}`;
}

export function mayOpenPicture(secret: string, sha256: string, given: string): boolean {
  const expected = Buffer.from(signature(secret, sha256));
  const bytes = Buffer.from(given);
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

function signature(secret: string, sha256: string): string {
  return createHmac('sha256', secret).update(`visitor-picture:${sha256}`).digest('base64url').slice(0, 32);
}
