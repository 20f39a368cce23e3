import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Sign } from '@loket/contracts/signs.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { until } from '../../../../test/support/until.js';
import { newId } from '../ids.js';
import { createLogger } from '../logging/logger.js';
import { Signs } from './signs.js';

let database: TestDatabase;
const running: Signs[] = [];
beforeAll(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  for (const signs of running.splice(0)) await signs.onApplicationShutdown();
});
afterAll(() => database.drop());

interface Process {
  signs: Signs;
  heard: string[];
}
async function process(): Promise<Process> {
  const signs = new Signs({ DATABASE_URL: database.url }, createLogger('silent'));
  await signs.onApplicationBootstrap();
  running.push(signs);
  const heard: string[] = [];
  signs.listen('presence', ({ window, state }) => heard.push(`${window} ${state}`));
  signs.listen('presence.gone', ({ window }) => heard.push(`${window} gone`));
  return { signs, heard };
}
const caseId = newId();
const on = (window: string, state: 'viewing' | 'typing' = 'viewing'): Sign<'presence'> => ({
  window,
  agent: { id: newId(), name: 'Rina' },
  caseId,
  state,
});
async function administer(sql: string, values: unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql, values);
  await client.end();
}

describe('signs between processes', () => {
  it('are heard at once where they are told, elsewhere soon, by each once and in order', async () => {
    const [one, two, three] = [await process(), await process(), await process()];
    one.signs.tell('presence', on('w1'));
    one.signs.tell('presence', on('w1', 'typing'));
    expect(one.heard).toEqual(['w1 viewing', 'w1 typing']);
    one.signs.tell('presence.gone', { window: 'w1' });
    const all = ['w1 viewing', 'w1 typing', 'w1 gone'];
    for (const { heard } of [two, three]) await until(() => heard.length === 3);
    two.signs.tell('presence', on('w2'));
    for (const { heard } of [one, three]) await until(() => heard.includes('w2 viewing'));
    expect(one.heard).toEqual([...all, 'w2 viewing']);
    expect(two.heard).toEqual([...all, 'w2 viewing']);
    expect(three.heard).toEqual([...all, 'w2 viewing']);
  });

  it('go in parcels that PostgreSQL takes, and one that is too large for any is left out', async () => {
    const [one, two] = [await process(), await process()];
    const here: number[] = [];
    two.signs.listen('visitors.here', ({ visitorIds }) => here.push(visitorIds.length));
    const ids = Array.from({ length: 150 }, () => newId());
    for (let i = 0; i < 20; i++) one.signs.tell('visitors.here', { visitorIds: ids });
    one.signs.tell('presence', on('ü'.repeat(4_000)));
    for (let i = 0; i < 500; i++) one.signs.tell('presence', on(`w${String(i)}`));
    await until(() => two.heard.length === 500);
    expect(two.heard).toEqual(Array.from({ length: 500 }, (_, i) => `w${String(i)} viewing`));
    expect(here).toEqual(Array.from({ length: 20 }, () => 150));
  });

  it('are heard again after the connection was cut', async () => {
    const [one, two] = [await process(), await process()];
    await administer(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    let said = 0;
    await until(() => {
      one.signs.tell('presence', on(`again ${String(said++)}`));
      return two.heard.length > 0;
    });
  });

  it('of other versions, or of none, are passed over', async () => {
    const one = await process();
    const notify = (payload: string): Promise<void> =>
      administer('SELECT pg_notify($1, $2)', ['loket_signs', payload]);
    await notify('no parcel');
    await notify('{"a":1}');
    await notify(
      JSON.stringify([
        'x',
        [
          ['tomorrow', {}],
          ['toString', {}],
          ['presence', { window: 7 }],
          ['presence.gone', { window: 'w' }],
        ],
      ]),
    );
    await until(() => one.heard.length > 0);
    expect(one.heard).toEqual(['w gone']);
  });

  it('of one listener that fails reach the others', async () => {
    const one = await process();
    one.signs.listen('presence', () => {
      throw new Error('cannot');
    });
    const late: string[] = [];
    one.signs.listen('presence', ({ window }) => late.push(window));
    one.signs.tell('presence', on('w1'));
    expect(late).toEqual(['w1']);
  });
});
