import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sessionSchema } from '@loket/contracts/access.js';
import { problemSchema } from '@loket/contracts/errors.js';
import { startBareApp, type TestApp } from '../../../../test/support/app.js';
import { type Cable, layCable } from '../../../../test/support/cable.js';
import { ApiClient } from '../../../../test/support/client.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';

let database: TestDatabase;
let cable: Cable;
let server: Omit<TestApp, 'admin'>;
let client: ApiClient;
beforeAll(async () => {
  database = await freshDatabase();
  const url = new URL(database.url);
  cable = await layCable(Number(url.port));
  url.port = new URL(cable.url).port;
  server = await startBareApp(url.href);
  client = new ApiClient(server.url);
  const first = { email: 'admin@loket.example', name: 'First', password: 'a long enough password' };
  await client.post('/setup', first, sessionSchema);
});
afterAll(async () => {
  cable.plugIn();
  await server.close();
  await cable.close();
  await database.drop();
});

const get = (path: string): Promise<Response> =>
  fetch(server.url + path, { headers: { cookie: client.cookieHeader() } });

describe('while the database is away', () => {
  it('the server says so, lives, and recovers by itself', async () => {
    expect((await get('/readyz')).status).toBe(200);
    cable.pull();
    await sleep(100);
    for (const path of ['/readyz', '/api/v1/me', '/api/v1/channels', '/api/v1/session']) {
      const answer = await get(path);
      const problem = problemSchema.parse(await answer.json());
      expect([path, problem.status, problem.code]).toEqual([path, 503, 'database_unavailable']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const write = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@loket.example', password: 'a long enough password' }),
    });
    await write.text();
    expect(write.status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);

    cable.plugIn();
    for (let i = 0; i < 100 && (await get('/readyz')).status !== 200; i++) await sleep(50);
    expect((await get('/api/v1/me')).status).toBe(200);
  });
});
