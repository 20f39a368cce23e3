import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@loket/contracts/errors.js';

/** Settings, in whatever section they stand, that are never shown again. */
const secretKeys: readonly string[] = ['password', 'accessToken', 'appSecret', 'verifyToken', 'secret'];
/** Whoever may change these could have a stored secret sent to a server of his own, or over an open line. */
const addressKeys: readonly string[] = ['host', 'port', 'security', 'allowInvalidCertificate'];

type Section = Record<string, unknown>;
type Config = Record<string, unknown>;
/** by path: `imap.password` */
export type Secrets = Record<string, string>;

/** Parts a config into what may be shown and what may not. An empty secret is no secret. */
export function splitSecrets(config: Config): { open: Config; secrets: Secrets } {
  const open: Config = {};
  const secrets: Secrets = {};
  for (const [name, value] of Object.entries(config)) {
    if (!isSection(value)) {
      open[name] = value;
      continue;
    }
    const section: Section = { ...value };
    for (const key of secretKeys) {
      const secret = section[key];
      if (typeof secret === 'string' && secret !== '') secrets[`${name}.${key}`] = secret;
      delete section[key];
    }
    open[name] = section;
  }
  return { open, secrets };
}

/** The config as the adapter needs it. */
export function joinSecrets(open: Config, secrets: Secrets): Config {
  return mapSections(open, (section, name) => {
    const joined: Section = { ...section };
    for (const key of secretKeys) {
      const secret = secrets[`${name}.${key}`];
      if (secret !== undefined) joined[key] = secret;
    }
    return joined;
  });
}

/** The config as admins see it: `hasPassword` in place of each password, `hasAppSecret` … likewise. */
export function maskSecrets(open: Config, secretPaths: readonly string[]): Config {
  return mapSections(open, (section, name) => {
    const masked: Section = { ...section };
    for (const key of secretKeys) if (secretPaths.includes(`${name}.${key}`)) masked[maskOf(key)] = true;
    return masked;
  });
}

/** Undoes `maskSecrets` on a config that a client sends back as he got it. */
export function unmask(config: Config): Config {
  return mapSections(config, (section) => {
    const plain: Section = { ...section };
    for (const key of secretKeys) delete plain[maskOf(key)];
    return plain;
  });
}

/**
 * Fills secrets that a new config leaves out with the stored ones, where they would go to the same server as before.
 *
 * @param next the new config, validated, as sent: an empty text takes the stored secret away
 * @throws AppError invalid `password_required` when a section now leads somewhere else
 */
export function keepSecrets(next: Config, before: { open: Config; secrets: Secrets }): Config {
  const missing: string[] = [];
  const kept = mapSections(next, (section, name) => {
    const filled: Section = { ...section };
    for (const key of secretKeys) {
      const path = `${name}.${key}`;
      const stored = before.secrets[path];
      if (stored === undefined || section[key] !== undefined) continue;
      const old = before.open[name];
      if (isSection(old) && addressKeys.every((k) => old[k] === section[k])) filled[key] = stored;
      else missing.push(path);
    }
    return filled;
  });
  if (missing.length > 0) {
    throw new AppError(
      'invalid',
      'password_required',
      'the server changed, so its password has to be given again',
      {
        data: { issues: missing.map((path) => ({ path: `config.${path}`, message: 'required' })) },
      },
    );
  }
  return kept;
}

/** Seals and opens secrets with AES-256-GCM under a key derived from LOKET_SECRET. */
export class SecretBox {
  private readonly key: Buffer;

  /** @param purpose each has a key of its own, so that what was sealed for one opens for no other */
  constructor(secret: string, purpose = 'channel secrets v1') {
    this.key = Buffer.from(hkdfSync('sha256', secret, 'loket', purpose, 32));
  }

  /** @param channelId bound into the seal, so that sealed secrets cannot be moved to another channel */
  seal(secrets: Secrets, channelId: string): string | null {
    if (Object.keys(secrets).length === 0) return null;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(channelId));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws AppError unprocessable `channel_secrets_unreadable` when LOKET_SECRET is another one than it was */
  open(sealed: string | null, channelId: string): Secrets {
    if (sealed === null) return {};
    try {
      const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12))
        .setAAD(Buffer.from(channelId))
        .setAuthTag(bytes.subarray(12, 28));
      const json = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      return JSON.parse(json) as Secrets;
    } catch (cause) {
      throw new AppError(
        'unprocessable',
        'channel_secrets_unreadable',
        'the stored passwords cannot be opened: LOKET_SECRET has changed; give them again',
        { cause },
      );
    }
  }
}

/** `password` → `hasPassword` */
function maskOf(key: string): string {
  return `has${key.charAt(0).toUpperCase()}${key.slice(1)}`;
}

function mapSections(config: Config, change: (section: Section, name: string) => Section): Config {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, isSection(value) ? change(value, name) : value]),
  );
}

function isSection(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
