import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '@loket/core/entities.js';
import { migrations } from '@loket/core/migrations/index.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { type Patience, reasonOf, whenThere } from '@loket/platform/database/when-there.js';
import type { Logger } from '@loket/platform/logging/logger.js';
import { SayToPerson } from './say.js';

/**
 * Brings the schema up to date; the queue sees to its own. Several processes may start at once: one migrates, the others
 * wait for it.
 * @throws SayToPerson when the database cannot be reached, or does not let us in
 */
export async function migrate(url: string, logger: Logger, patience: Patience): Promise<void> {
  const client = await connect(url, patience);
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended('loket.migrate', 0))`);
    const options = dataSourceOptions({ url, entities, migrations, poolSize: 1, patient: true });
    const source = await whenThere(() => new DataSource(options).initialize(), patience);
    try {
      const done = await source.runMigrations({ transaction: 'each' });
      if (done.length > 0) logger.info({ migrations: done.map(({ name }) => name) }, 'database migrated');
    } finally {
      await source.destroy();
    }
  } finally {
    await client.end();
  }
}

/**
 * Keeps a second process from working on the same data folder. The lock lives as long as the connection, so a process that
 * was killed leaves nothing behind.
 * @returns gives the lock back
 * @throws SayToPerson when another process has it
 */
export async function lockInstance(
  url: string,
  dataDir: string,
  logger: Logger,
  patience: Patience,
): Promise<() => Promise<void>> {
  const take = async (): Promise<pg.Client> => {
    const client = await connect(url, patience);
    // The connection of a process that was just killed may take a moment to go.
    for (const end = Date.now() + 2_000; ; await sleep(50)) {
      const { rows } = await client.query<{ got: boolean }>(
        `SELECT pg_try_advisory_lock(hashtextextended('loket.instance', 0)) AS got`,
      );
      if (rows[0]?.got) return client;
      if (Date.now() > end) break;
    }
    await client.end();
    throw new SayToPerson(
      `Loket sudah berjalan dengan folder data ${dataDir}. Hentikan dulu, atau pakai LOKET_DATA_DIR yang lain.`,
      `Loket is already running on the data folder ${dataDir}. Stop it first, or set another LOKET_DATA_DIR.`,
    );
  };

  let held = await take();
  let stopped = false;
  const watch = (client: pg.Client): void => {
    // The database went away and with it the lock, which is taken again as soon as it is back.
    client.once('error', () => {
      if (!stopped) void retake();
    });
  };
  const retake = async (): Promise<void> => {
    while (!stopped) {
      try {
        held = await take();
        watch(held);
        return;
      } catch (err) {
        logger.warn({ err }, 'the lock on the data folder could not be taken again yet');
        await sleep(1_000, undefined, { ref: false });
      }
    }
  };
  watch(held);
  return async () => {
    stopped = true;
    await held.end().catch(() => undefined);
  };
}

async function connect(url: string, patience: Patience): Promise<pg.Client> {
  try {
    return await whenThere(() => open(url), patience);
  } catch (cause) {
    if (patience.signal?.aborted) throw cause;
    throw toSay(cause, url);
  }
}

async function open(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A dying server is told of twice, first in words, then by the connection; without a listener that ends the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function toSay(cause: unknown, url: string): SayToPerson {
  const { code = '' } = cause as { code?: string };
  if (code.startsWith('28'))
    return new SayToPerson(
      'PostgreSQL menolak nama pengguna atau kata sandi. Periksa DATABASE_URL.',
      'PostgreSQL refuses the user name or the password. Check DATABASE_URL.',
      { cause },
    );
  if (code === '3D000') {
    const name = decodeURIComponent(new URL(url).pathname.slice(1));
    return new SayToPerson(
      `Server PostgreSQL tidak memiliki basis data "${name}". Buat dulu, atau perbaiki DATABASE_URL.`,
      `The PostgreSQL server has no database "${name}". Create it, or correct DATABASE_URL.`,
      { cause },
    );
  }
  return new SayToPerson(
    `Basis data tidak dapat dihubungi: ${reasonOf(cause)}. Periksa DATABASE_URL.`,
    `The database cannot be reached: ${reasonOf(cause)}. Check DATABASE_URL.`,
    { cause },
  );
}
