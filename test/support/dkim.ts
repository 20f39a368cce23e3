import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { canonicalField, hashBody, type Canonicalisation } from '../../adapters/email/src/dkim-canonical.js';
import type { TxtResolver } from '../../adapters/email/src/txt-records.js';

/** A signer's key, and the record that makes it known. */
export interface DkimPair {
  privateKey: KeyObject;
  record: string;
}

export function rsaPair(bits = 2048): DkimPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return { privateKey, record: `v=DKIM1; k=rsa; p=${der.toString('base64')}` };
}

export function ed25519Pair(): DkimPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  return { privateKey, record: `v=DKIM1; k=ed25519; p=${raw.toString('base64')}` };
}

export interface Signing {
  domain: string;
  selector?: string;
  key: KeyObject;
  mode?: `${Canonicalisation}/${Canonicalisation}`;
  /** names of the signed fields */
  h?: string;
  /** further tags, or others in the place of the usual ones */
  tags?: Record<string, string>;
}

/**
 * Signs a mail (RFC 6376 §5). What is signed can be told to differ from what is said, as attackers would.
 *
 * @param mail head and body, lines ended by CRLF
 */
export function dkimSigned(mail: string, signing: Signing): string {
  const { domain, selector = 's1', key, mode = 'relaxed/relaxed', tags = {} } = signing;
  const { h = 'from:to:subject:date:message-id:reply-to' } = signing;
  const [headerMode, bodyMode] = mode.split('/') as [Canonicalisation, Canonicalisation];
  const end = mail.indexOf('\r\n\r\n');
  const fields = mail.slice(0, end + 2).match(/[^\r\n]+\r\n(?:[ \t][^\r\n]*\r\n)*/g) ?? [];
  const all: Record<string, string> = {
    v: '1',
    a: key.asymmetricKeyType === 'rsa' ? 'rsa-sha256' : 'ed25519-sha256',
    c: mode,
    d: domain,
    s: selector,
    h,
    bh: hashBody(Buffer.from(mail.slice(end + 4), 'latin1'), bodyMode).hash.toString('base64'),
    ...tags,
  };
  const list = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  const field = `DKIM-Signature: ${list.join(';\r\n ')};\r\n b=`;

  const left = [...fields];
  let signed = '';
  for (const name of (all['h'] ?? '').toLowerCase().split(':')) {
    const at = left.findLastIndex((line) => line.toLowerCase().startsWith(`${name.trim()}:`));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found !== undefined) signed += `${canonicalField(found, headerMode)}\r\n`;
  }
  const bytes = Buffer.from(signed + canonicalField(field, headerMode), 'latin1');
  const value =
    key.asymmetricKeyType === 'rsa'
      ? sign('sha256', bytes, key)
      : sign(null, createHash('sha256').update(bytes).digest(), key);
  return `${field}${value.toString('base64')}\r\n${mail}`;
}

/** DNS as told. Names that it does not hold do not exist; a value that is an error code is thrown. */
export function zone(records: Record<string, string | { code: string }>): TxtResolver & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolveTxt(name) {
      asked.push(name);
      const record = records[name] ?? { code: 'ENOTFOUND' };
      if (typeof record === 'string') return Promise.resolve([record.match(/[^]{1,255}/g) ?? ['']]);
      return Promise.reject(Object.assign(new Error(record.code), record));
    },
  };
}
