import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Agent, agentSchema, sessionSchema } from '@loket/contracts/access.js';
import {
  challengedSessionSchema,
  recoveryCodesSchema,
  secondFactorSetupSchema,
  secondFactorStateSchema,
  type SignInChallenge,
  signInChallengeSchema,
  signInRulesSchema,
} from '@loket/contracts/second-factor.js';
import { type Revocation, SessionRevocations } from '@loket/core/access/session-revocations.js';
import { SessionsService } from '@loket/core/access/sessions.service.js';
import { Clock } from '@loket/platform/clock.js';
import { TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiClient, ApiError } from '../../../../test/support/client.js';

const password = 'a long enough password';

let server: TestApp;
let database: DataSource;
/** how far the server's clock has been set forward */
let ahead = 0;
beforeAll(async () => {
  server = await startApp();
  database = server.app.get(DataSource);
});
afterAll(() => server.close());
beforeEach(() => {
  jest
    .spyOn(server.app.get(Clock, { strict: false }), 'now')
    .mockImplementation(() => new Date(Date.now() + ahead));
});
afterEach(() => jest.restoreAllMocks());

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return `${String(error.status)} ${error.problem.code}`;
    throw error;
  }
  return 'no refusal';
}

/** What the app on a phone shows half a minute from now; the server's clock goes along. */
function codeOf(secret: string): string {
  ahead += 30_000;
  return new TOTP({ secret }).generate({ timestamp: Date.now() + ahead });
}

interface Person {
  agent: Agent;
  client: ApiClient;
  secret: string;
  recoveryCodes: string[];
}

let people = 0;
async function newAgent(role: Agent['role'] = 'agent'): Promise<{ agent: Agent; client: ApiClient }> {
  const email = `person${String(++people)}@loket.example`;
  const agent = await server.admin.post('/agents', { email, name: email, password, role }, agentSchema);
  const client = new ApiClient(server.url);
  await client.signIn(email, password);
  return { agent, client };
}

async function withSecondFactor(role: Agent['role'] = 'agent'): Promise<Person> {
  const { agent, client } = await newAgent(role);
  const { secret } = await client.post(
    '/me/second-factor',
    { currentPassword: password },
    secondFactorSetupSchema,
  );
  const { recoveryCodes } = await client.post(
    '/me/second-factor/confirmation',
    { code: codeOf(secret) },
    recoveryCodesSchema,
  );
  return { agent, client, secret, recoveryCodes };
}

/** The right password, and what is asked for then. */
async function challengeOf(email: string): Promise<SignInChallenge & { code: string; client: ApiClient }> {
  const client = new ApiClient(server.url);
  try {
    await client.signIn(email, password);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { code, data } = error.problem;
    return { ...signInChallengeSchema.parse(data), code, client };
  }
  throw new Error('the password was enough');
}

const answer = (client: ApiClient, challenge: string, code: string) =>
  client.post('/session/second-factor', { challenge, code }, challengedSessionSchema);

describe('turning it on', () => {
  it('takes the password, a secret that is shown once, and a first right code', async () => {
    const { agent, client } = await newAgent();
    const wrong = { currentPassword: 'not the password' };
    expect(await refusal(client.post('/me/second-factor', wrong, secondFactorSetupSchema))).toBe(
      '422 password_wrong',
    );
    const { secret, uri } = await client.post(
      '/me/second-factor',
      { currentPassword: password },
      secondFactorSetupSchema,
    );
    expect(new URL(uri).searchParams.get('secret')).toBe(secret);
    // Until a code was right, the password alone is enough: whoever gives up half way is not locked out.
    await new ApiClient(server.url).signIn(agent.email, password);
    const confirm = (code: string) =>
      client.post('/me/second-factor/confirmation', { code }, recoveryCodesSchema);
    expect(await refusal(confirm('000000'))).toBe('422 second_factor_wrong');
    const { recoveryCodes } = await confirm(codeOf(secret));
    expect(recoveryCodes).toHaveLength(10);
    expect(await client.get('/me/second-factor', secondFactorStateSchema)).toMatchObject({
      on: true,
      recoveryCodesLeft: 10,
      required: false,
    });
    expect((await client.get('/me', agentSchema)).secondFactor).toBe('on');
    expect(await refusal(confirm(codeOf(secret)))).toBe('409 second_factor_on');
    expect(
      await refusal(client.post('/me/second-factor', { currentPassword: password }, secondFactorSetupSchema)),
    ).toBe('409 second_factor_on');
  });

  it('ends the other sessions, which were opened without it', async () => {
    const { agent, client } = await newAgent();
    const other = new ApiClient(server.url);
    await other.signIn(agent.email, password);
    const { secret } = await client.post(
      '/me/second-factor',
      { currentPassword: password },
      secondFactorSetupSchema,
    );
    const heard: Revocation[] = [];
    const stop = server.app.get(SessionRevocations, { strict: false }).onRevoked((r) => heard.push(r));
    await client.post('/me/second-factor/confirmation', { code: codeOf(secret) }, recoveryCodesSchema);
    stop();
    expect(heard).toMatchObject([{ kind: 'agent', agentId: agent.id, exceptSessionId: expect.any(String) }]);
    expect(await refusal(other.get('/me', agentSchema))).toBe('401 session_ended');
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
  });

  it('leaves no secret and no code in the database', async () => {
    const { secret, recoveryCodes } = await withSecondFactor();
    for (const table of ['second_factors', 'recovery_codes', 'events', 'idempotency_keys', 'agents']) {
      const text = JSON.stringify(await database.query(`SELECT * FROM ${table}`));
      for (const hidden of [secret, ...recoveryCodes, ...recoveryCodes.map((c) => c.replaceAll('-', ''))])
        expect(text).not.toContain(hidden);
    }
  });
});

describe('signing in', () => {
  it('is as it was for whoever has none', async () => {
    const { agent } = await newAgent();
    const opened = await new ApiClient(server.url).signIn(agent.email, password);
    expect(Object.keys(opened)).toEqual(['agent']);
  });

  it('takes two steps: the password opens nothing but the way to the second', async () => {
    const { agent, secret } = await withSecondFactor();
    const { challenge, code, client } = await challengeOf(agent.email);
    expect(code).toBe('second_factor_required');
    expect(client.cookieHeader()).toBe('');
    for (const headers of [
      { cookie: `loket_session=${challenge}` },
      { authorization: `Bearer ${challenge}` },
    ])
      expect((await fetch(`${server.url}/api/v1/me`, { headers })).status).toBe(401);
    expect(await refusal(answer(client, challenge, '000000'))).toBe('422 second_factor_wrong');
    const opened = await answer(client, challenge, codeOf(secret));
    expect(opened).toMatchObject({ agent: { id: agent.id }, recoveryCodes: null });
    expect((await client.get('/session', sessionSchema)).agent.id).toBe(agent.id);
    expect(await refusal(answer(client, challenge, codeOf(secret)))).toBe('422 challenge_ended');
  });

  it('tells nothing of a second step to who does not know the password', async () => {
    const { agent } = await withSecondFactor();
    expect(await refusal(new ApiClient(server.url).signIn(agent.email, 'not the password'))).toBe(
      '401 sign_in_failed',
    );
  });

  it('takes a code once, also when two hand it in at the same moment', async () => {
    const { agent, secret } = await withSecondFactor();
    const [one, two] = [await challengeOf(agent.email), await challengeOf(agent.email)];
    const code = codeOf(secret);
    const outcomes = await Promise.all(
      [one, two].map(({ client, challenge }) => refusal(answer(client, challenge, code))),
    );
    expect(outcomes.sort()).toEqual(['422 second_factor_used', 'no refusal']);
    const three = await challengeOf(agent.email);
    expect(await refusal(answer(three.client, three.challenge, code))).toBe('422 second_factor_used');
    // Nor an earlier one that nobody used.
    const before = new TOTP({ secret }).generate({ timestamp: Date.now() + ahead - 30_000 });
    expect(await refusal(answer(three.client, three.challenge, before))).toBe('422 second_factor_used');
    await answer(three.client, three.challenge, codeOf(secret));
  });

  it('takes each recovery code once, however it is typed, with an event', async () => {
    const { agent, recoveryCodes, client: first } = await withSecondFactor();
    const [code = ''] = recoveryCodes;
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    const [one, two] = [await challengeOf(agent.email), await challengeOf(agent.email)];
    const outcomes = await Promise.all(
      [one, two].map(({ client, challenge }) => refusal(answer(client, challenge, typed))),
    );
    expect(outcomes.sort()).toEqual(['422 second_factor_wrong', 'no refusal']);
    expect((await first.get('/me/second-factor', secondFactorStateSchema)).recoveryCodesLeft).toBe(9);
    const changes = await database.query<{ change: string }[]>(
      `SELECT data->>'change' AS change FROM events
       WHERE type = 'agent.second_factor_changed' AND data->>'agentId' = $1 ORDER BY id`,
      [agent.id],
    );
    expect(changes.map(({ change }) => change)).toEqual(['on', 'code_used']);
  });

  it('stops one who guesses, over all his challenges and also for the right code, until the time is over', async () => {
    const { agent, secret } = await withSecondFactor();
    const [one, two] = [await challengeOf(agent.email), await challengeOf(agent.email)];
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, n) =>
        refusal(answer(one.client, one.challenge, `00000${String(n % 10)}`)),
      ),
    );
    expect(guesses.filter((code) => code === '422 second_factor_wrong')).toHaveLength(10);
    expect(guesses.filter((code) => code === '429 second_factor_limited')).toHaveLength(4);
    expect(await refusal(answer(two.client, two.challenge, codeOf(secret)))).toBe(
      '429 second_factor_limited',
    );
    ahead += 15 * 60_000;
    const three = await challengeOf(agent.email);
    await answer(three.client, three.challenge, codeOf(secret));
  });

  it('has to be begun again after ten minutes, and ended challenges are swept away', async () => {
    const { agent, secret } = await withSecondFactor();
    const { challenge, client } = await challengeOf(agent.email);
    ahead += 10 * 60_000;
    expect(await refusal(answer(client, challenge, codeOf(secret)))).toBe('422 challenge_ended');
    await server.app.get(SessionsService, { strict: false }).prune();
    const rows = await database.query<unknown[]>('SELECT 1 FROM sign_in_challenges WHERE agent_id = $1', [
      agent.id,
    ]);
    expect(rows).toEqual([]);
  });

  it.each([
    ['a new password', { password: 'another long password' }],
    ['a disabling', { disabled: true }],
    ['another role', { role: 'supervisor' }],
  ])('does not go on after %s', async (_, change) => {
    const { agent, secret } = await withSecondFactor();
    const { challenge, client } = await challengeOf(agent.email);
    await server.admin.patch(`/agents/${agent.id}`, change, agentSchema);
    expect(await refusal(answer(client, challenge, codeOf(secret)))).toBe('422 challenge_ended');
  });

  it('ends the session that the browser had before, at the second step', async () => {
    const { agent, client, secret } = await withSecondFactor();
    const cookie = client.cookieHeader();
    const { challenge } = await challengeOf(agent.email);
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
    await answer(client, challenge, codeOf(secret));
    expect((await fetch(`${server.url}/api/v1/me`, { headers: { cookie } })).status).toBe(401);
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
  });
});

describe('changing it', () => {
  it('takes password and code: new recovery codes replace the old, and off is off', async () => {
    const { agent, client, secret, recoveryCodes } = await withSecondFactor();
    const renew = (currentPassword: string, code: string) =>
      client.post('/me/second-factor/recovery-codes', { currentPassword, code }, recoveryCodesSchema);
    expect(await refusal(renew('not the password', codeOf(secret)))).toBe('422 password_wrong');
    expect(await refusal(renew(password, '000000'))).toBe('422 second_factor_wrong');
    const fresh = await renew(password, codeOf(secret));
    const { challenge, client: other } = await challengeOf(agent.email);
    expect(await refusal(answer(other, challenge, recoveryCodes[3] ?? ''))).toBe('422 second_factor_wrong');
    await answer(other, challenge, fresh.recoveryCodes[3] ?? '');

    const off = (currentPassword: string, code: string) =>
      client.send('POST', '/me/second-factor/removal', { body: { currentPassword, code } });
    expect(await refusal(off('not the password', codeOf(secret)))).toBe('422 password_wrong');
    expect(await refusal(off(password, '000000'))).toBe('422 second_factor_wrong');
    await off(password, fresh.recoveryCodes[4] ?? '');
    expect(await client.get('/me/second-factor', secondFactorStateSchema)).toMatchObject({
      on: false,
      recoveryCodesLeft: 0,
    });
    await new ApiClient(server.url).signIn(agent.email, password);
    expect(await refusal(off(password, codeOf(secret)))).toBe('409 second_factor_not_on');
  });
});

describe('an admin', () => {
  it('takes away what somebody lost: signed out everywhere, told, tokens alive, with an event', async () => {
    const { agent, client, recoveryCodes } = await withSecondFactor();
    const script = await client.createToken(['read']);
    const { challenge, client: half } = await challengeOf(agent.email);
    await server.admin.delete(`/agents/${agent.id}/second-factor`);
    expect(await refusal(client.get('/me', agentSchema))).toBe('401 session_ended');
    expect(await refusal(answer(half, challenge, recoveryCodes[0] ?? ''))).toBe('422 challenge_ended');
    expect((await script.get('/me', agentSchema)).id).toBe(agent.id);

    expect((await client.signIn(agent.email, password)).agent.secondFactor).toBe('reset');
    const { id, name } = await server.admin.get('/me', agentSchema);
    const state = await client.get('/me/second-factor', secondFactorStateSchema);
    expect(state).toMatchObject({ on: false, reset: { by: { id, name } }, recoveryCodesLeft: 0 });
    await client.delete('/me/second-factor/reset');
    expect((await client.get('/me', agentSchema)).secondFactor).toBe('off');
    const [event] = await database.query<{ actor_id: string }[]>(
      `SELECT actor_id FROM events WHERE type = 'agent.second_factor_changed'
       AND data = jsonb_build_object('agentId', $1::text, 'change', 'reset')`,
      [agent.id],
    );
    expect(event?.actor_id).toBe(id);
    expect(await refusal(server.admin.delete(`/agents/${agent.id}/second-factor`))).toBe(
      '409 second_factor_not_on',
    );
    expect(await refusal(server.admin.delete(`/agents/${id}/second-factor`))).toBe('409 second_factor_own');
  });

  it('asks it of a role: whoever lacks it sets it up before anything else, and cannot take it away', async () => {
    const { agent, client: before } = await newAgent('supervisor');
    const { agent: colleague } = await newAgent('agent');
    const rules = await server.admin.get('/settings/sign-in', signInRulesSchema);
    const change = { secondFactorFor: ['supervisor'], version: rules.version };
    await server.admin.patch('/settings/sign-in', change, signInRulesSchema);
    try {
      expect(await refusal(server.admin.patch('/settings/sign-in', change, signInRulesSchema))).toBe(
        '409 version_conflict',
      );
      await new ApiClient(server.url).signIn(colleague.email, password);
      // Who is in stays in until he signs in the next time.
      expect((await before.get('/me/second-factor', secondFactorStateSchema)).required).toBe(true);
      const { challenge, code, client } = await challengeOf(agent.email);
      expect(code).toBe('second_factor_setup_required');
      expect(await refusal(answer(client, challenge, '123456'))).toBe('422 second_factor_wrong');
      const { secret } = await client.post(
        '/session/second-factor/setup',
        { challenge },
        secondFactorSetupSchema,
      );
      const opened = await answer(client, challenge, codeOf(secret));
      expect(opened.recoveryCodes).toHaveLength(10);
      expect((await client.get('/me', agentSchema)).secondFactor).toBe('on');
      expect(await refusal(before.get('/me', agentSchema))).toBe('401 session_ended');
      const body = { currentPassword: password, code: codeOf(secret) };
      expect(await refusal(client.send('POST', '/me/second-factor/removal', { body }))).toBe(
        '409 second_factor_needed',
      );
      const next = await challengeOf(agent.email);
      expect(next.code).toBe('second_factor_required');
      // This door is for those who have none.
      expect(
        await refusal(
          next.client.post(
            '/session/second-factor/setup',
            { challenge: next.challenge },
            secondFactorSetupSchema,
          ),
        ),
      ).toBe('422 challenge_ended');
    } finally {
      await server.admin.patch('/settings/sign-in', { secondFactorFor: [] }, signInRulesSchema);
    }
  });
});

describe('preferences', () => {
  it('follow a person to another browser, one by one, and are no event', async () => {
    const { agent, client } = await newAgent();
    expect(agent.preferences).toMatchObject({ theme: 'auto', density: 'comfortable', singleKeys: true });
    const count = async (): Promise<number> =>
      (await database.query<unknown[]>(`SELECT 1 FROM events WHERE type = 'agent.updated'`)).length;
    const before = await count();
    await Promise.all([
      client.patch('/me', { preferences: { theme: 'dark' } }, agentSchema),
      client.patch('/me', { preferences: { singleKeys: false } }, agentSchema),
    ]);
    const elsewhere = await new ApiClient(server.url).signIn(agent.email, password);
    expect(elsewhere.agent.preferences).toMatchObject({
      theme: 'dark',
      density: 'comfortable',
      singleKeys: false,
    });
    expect(await count()).toBe(before);
    expect(await refusal(client.patch('/me', { preferences: { theme: 'pink' } }, agentSchema))).toBe(
      '400 validation_failed',
    );
  });
});

describe('sessions', () => {
  it('of mine all end but the one that asks', async () => {
    const { agent, client } = await newAgent();
    const others = [new ApiClient(server.url), new ApiClient(server.url)];
    for (const other of others) await other.signIn(agent.email, password);
    await client.delete('/sessions');
    for (const other of others)
      expect(await refusal(other.get('/me', agentSchema))).toBe('401 session_ended');
    expect((await client.get('/me', agentSchema)).id).toBe(agent.id);
  });
});
