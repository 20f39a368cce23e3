import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entities } from '@loket/core/entities.js';
import { migrations } from '@loket/core/migrations/index.js';
import { dataSourceOptions } from '@loket/platform/database/data-source.js';
import { DataSource } from 'typeorm';
import { emptyDatabase, freshDatabase, type TestDatabase } from './support/database.js';

const open = async (url: string): Promise<DataSource> =>
  new DataSource(dataSourceOptions({ url, entities, migrations, poolSize: 2 })).initialize();

describe('the schema', () => {
  let empty: TestDatabase;
  let clone: TestDatabase;
  beforeAll(async () => {
    [empty, clone] = await Promise.all([emptyDatabase(), freshDatabase()]);
  });
  afterAll(() => Promise.all([empty.drop(), clone.drop()]));

  it('is built by the migrations alone, and generating again finds nothing', async () => {
    const source = await open(empty.url);
    try {
      expect(await source.runMigrations()).toHaveLength(migrations.length);
      const { upQueries } = await source.driver.createSchemaBuilder().log();
      expect(upQueries.map((q) => q.query)).toEqual([]);
      expect(await source.runMigrations()).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('can be undone down to nothing', async () => {
    const source = await open(empty.url);
    try {
      for (const _ of migrations) await source.undoLastMigration();
      const left = await source.query<unknown[]>(
        `select relname from pg_class c join pg_namespace n on n.oid = relnamespace
         where nspname = 'public' and relkind in ('r', 'v', 'm', 'S') and relname not like 'migrations%'`,
      );
      expect(left).toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('stands complete in every test database', async () => {
    const source = await open(clone.url);
    try {
      expect(await source.showMigrations()).toBe(false);
    } finally {
      await source.destroy();
    }
  });
});
