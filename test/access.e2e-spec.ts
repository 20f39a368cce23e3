import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema, sessionPageSchema, sessionSchema } from '@loket/contracts/access.js';
import { problemSchema } from '@loket/contracts/errors.js';
import type { Browser } from 'playwright-core';
import { openBrowser, signedIn, visit } from './support/browser.js';
import { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, agentPassword, type Colleague, signInAdmin } from './support/desk.js';
import { agentSocket, type AgentSocket } from './support/live-client.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** Who gets in, and when he has to go, tried from outside on the running server. */
describe('access', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let ayu: Colleague;
  let bima: Colleague;
  let browser: Browser;
  const sockets: AgentSocket[] = [];

  beforeAll(async () => {
    [database, browser] = await Promise.all([freshDatabase(), openBrowser()]);
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    ayu = await addColleague(admin, 'Ayu Pratiwi');
    bima = await addColleague(admin, 'Bima Saputra', { role: 'supervisor' });
  }, 60_000);

  afterAll(async () => {
    for (const socket of sockets) socket.close();
    await browser.close();
    await server.stop();
    await database.drop();
  });

  const listen = (headers: Record<string, string>): AgentSocket => {
    const socket = agentSocket(server.url, headers);
    sockets.push(socket);
    return socket;
  };
  const connected = async (headers: Record<string, string>): Promise<AgentSocket> => {
    const socket = listen(headers);
    await until(() => socket.connected);
    return socket;
  };
  /** Why a socket was not let in. */
  const refusal = (headers: Record<string, string>): Promise<string> =>
    new Promise((resolve) => {
      const socket = listen(headers);
      socket.once('connect', () => resolve('let in'));
      socket.once('connect_error', (error) => {
        socket.close();
        resolve((error as { data?: { code?: string } }).data?.code ?? error.message);
      });
    });
  const closesWithin5s = async (socket: AgentSocket): Promise<void> => {
    socket.io.reconnection(false);
    await until(
      () => socket.connected,
      (is) => !is,
      5_000,
    );
  };

  describe('strangers', () => {
    const table = readFileSync(new URL('../apps/server/routes.golden.txt', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => /^(\S+)\s+(\S+)\s+(.*)$/.exec(line)?.slice(1) as [string, string, string]);
    const open = ['GET /*', 'GET /api/docs', 'GET /api/docs/:file', 'GET /api/openapi.json', 'GET /healthz'];
    // Its path is its own proof.
    open.push('GET /api/v1/visitor-pictures/:sha256/:signature');
    open.push('GET /readyz', 'POST /api/v1/session', 'GET /api/v1/setup', 'POST /api/v1/setup');
    // The second step of signing in: the challenge, which only the right password gets, is the key.
    open.push('POST /api/v1/session/second-factor', 'POST /api/v1/session/second-factor/setup');
    // Links that were handed over or mailed: their secret, which no one can guess, is the key. And asking for one.
    open.push('POST /api/v1/invitations/look', 'POST /api/v1/invitations/accept');
    open.push('GET /api/v1/password-links', 'POST /api/v1/password-links');
    open.push('POST /api/v1/password-links/look', 'POST /api/v1/password-links/use');
    // Whoever calls there proves himself by signing the very bytes.
    open.push('GET /api/v1/channels/:id/webhook', 'POST /api/v1/channels/:id/webhook');
    // Visitors of other people's sites: the site and a token of their own decide, or a signed link.
    const visitors = ['GET config', 'POST files', 'GET messages', 'POST token'];
    open.push(...visitors.map((call) => call.replace(' ', ' /api/v1/visitors/:id/')));
    open.push('GET /api/v1/visitor-files/:id/:until/:signature/:name');
    open.push('GET /widget.js', 'GET /demo/shop', 'GET /demo/shop/:file');

    it('find these doors open, and no others', () => {
      const found = table
        .filter(([, , who]) => who === 'public')
        .map(([method, path]) => `${method} ${path}`);
      expect(found.sort()).toEqual(open.sort());
      expect(table.length).toBeGreaterThan(40);
    });

    it.each(table.filter(([, , who]) => who !== 'public'))(
      'are turned away at %s %s',
      async (method, path) => {
        const url = server.url + path.replace(/:\w+/g, '01890000-0000-7000-8000-000000000000');
        const body = method === 'GET' ? {} : { body: '{', headers: { 'content-type': 'application/json' } };
        const response = await fetch(url, { method, ...body });
        expect(problemSchema.parse(await response.json())).toMatchObject({
          status: 401,
          code: 'sign_in_required',
        });
      },
    );

    it('get no socket, nor do tokens that may not read', async () => {
      expect(await refusal({})).toBe('sign_in_required');
      expect(await refusal({ cookie: `loket_session=${'x'.repeat(43)}` })).toBe('session_ended');
      expect(await refusal({ authorization: 'Bearer lkt_wrong' })).toBe('token_invalid');
      const made = await admin.send('POST', '/tokens', { body: { name: 'x', scopes: ['inbound'] } });
      const { token } = (await made.json()) as { token: string };
      expect(await refusal({ authorization: `Bearer ${token}` })).toBe('scope_missing');
    });
  });

  describe('a page of another site', () => {
    let elsewhere: Server;
    let origin: string;
    beforeAll(async () => {
      elsewhere = createServer((_, answer) => {
        answer.setHeader('content-type', 'text/html');
        answer.end('<!doctype html><title>elsewhere</title>');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    });
    afterAll(async () => {
      elsewhere.closeAllConnections();
      await new Promise((resolve) => elsewhere.close(resolve));
    });

    it('can neither open a socket nor write, although the browser sends the cookie along', async () => {
      const { page, context } = await signedIn(browser, server, ayu);
      await page.goto(origin);
      const tried = await page.evaluate(async (url) => {
        const socket = new Promise<string>((resolve) => {
          const wire = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
          wire.onopen = () => resolve('open');
          wire.onerror = () => resolve('refused');
        });
        const write = fetch(`${url}/api/v1/cases/1/notes`, {
          method: 'POST',
          credentials: 'include',
          headers: { 'content-type': 'text/plain' },
          body: '{"text":"x"}',
        }).then(
          (answer) => String(answer.status),
          () => 'refused',
        );
        const read = fetch(`${url}/api/v1/me`, { credentials: 'include' }).then(
          (answer) => answer.text(),
          () => 'refused',
        );
        return Promise.all([socket, write, read]);
      }, server.url);
      expect(tried).toEqual(['refused', 'refused', 'refused']);
      await context.close();
      const cookie = ayu.client.cookieHeader();
      expect(await refusal({ cookie, origin })).not.toBe('let in');
      await connected({ cookie, origin: server.url });
      const forged = await fetch(`${server.url}/api/v1/me`, {
        method: 'PATCH',
        headers: { cookie, origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' },
        body: '{"name":"Orang lain"}',
      });
      expect(forged.status).toBe(403);
      expect((await ayu.client.get('/me', agentSchema)).name).toBe('Ayu Pratiwi');
    });
  });

  describe('sessions', () => {
    it('are new at every sign-in, and the one before in that browser is over', async () => {
      const client = new ApiClient(server.url);
      await client.signIn(ayu.email, agentPassword);
      const before = client.cookieHeader();
      const socket = await connected({ cookie: before });
      await client.signIn(ayu.email, agentPassword);
      expect(client.cookieHeader()).not.toBe(before);
      await closesWithin5s(socket);
      const old = await fetch(`${server.url}/api/v1/me`, { headers: { cookie: before } });
      expect(problemSchema.parse(await old.json()).code).toBe('session_ended');
      await client.get('/session', sessionSchema);
      await ayu.client.get('/session', sessionSchema);
    });

    it('end by hand, by signing out and with the person, and their sockets close within 5 s', async () => {
      const phone = new ApiClient(server.url);
      await phone.signIn(bima.email, agentPassword);
      const laptop = await connected({ cookie: bima.client.cookieHeader() });
      const onPhone = await connected({ cookie: phone.cookieHeader() });
      const { items } = await bima.client.get('/sessions', sessionPageSchema);
      const other = items.find((session) => !session.current);
      await bima.client.delete(`/sessions/${other?.id ?? ''}`);
      await closesWithin5s(onPhone);
      expect(laptop.connected).toBe(true);
      await expect(phone.get('/me', agentSchema)).rejects.toMatchObject({ status: 401 });

      await admin.patch(`/agents/${bima.agent.id}`, { disabled: true }, agentSchema);
      await closesWithin5s(laptop);
      await expect(bima.client.get('/me', agentSchema)).rejects.toMatchObject({ status: 401 });
      await expect(phone.signIn(bima.email, agentPassword)).rejects.toMatchObject({
        problem: { code: 'sign_in_failed' },
      });
    });
  });

  it('goes through the form: wrong, right, on to where one wanted, out in every tab', async () => {
    const { page, context } = await visit(browser, server);
    await page.goto('/inbox/mine');
    await page.getByRole('heading', { name: 'Sign in to Loket' }).waitFor();
    await page.getByLabel('Work email').fill(ayu.email);
    await page.getByLabel('Password', { exact: true }).fill('salah semua ini');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The email or the password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(agentPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/inbox/mine');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' });

    const tab = await context.newPage();
    await tab.goto('/inbox/all');
    await tab.getByRole('button', { name: 'Preferences' }).click();
    await tab.getByRole('menuitem', { name: 'Sign out' }).click();
    for (const one of [tab, page]) await one.getByRole('heading', { name: 'Sign in to Loket' }).waitFor();
    await context.close();
  });
});
