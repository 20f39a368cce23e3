import './node-version.mjs';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capture, fail, nodeBin, readDotEnv, root, run, tsc } from './shell.mjs';
import { setup } from './setup.mjs';

const usage = `Usage: node tools/db.mjs migrate           bring the database up to date
       node tools/db.mjs generate <name>   write a migration for what the entities say and the migrations do not
       node tools/db.mjs check             fail when there is such a difference`;

setup();
if (run([...tsc, '-b', 'libs/core']) !== 0) fail('libs/core does not compile; see above.');
readDotEnv();
const { DataSource } = await import('typeorm');
const { readEnv } = await import('../libs/platform/dist/env.js');
const { startPostgres } = await import('../libs/platform/dist/postgres/launcher.js');
const { dataSourceOptions } = await import('../libs/platform/dist/database/data-source.js');
const { entities } = await import('../libs/core/dist/entities.js');
const { migrations } = await import('../libs/core/dist/migrations/index.js');

const [command, name] = process.argv.slice(2);
if (command === 'migrate') await migrate();
else if (command === 'generate' && /^[a-z][a-z0-9-]*$/.test(name ?? '')) await generate(name);
else if (command === 'check') await check();
else fail(usage, 2);

async function migrate() {
  const env = readEnv();
  const postgres = env.DATABASE_URL
    ? null
    : await startPostgres({ dir: join(env.LOKET_DATA_DIR, 'postgres') });
  try {
    const done = await withSource(env.DATABASE_URL ?? postgres.url, (source) => source.runMigrations());
    for (const migration of done) console.log(`ran ${migration.name}`);
    if (done.length === 0) console.log('The database is up to date.');
  } finally {
    await postgres?.stop();
  }
}

async function check() {
  const { up } = await difference();
  if (up.length > 0) {
    fail(
      `The entities say more than the migrations do. Run "npm run db:generate <name>", read what it wrote, commit it.\n${up.join('\n')}`,
    );
  }
  console.log(`${migrations.length} migrations, in step with ${entities.length} entities.`);
}

async function generate(slug) {
  const { up, down } = await difference();
  if (up.length === 0) return console.log('Nothing to do: the migrations say what the entities say.');
  // They run in the order of these numbers, whatever this machine's clock says.
  const last = Math.max(...migrations.map((migration) => Number(/\d+$/.exec(migration.name)?.[0] ?? 0)));
  const stamp = String(Math.max(Date.now(), last + 1));
  const pascal = slug.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
  const folder = join(root, 'libs/core/src/migrations');
  const file = join(folder, `${stamp}-${slug}.ts`);
  const statements = (list) =>
    list.map((sql) => `await queryRunner.query(${JSON.stringify(sql)});`).join('\n');
  writeFileSync(
    file,
    `import type { MigrationInterface, QueryRunner } from 'typeorm';
export class ${pascal}${stamp} implements MigrationInterface {
  readonly name = '${pascal}${stamp}';
  async up(queryRunner: QueryRunner): Promise<void> {\n${statements(up)}\n}
  async down(queryRunner: QueryRunner): Promise<void> {\n${statements(down)}\n}
}`,
  );
  const index = join(folder, 'index.ts');
  const text = readFileSync(index, 'utf8')
    .replace(
      /^(import [^]*?;\n)(?!import)/m,
      `$1import { ${pascal}${stamp} } from './${stamp}-${slug}.js';\n`,
    )
    .replace(/(migrations = \[[^\]]*?),?\s*\]/, `$1, ${pascal}${stamp}]`);
  writeFileSync(index, text);
  capture([...nodeBin('prettier/bin/prettier.cjs'), '--write', file, index]);
  console.log(`Wrote ${file}. Read it, edit it, run the tests.`);
}

/** What TypeORM would change on a database that has every migration, on a cluster made for the moment. */
async function difference() {
  const dir = mkdtempSync(join(tmpdir(), 'loket-db-'));
  const postgres = await startPostgres({ dir, settings: { fsync: false, shared_buffers: '32MB' } });
  try {
    return await withSource(postgres.url, async (source) => {
      await source.runMigrations();
      const { upQueries, downQueries } = await source.driver.createSchemaBuilder().log();
      return { up: upQueries.map((q) => q.query), down: downQueries.map((q) => q.query).reverse() };
    });
  } finally {
    await postgres.stop('immediate');
    rmSync(dir, { recursive: true, force: true });
  }
}

async function withSource(url, work) {
  const source = new DataSource(dataSourceOptions({ url, entities, migrations, poolSize: 1, patient: true }));
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
