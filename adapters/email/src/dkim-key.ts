import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { SignatureToCheck } from './dkim-inspect.js';
import type { DkimAlgorithm } from './dkim-signature.js';
import { readBase64, readList, readTags } from './tag-list.js';

/** Why the signer's key cannot be used. */
export type KeyFlaw = 'no_key' | 'revoked' | 'bad_key' | 'weak_key' | 'test_key';

interface DkimKey {
  key: KeyObject;
  /** t=s: signatures may not speak for domains below */
  exactIdentity: boolean;
}

/** SubjectPublicKeyInfo up to the 32 bytes of an Ed25519 key (RFC 8410). */
const ed25519Prefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Checks a signature whose body and header have been gathered against the records at the signer's selector. */
export function checkSignature(
  { algorithm, exactIdentity, signed, value }: SignatureToCheck,
  records: readonly string[],
): KeyFlaw | 'signature' | 'pass' {
  const key = readKey(records, algorithm);
  if (typeof key === 'string') return key;
  if (key.exactIdentity && !exactIdentity) return 'signature';
  try {
    const good =
      algorithm === 'rsa-sha256'
        ? verify('sha256', signed, key.key, value)
        : // Ed25519 signs the hash (RFC 8463 §3).
          verify(null, createHash('sha256').update(signed).digest(), key.key, value);
    return good ? 'pass' : 'signature';
  } catch {
    // A key that can be read may still be none: its owner is whoever wrote the mail.
    return 'bad_key';
  }
}

/** RFC 6376 §3.6.1. Of several records, which no signer should have, the first that reads as a key counts. */
function readKey(records: readonly string[], algorithm: DkimAlgorithm): DkimKey | KeyFlaw {
  for (const record of records.slice(0, 5)) {
    const tags = readTags(record);
    const value = tags?.get('p');
    if (!tags || value === undefined || (tags.get('v') ?? 'DKIM1') !== 'DKIM1') continue;
    if (value === '') return 'revoked';
    const type = algorithm === 'rsa-sha256' ? 'rsa' : 'ed25519';
    const services = readList(tags.get('s') ?? '*');
    if (
      (tags.get('k') ?? 'rsa').toLowerCase() !== type ||
      !readList(tags.get('h') ?? 'sha256').includes('sha256') ||
      !(services.includes('*') || services.includes('email'))
    )
      return 'bad_key';
    const flags = readList(tags.get('t') ?? '');
    // To be treated as if there were no signature (RFC 6376 §3.6.1).
    if (flags.includes('y')) return 'test_key';
    const key = type === 'rsa' ? rsaKey(value) : ed25519Key(value);
    return typeof key === 'string' ? key : { key, exactIdentity: flags.includes('s') };
  }
  return 'no_key';
}

function rsaKey(value: string): KeyObject | KeyFlaw {
  const der = readBase64(value);
  if (der === null || der.length > 1_000) return 'bad_key';
  const key = open(der, 'spki') ?? open(der, 'pkcs1');
  if (key?.asymmetricKeyType !== 'rsa') return 'bad_key';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  // RFC 8301 §3.2: 1024 to 4096 bits.
  if (bits > 4096) return 'bad_key';
  return bits < 1024 ? 'weak_key' : key;
}

function ed25519Key(value: string): KeyObject | KeyFlaw {
  const raw = readBase64(value);
  if (raw?.length !== 32) return 'bad_key';
  return open(Buffer.concat([ed25519Prefix, raw]), 'spki') ?? 'bad_key';
}

function open(der: Buffer, type: 'spki' | 'pkcs1'): KeyObject | null {
  try {
    return createPublicKey({ key: der, format: 'der', type });
  } catch {
    return null;
  }
}
