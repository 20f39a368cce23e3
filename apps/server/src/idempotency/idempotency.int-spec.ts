import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentPageSchema } from '@loket/contracts/access.js';
import { IdempotencyService } from '@loket/core/idempotency/idempotency.service.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { signIn } from '../../../../test/support/people.js';

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

interface Answer {
  status: number;
  body: { id?: string; code?: string };
  replayed: boolean;
  retryAfter: string | null;
}

async function createAgent(
  key: string,
  email: string,
  cookie = server.admin.cookieHeader(),
): Promise<Answer> {
  const answer = await fetch(`${server.url}/api/v1/agents`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ email, name: 'Someone', password: 'a long enough password' }),
  });
  return {
    status: answer.status,
    body: (await answer.json()) as Answer['body'],
    replayed: answer.headers.get('idempotency-replayed') === 'true',
    retryAfter: answer.headers.get('retry-after'),
  };
}

const age = (key: string, interval: string): Promise<unknown> =>
  server.app
    .get(DataSource)
    .query(`UPDATE idempotency_keys SET created_at = now() - $2::interval WHERE key = $1`, [key, interval]);

describe('a write with an Idempotency-Key', () => {
  it('is done once, and answered alike each time', async () => {
    const first = await createAgent('once', 'once@loket.example');
    const again = await createAgent('once', 'once@loket.example');
    expect(first).toMatchObject({ status: 201, replayed: false });
    expect(again).toEqual({ ...first, replayed: true });
    const { items } = await server.admin.get('/agents', agentPageSchema);
    expect(items.filter(({ email }) => email === 'once@loket.example')).toHaveLength(1);
  });

  it('is done once when eight send it at the same moment', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        let answer = await createAgent('storm', 'storm@loket.example');
        while (answer.body.code === 'idempotency_in_progress') {
          expect(answer).toMatchObject({ status: 409, retryAfter: '1' });
          await sleep(50);
          answer = await createAgent('storm', 'storm@loket.example');
        }
        return answer;
      }),
    );
    expect(new Set(answers.map(({ status, body }) => `${String(status)} ${body.id ?? ''}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('is refused for another request under the same key', async () => {
    await createAgent('reused', 'reused@loket.example');
    expect(await createAgent('reused', 'other@loket.example')).toMatchObject({
      status: 409,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it('may be tried again after it was refused', async () => {
    expect((await createAgent('refused', 'not an address')).body.code).toBe('validation_failed');
    expect((await createAgent('refused', 'address@loket.example')).status).toBe(201);
  });

  it('has its key to itself: those of others are others', async () => {
    const other = await signIn(server, 'admin');
    await createAgent('shared', 'mine@loket.example');
    const theirs = await createAgent('shared', 'theirs@loket.example', other.cookieHeader());
    expect(theirs).toMatchObject({ status: 201, replayed: false });
  });

  it('is not held up for ever by a process that died over it', async () => {
    const service = server.app.get(IdempotencyService, { strict: false });
    const request = { ownerId: newId(), key: 'died', method: 'POST', path: '/x', body: { a: 1 } };
    expect(await service.begin(request)).toBeNull();
    await expect(service.begin(request)).rejects.toMatchObject({ code: 'idempotency_in_progress' });
    await age('died', '2 minutes');
    // Of those who find it dead, one takes it up.
    const attempts = await Promise.allSettled([
      service.begin(request),
      service.begin(request),
      service.begin(request),
    ]);
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is forgotten after two days', async () => {
    await createAgent('old', 'old@loket.example');
    await age('old', '49 hours');
    expect((await createAgent('old', 'new@loket.example')).status).toBe(201);
    await age('old', '49 hours');
    await server.app.get(IdempotencyService, { strict: false }).prune();
    const rows = await server.app
      .get(DataSource)
      .query<unknown[]>(`SELECT 1 FROM idempotency_keys WHERE key = 'old'`);
    expect(rows).toEqual([]);
  });

  it.each([' x y', 'x'.repeat(256), '\u00e9'])('is refused when the key is not usable: %j', async (key) => {
    expect((await createAgent(key, 'unusable@loket.example')).body.code).toBe('idempotency_key_invalid');
  });

  it('never has secrets stored beside it', async () => {
    const answer = await fetch(`${server.url}/api/v1/tokens`, {
      method: 'POST',
      headers: {
        cookie: server.admin.cookieHeader(),
        'content-type': 'application/json',
        'idempotency-key': 'token',
      },
      body: JSON.stringify({ name: 'x', scopes: ['read'] }),
    });
    const { token } = (await answer.json()) as { token: string };
    const rows = await server.app.get(DataSource).query<unknown[]>('SELECT * FROM idempotency_keys');
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
