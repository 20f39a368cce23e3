import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { casePageSchema } from '@loket/contracts/cases.js';
import { type Postgres, startPostgres } from '@loket/platform/postgres/launcher.js';
import { ApiClient } from './support/client.js';
import { freePort } from './support/dovecot.js';
import { mail } from './support/mail.js';
import { databasePid, startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** One data folder lives through all of it, as on somebody's machine. */
describe('a machine with only Node', () => {
  const folder = mkdtemp(join(tmpdir(), 'loket-restart-'));
  let server: TestServer | undefined;

  const start = async (): Promise<{ server: TestServer; admin: ApiClient }> => {
    server = await startServer({ dataDir: await folder, program: 'tools/start.mjs' });
    const admin = new ApiClient(server.url);
    await admin.signIn(server.adminEmail, server.adminPassword);
    return { server, admin };
  };
  const subjects = async (admin: ApiClient): Promise<string[]> =>
    (await admin.get('/cases?view=all', casePageSchema)).items.map((item) => item.subject).sort();
  const write = async (admin: ApiClient, subject: string): Promise<void> => {
    const { items } = (await (await admin.send('GET', '/channels', {})).json()) as {
      items: { id: string }[];
    };
    const channel = items[0] ?? (await admin.createChannel({ kind: 'email', name: 'Bantuan', config: {} }));
    const from = `${subject.toLowerCase()}@customer.example`;
    expect(await admin.ingestRaw(channel.id, mail({ subject, from }))).toMatchObject({ status: 'accepted' });
  };

  afterEach(() => server?.stop());
  afterAll(async () => rm(await folder, { recursive: true, force: true }));

  it('starts with nothing, and Ctrl-C ends server and database', async () => {
    const { server, admin } = await start();
    await write(admin, 'First');
    expect(databasePid(server.dataDir)).not.toBeNull();
    expect(await server.kill('SIGINT')).toBe(0);
    expect(databasePid(server.dataDir)).toBeNull();
    expect(server.log()).not.toContain(server.adminPassword);
  });

  it('starts again with its data, without installing or building again', async () => {
    const built = (await stat('apps/console/dist/index.html')).mtimeMs;
    const { server, admin } = await start();
    expect(await subjects(admin)).toEqual(['First']);
    expect(server.log()).not.toContain('Installing');
    expect((await stat('apps/console/dist/index.html')).mtimeMs).toBe(built);
    await write(admin, 'Second');
    await server.kill('SIGKILL');
  });

  it('recovers from kill -9 of the server', async () => {
    const { server, admin } = await start();
    expect(await subjects(admin)).toEqual(['First', 'Second']);
    await write(admin, 'Third');
    const database = databasePid(server.dataDir) ?? 0;
    await server.kill('SIGKILL');
    process.kill(database, 'SIGKILL');
  });

  it('recovers from kill -9 of server and database', async () => {
    const { server, admin } = await start();
    expect(await subjects(admin)).toEqual(['First', 'Second', 'Third']);
    expect(await server.kill('SIGTERM')).toBe(0);
    expect(databasePid(server.dataDir)).toBeNull();
  });

  it('serves again by itself when only the database was killed', async () => {
    const { server, admin } = await start();
    process.kill(databasePid(server.dataDir) ?? 0, 'SIGKILL');
    let answer: string[] = [];
    for (const end = Date.now() + 30_000; Date.now() < end && answer.length === 0;) {
      answer = await subjects(admin).catch(() => new Promise((resolve) => setTimeout(resolve, 100, [])));
    }
    expect(answer).toEqual(['First', 'Second', 'Third']);
  });
});

describe('a database of one’s own', () => {
  let folder: string;
  let postgres: Postgres | undefined;
  let server: TestServer | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loket-late-'));
  });
  afterEach(async () => {
    await server?.stop();
    await postgres?.stop('immediate');
    server = postgres = undefined;
    await rm(folder, { recursive: true, force: true });
  });
  /** Its password is known before it is made. */
  const prepared = async (port: number): Promise<string> => {
    const dir = join(folder, 'postgres');
    await mkdir(dir);
    await writeFile(join(dir, 'password'), 'rahasia\n', { mode: 0o600 });
    return `postgres://loket:rahasia@127.0.0.1:${String(port)}/loket`;
  };

  it('may come up after the server, which says that it waits', async () => {
    const port = await freePort();
    const databaseUrl = await prepared(port);
    let knocked = 0;
    const early = createServer((socket) => {
      knocked += 1;
      socket.destroy();
    });
    await new Promise<void>((done) => early.listen(port, '127.0.0.1', done));
    const starting = startServer({ databaseUrl });
    starting.catch(() => undefined);
    await until(
      () => Promise.resolve(knocked),
      (times) => times > 0,
    );
    await new Promise((done) => early.close(done));
    postgres = await startPostgres({ dir: join(folder, 'postgres'), port });
    server = await starting;
    const log = server.log();
    expect(log).toContain('the database does not answer yet, trying again');
    expect(log).toContain('the database answers');
    expect(log).not.toContain('rahasia');
  });

  it('that refuses the password ends the start at once, in plain words', async () => {
    const port = await freePort();
    const databaseUrl = await prepared(port);
    postgres = await startPostgres({ dir: join(folder, 'postgres'), port });
    const error: unknown = await startServer({ databaseUrl: databaseUrl.replace('rahasia', 'salah') }).catch(
      (e: unknown) => e,
    );
    const { message } = error as Error;
    expect(message).toContain('PostgreSQL refuses the user name or the password. Check DATABASE_URL.');
    expect(message).toContain('PostgreSQL menolak nama pengguna atau kata sandi. Periksa DATABASE_URL.');
    expect(message).not.toMatch(/trying again|salah|\n\s+at /);
  });
});
