import type { Canonicalisation } from './dkim-canonical.js';
import { comparable } from './alignment.js';
import { readBase64, readList, readTags } from './tag-list.js';

/** rsa-sha1 is no proof any more (RFC 8301). */
export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256';

/** Why a signature proves nothing, whatever its key is. */
export type SignatureFlaw = 'syntax' | 'algorithm' | 'from_unsigned' | 'expired' | 'partial' | 'body';

/** What a DKIM-Signature field says (RFC 6376 §3.5). */
export interface SignatureTags {
  algorithm: DkimAlgorithm;
  domain: string;
  selector: string;
  headerMode: Canonicalisation;
  bodyMode: Canonicalisation;
  /** names of the signed fields, lower case, as often as they are signed */
  signedFields: string[];
  bodyHash: Buffer;
  /** bytes of the body that are signed; null = all */
  bodyLength: number | null;
  value: Buffer;
  /** i= names d= itself, not a domain below it */
  exactIdentity: boolean;
}

const hostName =
  /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
const time = /^\d{1,12}$/;

/** The signer's domain when it can be read at all; also of signatures that are broken otherwise. */
export function signerOf(field: string): string | null {
  const domain = comparable(readTags(field)?.get('d') ?? '');
  return hostName.test(domain) ? domain : null;
}

/** @param now milliseconds since the epoch */
export function readSignature(field: string, now: number): SignatureTags | SignatureFlaw {
  const tags = readTags(field);
  if (tags?.get('v') !== '1') return 'syntax';
  const algorithm = tags.get('a')?.toLowerCase();
  if (algorithm !== 'rsa-sha256' && algorithm !== 'ed25519-sha256') return 'algorithm';

  const domain = comparable(tags.get('d') ?? '');
  const selector = comparable(tags.get('s') ?? '');
  const [headerMode, bodyMode = 'simple', ...more] = (tags.get('c') ?? 'simple').toLowerCase().split('/');
  const signedFields = readList(tags.get('h') ?? '');
  const [bodyHash, value] = [readBase64(tags.get('bh')), readBase64(tags.get('b'))];
  const identity = comparable(tags.get('i') ?? domain);
  const [made, expires, bodyLength] = [tags.get('t'), tags.get('x'), tags.get('l')];
  if (
    !hostName.test(domain) ||
    !hostName.test(selector) ||
    !isMode(headerMode) ||
    !isMode(bodyMode) ||
    more.length > 0 ||
    signedFields.length > 500 ||
    bodyHash === null ||
    value === null ||
    value.length > 1024 ||
    (identity !== domain && !identity.endsWith(`.${domain}`)) ||
    !readList(tags.get('q') ?? 'dns/txt').includes('dns/txt') ||
    ![made ?? '0', expires ?? '0', bodyLength ?? '0'].every((number) => time.test(number)) ||
    (expires !== undefined && Number(expires) <= Number(made ?? 0))
  )
    return 'syntax';
  if (!signedFields.includes('from')) return 'from_unsigned';
  if (expires !== undefined && Number(expires) * 1000 < now) return 'expired';
  return {
    algorithm,
    domain,
    selector,
    headerMode,
    bodyMode,
    signedFields,
    bodyHash,
    bodyLength: bodyLength === undefined ? null : Number(bodyLength),
    value,
    exactIdentity: identity === domain,
  };
}

function isMode(mode: string | undefined): mode is Canonicalisation {
  return mode === 'simple' || mode === 'relaxed';
}
