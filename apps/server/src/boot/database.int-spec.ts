import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { emptyDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { createLogger } from '@loket/platform/logging/logger.js';
import type { Patience } from '@loket/platform/database/when-there.js';
import { migrate } from './database.js';
import { SayToPerson } from './say.js';

const logger = createLogger('silent');
let database: TestDatabase | undefined;
let door: Server | undefined;
const callers = new Set<Socket>();
afterEach(async () => {
  for (const socket of callers) socket.destroy();
  callers.clear();
  await new Promise((done) => (door ? door.close(done) : done(null)));
  await database?.drop();
  door = database = undefined;
});

/** What the log said, and how patient one is. */
function patience(waitMs = 60_000): Patience & { said: object[] } {
  const said: object[] = [];
  const note = (fields: object, message: string) => said.push({ ...fields, message });
  return { logger: { warn: note, info: note } as never, waitMs, said };
}

/** A port that treats its callers one after the other, and lets the rest through to the real database. */
async function behind(url: string, treatments: ((socket: Socket) => void)[]): Promise<string> {
  const { hostname, port } = new URL(url);
  door = createServer((socket) => {
    socket.on('error', () => undefined);
    callers.add(socket);
    const treat = treatments.shift();
    if (treat) return treat(socket);
    const through = connect(Number(port), hostname);
    through.on('error', () => socket.destroy());
    socket.pipe(through).pipe(socket);
    socket.on('close', () => through.destroy());
  });
  await new Promise<void>((done) => door?.listen(0, '127.0.0.1', done));
  const address = door.address();
  const changed = new URL(url);
  changed.host = `127.0.0.1:${typeof address === 'object' && address ? String(address.port) : ''}`;
  return changed.href;
}

/** An ErrorResponse of the wire protocol, as the server sends it to a client that knocks too early. */
const refusing =
  (code: string, message: string) =>
  (socket: Socket): void => {
    socket.once('data', () => {
      const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
      const head = Buffer.alloc(5);
      head.write('E');
      head.writeInt32BE(fields.length + 4, 1);
      socket.end(Buffer.concat([head, fields]));
    });
  };

describe('a database at start', () => {
  it('is waited for while it starts, drops connections or does not answer, and each reason is told once', async () => {
    database = await emptyDatabase();
    const starting = refusing('57P03', 'the database system is starting up');
    const url = await behind(database.url, [
      starting,
      starting,
      (socket) => void socket.destroy(),
      // accepts, and says nothing: longer than one connection may take
      () => undefined,
    ]);
    const told = patience();
    await migrate(url, logger, told);
    const warned = told.said.filter((one) => 'reason' in one);
    expect(warned).toEqual([
      expect.objectContaining({
        reason: 'the database system is starting up',
        message: 'the database does not answer yet, trying again',
      }),
      expect.objectContaining({ reason: expect.stringMatching(/terminated|ECONNRESET/) }),
      expect.objectContaining({ reason: expect.stringMatching(/time/) }),
    ]);
    expect(told.said.at(-1)).toMatchObject({ message: 'the database answers' });
    expect(JSON.stringify(told.said)).not.toContain(new URL(url).password);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    expect((await client.query('SELECT count(*) > 10 AS many FROM migrations')).rows).toEqual([
      { many: true },
    ]);
    await client.end();
  });

  it('is given up after the time that is set, with its reason in words', async () => {
    const told = patience(0);
    const error: unknown = await migrate('postgres://a:geheim@127.0.0.1:1/loket', logger, told).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(SayToPerson);
    expect((error as SayToPerson).english).toMatch(/cannot be reached: .*ECONNREFUSED.*DATABASE_URL/);
    expect((error as SayToPerson).english).not.toContain('geheim');
  });

  it.each([
    ['a wrong password', { password: 'salah' }, 'refuses the user name or the password'],
    ['a user that there is not', { username: 'siapa' }, 'refuses the user name or the password'],
    ['a database that there is not', { pathname: '/toko lama' }, 'has no database "toko lama"'],
  ])('fails at once for %s, in a plain sentence', async (_what, wrong, sentence) => {
    database = await emptyDatabase();
    const url = Object.assign(new URL(database.url), wrong).href;
    const told = patience();
    const error: unknown = await migrate(url, logger, told).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SayToPerson);
    expect((error as SayToPerson).english).toContain(sentence);
    expect((error as SayToPerson).indonesian).toContain('DATABASE_URL');
    expect(told.said).toEqual([]);
  });

  it('is not waited for any longer when the process is told to stop', async () => {
    const stop = new AbortController();
    const told = { ...patience(), signal: stop.signal };
    const starting = migrate('postgres://a:b@127.0.0.1:1/loket', logger, told);
    stop.abort();
    await expect(starting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
