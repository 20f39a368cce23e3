import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Agent,
  agentPageSchema,
  colleagueSchema,
  agentSchema,
  createdTokenSchema,
  sessionPageSchema,
  sessionSchema,
  setupStateSchema,
  tokenPageSchema,
} from '@loket/contracts/access.js';
import { Authenticator } from '@loket/core/access/authenticator.js';
import { SessionRevocations, type Revocation } from '@loket/core/access/session-revocations.js';
import { Session } from '@loket/core/access/session.entity.js';
import { Event } from '@loket/core/events/event.entity.js';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import {
  adminEmail,
  adminPassword,
  startApp,
  startBareApp,
  type TestApp,
} from '../../../../test/support/app.js';
import { ApiClient, ApiError } from '../../../../test/support/client.js';
import { freshDatabase } from '../../../../test/support/database.js';
import { signIn } from '../../../../test/support/people.js';

const password = 'a long enough password';

/** The code of the problem that a call ends in. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return `${String(error.status)} ${error.problem.code}`;
    throw error;
  }
  return 'no refusal';
}

let server: TestApp;
beforeAll(async () => {
  server = await startApp();
});
afterAll(() => server.close());

async function newAgent(name: string, more: object = {}): Promise<{ agent: Agent; client: ApiClient }> {
  const email = `${name}@loket.example`;
  const agent = await server.admin.post('/agents', { email, name, password, ...more }, agentSchema);
  const client = new ApiClient(server.url);
  await client.signIn(email, password);
  return { agent, client };
}

describe('first admin', () => {
  it('is made once, however many try at the same moment', async () => {
    const database = await freshDatabase();
    const bare = await startBareApp(database.url);
    const { url } = bare;
    try {
      const stranger = new ApiClient(url);
      expect(await stranger.get('/setup', setupStateSchema)).toEqual({ required: true });
      const tries = await Promise.all(
        [1, 2, 3, 4, 5].map(async (n) => {
          const client = new ApiClient(url);
          const body = { email: `a${String(n)}@loket.example`, name: 'First', password };
          const answer = await refusal(client.post('/setup', body, sessionSchema));
          return { client, answer };
        }),
      );
      expect(tries.map(({ answer }) => answer).sort()).toEqual([
        ...Array<string>(4).fill('409 setup_done'),
        'no refusal',
      ]);
      const winner = tries.find(({ answer }) => answer === 'no refusal')?.client;
      expect((await winner!.get('/agents', agentPageSchema)).items).toMatchObject([{ role: 'admin' }]);
      expect(await stranger.get('/setup', setupStateSchema)).toEqual({ required: false });
    } finally {
      await bare.close();
      await database.drop();
    }
  });
});

describe('signing in', () => {
  it('sets a cookie that scripts and other sites cannot use, and stores only its hash', async () => {
    const answer = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: adminEmail.toUpperCase(), password: adminPassword }),
    });
    expect(sessionSchema.parse(await answer.json()).agent).toMatchObject({
      email: adminEmail,
      role: 'admin',
    });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    const secret = /^loket_session=([\w-]{43}); /.exec(cookie)?.[1] ?? '';
    expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
    const stored = await server.app.get(DataSource).getRepository(Session).find();
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('ends the session that the browser had before', async () => {
    const { agent, client } = await newAgent('rotates');
    const before = client.cookieHeader();
    await client.signIn(agent.email, password);
    expect(client.cookieHeader()).not.toBe(before);
    const old = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: before } });
    expect(old.status).toBe(401);
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
  });

  it.each([
    ['a wrong password', { email: adminEmail, password: 'not the password' }],
    ['a stranger', { email: 'nobody@loket.example', password }],
  ])('tells nothing about %s', async (_, body) => {
    expect(await refusal(new ApiClient(server.url).post('/session', body, sessionSchema))).toBe(
      '401 sign_in_failed',
    );
  });

  it('refuses other sites, whatever they send', async () => {
    const attempt = async (headers: Record<string, string>): Promise<number> => {
      const answer = await fetch(`${server.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ email: adminEmail, password: adminPassword }),
      });
      await answer.text();
      return answer.status;
    };
    expect(await attempt({ origin: 'https://evil.example' })).toBe(403);
    expect(await attempt({ origin: 'null' })).toBe(403);
    expect(await attempt({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await attempt({ 'content-type': 'text/plain' })).toBe(415);
    expect(await attempt({ origin: server.url, 'sec-fetch-site': 'same-origin' })).toBe(201);
  });

  it('stops one who guesses, while everybody else goes on', async () => {
    const { agent, client } = await newAgent('target');
    const guess = (): Promise<string> =>
      refusal(
        new ApiClient(server.url).post('/session', { email: agent.email, password: 'guess' }, sessionSchema),
      );
    const guesses = await Promise.all(Array.from({ length: 15 }, guess));
    expect(guesses.filter((code) => code === '401 sign_in_failed')).toHaveLength(10);
    expect(guesses.filter((code) => code === '429 sign_in_limited')).toHaveLength(5);
    // Colleagues at the same address go on working and signing in.
    await signIn(server, 'agent');
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
    const answer = await fetch(`${server.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: agent.email, password }),
    });
    await answer.text();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60);
  });
});

describe('sessions', () => {
  it('can be listed and ended one by one', async () => {
    const { agent, client } = await newAgent('two-browsers');
    const other = new ApiClient(server.url);
    await other.signIn(agent.email, password);
    const { items } = await client.get('/sessions', sessionPageSchema);
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    await client.delete(`/sessions/${items.find(({ current }) => !current)?.id ?? ''}`);
    expect(await refusal(other.get('/me', agentSchema))).toBe('401 session_ended');
    expect((await client.get('/sessions', sessionPageSchema)).items).toHaveLength(1);
  });

  it("are nobody else's to end", async () => {
    const [mine, theirs] = [await newAgent('mine'), await newAgent('theirs')];
    const { items } = await theirs.client.get('/sessions', sessionPageSchema);
    expect(await refusal(mine.client.delete(`/sessions/${items[0]?.id ?? ''}`))).toBe(
      '404 session_not_found',
    );
    expect((await theirs.client.get('/me', agentSchema)).id).toBe(theirs.agent.id);
  });

  it('end with signing out', async () => {
    const { client } = await newAgent('leaves');
    const cookie = client.cookieHeader();
    await client.delete('/session');
    expect(client.cookieHeader()).toBe('');
    expect((await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })).status).toBe(401);
  });

  it.each([
    ['nobody used it for 14 days', `expires_at = now() - interval '1 second'`],
    ['its agent was disabled by hand', `agent_id = agent_id`],
  ])('end when %s', async (reason, change) => {
    const { agent, client } = await newAgent(`ends-${String(reason.length)}`);
    const database = server.app.get(DataSource);
    await database.query(`UPDATE sessions SET ${change} WHERE agent_id = $1`, [agent.id]);
    if (reason.includes('disabled'))
      await database.query(`UPDATE agents SET disabled_at = now() WHERE id = $1`, [agent.id]);
    expect(await refusal(client.get('/me', agentSchema))).toBe('401 session_ended');
  });

  it('move their end while in use, up to 90 days', async () => {
    const { agent, client } = await newAgent('stays');
    const database = server.app.get(DataSource);
    const set = (created: string): Promise<unknown> =>
      database.query(
        `UPDATE sessions SET created_at = now() - $2::interval, last_seen_at = now() - interval '1 day',
           expires_at = now() + interval '1 hour' WHERE agent_id = $1`,
        [agent.id, created],
      );
    const daysLeft = async (): Promise<number> => {
      await client.get('/me', agentSchema);
      const [row] = await database.query<{ days: number }[]>(
        `SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM sessions WHERE agent_id = $1`,
        [agent.id],
      );
      return row?.days ?? 0;
    };
    await set('2 days');
    expect(await daysLeft()).toBe(14);
    await set('85 days');
    expect(await daysLeft()).toBe(5);
  });

  it('of others end with a new password, and sockets hear of it', async () => {
    const { agent, client } = await newAgent('changes-password');
    const other = new ApiClient(server.url);
    await other.signIn(agent.email, password);
    const principal = await server.app
      .get(Authenticator, { strict: false })
      .authenticate({ cookie: other.cookieHeader() });
    const heard: Revocation[] = [];
    const stop = server.app.get(SessionRevocations, { strict: false }).onRevoked((r) => heard.push(r));

    const change = { password: 'another long password', currentPassword: 'wrong' };
    expect(await refusal(client.patch('/me', change, agentSchema))).toBe('422 password_wrong');
    await client.patch('/me', { ...change, currentPassword: password }, agentSchema);
    stop();
    expect(heard).toMatchObject([{ kind: 'agent', agentId: agent.id }]);
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
    expect(await refusal(other.get('/me', agentSchema))).toBe('401 session_ended');
    expect(await server.app.get(Authenticator, { strict: false }).stillValid(principal!)).toBe(false);
    await new ApiClient(server.url).signIn(agent.email, change.password);
  });
});

describe('agents', () => {
  it('are created once per address, with an event', async () => {
    const { agent } = await newAgent('once');
    const again = { email: 'ONCE@loket.example', name: 'Twice', password };
    expect(await refusal(server.admin.post('/agents', again, agentSchema))).toBe('409 email_taken');
    const events = await server.app.get(DataSource).getRepository(Event).findBy({ type: 'agent.created' });
    expect(events.filter(({ data }) => data['agentId'] === agent.id)).toHaveLength(1);
  });

  it('see each other by name, never by address', async () => {
    const { client } = await newAgent('curious');
    const { items } = await client.get('/agents/refs', z.strictObject({ items: z.array(colleagueSchema) }));
    expect(items.map(({ name }) => name)).toContain('curious');
  });

  it('are out at once when disabled, with their tokens', async () => {
    const { agent, client } = await newAgent('fired');
    const script = await client.createToken(['read']);
    expect((await script.get('/me', agentSchema)).id).toBe(agent.id);
    await server.admin.patch(`/agents/${agent.id}`, { disabled: true }, agentSchema);
    expect(await refusal(client.get('/me', agentSchema))).toBe('401 session_ended');
    expect(await refusal(script.get('/me', agentSchema))).toBe('401 token_invalid');
    expect(await refusal(client.post('/session', { email: agent.email, password }, sessionSchema))).toBe(
      '401 sign_in_failed',
    );
    await server.admin.patch(`/agents/${agent.id}`, { disabled: false }, agentSchema);
    await client.signIn(agent.email, password);
  });

  it('always have one admin, also when two take each other’s place at once', async () => {
    const me = await server.admin.get('/me', agentSchema);
    expect(await refusal(server.admin.patch(`/agents/${me.id}`, { disabled: true }, agentSchema))).toBe(
      '409 last_admin',
    );
    const { agent: second, client } = await newAgent('second-admin', { role: 'admin' });
    const outcomes = await Promise.all([
      refusal(server.admin.patch(`/agents/${second.id}`, { role: 'agent' }, agentSchema)),
      refusal(client.patch(`/agents/${me.id}`, { role: 'agent' }, agentSchema)),
    ]);
    expect(outcomes.filter((outcome) => outcome === 'no refusal')).toHaveLength(1);
    const admins = await server.app
      .get(DataSource)
      .query<{ id: string }[]>(`SELECT id FROM agents WHERE role = 'admin'`);
    expect(admins).toHaveLength(1);
    // Back to the one that the other tests work with.
    await server.app
      .get(DataSource)
      .query(`UPDATE agents SET role = CASE WHEN id = $1 THEN 'admin' ELSE 'agent' END`, [me.id]);
    await server.admin.signIn(adminEmail, adminPassword);
  });
});

describe('tokens', () => {
  it('are shown once and stored as a hash', async () => {
    const { client } = await newAgent('scripter');
    const made = await client.post('/tokens', { name: 'ci', scopes: ['read'] }, createdTokenSchema);
    expect(made.token).toMatch(/^lkt_[\w-]{43}$/);
    const { items } = await client.get('/tokens', tokenPageSchema);
    expect(items).toMatchObject([{ id: made.id, name: 'ci', scopes: ['read'] }]);
    const rows = await server.app.get(DataSource).query<unknown[]>('SELECT * FROM api_tokens');
    expect(JSON.stringify(rows)).not.toContain(made.token.slice(4));
  });

  it('do no more than they were made for, and nothing once revoked', async () => {
    const script = await server.admin.createToken(['read'], 'reader');
    expect((await script.get('/me', agentSchema)).email).toBe(adminEmail);
    expect(await refusal(script.get('/agents', agentPageSchema))).toBe('403 scope_missing');
    expect(await refusal(script.post('/tokens', { name: 'x', scopes: ['admin'] }, createdTokenSchema))).toBe(
      '403 session_required',
    );
    const { items } = await server.admin.get('/tokens', tokenPageSchema);
    await server.admin.delete(`/tokens/${items.find(({ name }) => name === 'reader')?.id ?? ''}`);
    expect(await refusal(script.get('/me', agentSchema))).toBe('401 token_invalid');
  });

  it('never reach beyond the role of their maker, also after he lost it', async () => {
    const { agent, client } = await newAgent('was-admin', { role: 'admin' });
    const script = await client.createToken(['admin']);
    await script.get('/agents', agentPageSchema);
    await server.admin.patch(`/agents/${agent.id}`, { role: 'agent' }, agentSchema);
    expect(await refusal(script.get('/agents', agentPageSchema))).toBe('403 role_missing');
    await client.signIn(agent.email, password);
    expect(await refusal(client.createToken(['admin']))).toBe('403 scope_beyond_role');
  });
});
