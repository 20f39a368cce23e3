import 'reflect-metadata';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { entities } from '@loket/core/entities.js';
import { migrations } from '@loket/core/migrations/index.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { startPostgres } from '@loket/platform/postgres/launcher.js';
import { Desk } from './desk.mjs';

/** A throw-away PostgreSQL whose desks are copies of one migrated database. */
export async function openHouse(dir) {
  // Nothing here has to outlive the run.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), settings });
  await administer('CREATE DATABASE evaluation');
  const source = await new DataSource(
    dataSourceOptions({ url: postgres.urlFor('evaluation'), entities, migrations }),
  ).initialize();
  await source.runMigrations();
  await source.destroy();
  let desks = 0;

  async function administer(sql) {
    const client = new pg.Client({ connectionString: postgres.urlFor('postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }

  return {
    newDesk: async () => {
      const name = `desk_${++desks}`;
      await administer(`CREATE DATABASE ${name} TEMPLATE evaluation`);
      return Desk.open(postgres.urlFor(name), dir);
    },
    close: () => postgres.stop('immediate'),
  };
}
