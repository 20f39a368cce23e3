import { resolve } from 'node:path';
import { z } from 'zod';

const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((v) => (v === '' ? undefined : v), schema.optional());
const optionalUrl = optional(z.url());

/** Everything that the environment may say (DESIGN §9). `.env.example` is kept in step by a test. */
export const envSchema = z.object({
  /** HTTP port of the server */
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** address to listen on; 127.0.0.1 keeps it on this machine */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** where PostgreSQL, attachments and the generated secret live */
  LOKET_DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .transform((dir) => resolve(dir)),
  /** an existing PostgreSQL (15 or newer) instead of our own */
  DATABASE_URL: optionalUrl,
  /** seconds that a database which does not answer yet is waited for at start */
  LOKET_DATABASE_WAIT: z.coerce.number().int().min(0).max(3_600).default(60),
  /** jobs on Redis instead of PostgreSQL */
  REDIS_URL: optionalUrl,
  /** adapters in other processes, over NATS */
  NATS_URL: optionalUrl,
  /** first admin, created when there is none; without it, /setup in the browser does */
  LOKET_ADMIN_EMAIL: z.preprocess((v) => (v === '' ? undefined : v), z.email().optional()),
  LOKET_ADMIN_PASSWORD: z.preprocess((v) => (v === '' ? undefined : v), z.string().min(10).optional()),
  /** signs case tokens and encrypts channel passwords; generated into the data dir when unset */
  LOKET_SECRET: z.preprocess((v) => (v === '' ? undefined : v), z.string().min(32).optional()),
  /** address of the console as people reach it, e.g. behind a proxy; decides secure cookies and allowed origins */
  LOKET_PUBLIC_URL: optionalUrl,
  /** the proxy in front of us may be believed about client addresses */
  LOKET_TRUST_PROXY: z.preprocess((v) => v === 'true' || v === '1' || v === true, z.boolean()).default(false),
  /** where Meta's Graph API answers; tests put a stand-in there */
  WHATSAPP_GRAPH_URL: z.preprocess(
    (v) => (v === '' ? undefined : v),
    z.url().default('https://graph.facebook.com'),
  ),
  /** Chromium or Chrome for linked phones; looked for in the usual places when unset */
  CHROMIUM_PATH: z.preprocess((v) => (v === '' ? undefined : v), z.string().optional()),
  /** phones that may be linked at a time; each takes up to 1 GB of memory */
  WHATSAPP_MAX_SESSIONS: z.coerce.number().int().min(0).max(1_000).default(10),
  /** folders whose call logs (Master.csv) may be followed, separated by colons; no admin of Loket can name another */
  PHONE_LOG_DIRS: z
    .string()
    .default('/var/log/asterisk')
    .transform((dirs) => dirs.split(':').filter((dir) => dir !== '')),
  /** VAPID keys, base64url, and who answers for them (`mailto:` or an https address); without all three nothing is pushed */
  LOKET_PUSH_PUBLIC_KEY: optional(z.string().regex(/^[\w-]{87}$/, 'not a VAPID public key')),
  LOKET_PUSH_PRIVATE_KEY: optional(z.string().regex(/^[\w-]{43}$/, 'not a VAPID private key')),
  LOKET_PUSH_SUBJECT: optional(z.string().regex(/^(mailto:.+@.+|https:\/\/.+)$/, 'mailto: or https:')),
  /** services of browser makers that may be pushed to, separated by commas; `.` before a name: whatever ends with it */
  LOKET_PUSH_HOSTS: z
    .string()
    .default('fcm.googleapis.com,.push.services.mozilla.com,.push.apple.com,.notify.windows.com')
    .transform((hosts) => hosts.split(',').filter((host) => host !== '')),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
});
export type Env = z.infer<typeof envSchema>;

/** The environment once the process has seen to what was left unset: the database and the secret. */
export type ResolvedEnv = Env & { DATABASE_URL: string; LOKET_SECRET: string };

/** Nest injection token of the {@link ResolvedEnv}. */
export const ENV = Symbol('env');

/**
 * Reads and validates the environment; the only place that touches `process.env`.
 * @throws Error with one line per wrong variable
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const result = envSchema.safeParse(source);
  if (result.success) return result.data;
  const lines = result.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`);
  throw new Error(`The environment is not usable:\n${lines.join('\n')}`);
}
