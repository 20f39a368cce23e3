import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema } from '@loket/contracts/errors.js';
import { intakeResultSchema } from '@loket/contracts/inbound.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';

const nobody = '01890000-0000-7000-8000-000000000000';

describe('a server among strangers', () => {
  let database: TestDatabase;
  let server: TestServer;
  let admin: ApiClient;
  let feeder: ApiClient;
  let channelId: string;

  beforeAll(async () => {
    database = await freshDatabase();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    channelId = (await admin.createChannel({ kind: 'email', name: 'Bantuan', config: {} })).id;
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await database.drop();
  });

  describe('refuses', () => {
    type Who = 'nobody' | 'feeder' | 'reader' | 'agent' | 'admin';
    const clients = new Map<Who, Record<string, string>>([['nobody', {}]]);

    beforeAll(async () => {
      const agent = await addColleague(admin, 'Ayu Pratiwi');
      const token = async (scope: 'inbound' | 'read'): Promise<Record<string, string>> => {
        const made = await admin.send('POST', '/tokens', { body: { name: scope, scopes: [scope] } });
        return { authorization: `Bearer ${((await made.json()) as { token: string }).token}` };
      };
      clients.set('feeder', await token('inbound')).set('reader', await token('read'));
      clients.set('agent', { cookie: agent.client.cookieHeader() });
      clients.set('admin', { cookie: admin.cookieHeader() });
    });

    const message = {
      externalId: 'x1',
      sender: { kind: 'email', value: 'a@b.example' },
      sentAt: '2026-11-20T03:00:00Z',
      text: 'halo',
    };
    const json = (body: unknown): { body: string; type: string } => ({
      body: JSON.stringify(body),
      type: 'application/json',
    });
    const inbound = (id: string): string => `POST /channels/${id}/inbound`;

    it.each<[string, Who, string, { body: string; type: string } | null, number, string]>([
      ['without signing in', 'nobody', 'GET /cases', null, 401, 'sign_in_required'],
      ['at no address', 'admin', 'GET /nothing/here', null, 404, 'route_not_found'],
      ['by another method', 'admin', 'DELETE /cases', null, 405, 'method_not_allowed'],
      ['a token beyond its scope', 'feeder', 'GET /cases', null, 403, 'scope_missing'],
      [
        'a reader who writes',
        'reader',
        `POST /cases/${nobody}/notes`,
        json({ text: 'x' }),
        403,
        'scope_missing',
      ],
      [
        'an agent among channels',
        'agent',
        'POST /channels',
        json({ kind: 'email', name: 'x' }),
        403,
        'role_missing',
      ],
      ['an agent who feeds', 'agent', inbound(nobody), json(message), 403, 'role_missing'],
      ['a token for what people do', 'reader', 'GET /sessions', null, 403, 'session_required'],
      ['an id that is none', 'feeder', inbound('1042'), json(message), 400, 'validation_failed'],
      ['an id of nothing', 'feeder', inbound(nobody), json(message), 404, 'channel_not_found'],
      ['a case that is not there', 'agent', `GET /cases/${nobody}`, null, 404, 'case_not_found'],
      ['a number that is not there', 'agent', 'GET /cases/999999', null, 404, 'case_not_found'],
      [
        'SQL in an id',
        'agent',
        `GET /cases/${encodeURIComponent("1' OR '1'='1")}`,
        null,
        400,
        'validation_failed',
      ],
      [
        'SQL in a filter',
        'agent',
        'GET /cases?sort=number;DROP%20TABLE%20cases',
        null,
        400,
        'validation_failed',
      ],
      ['an unknown filter', 'agent', 'GET /cases?owner=me', null, 400, 'validation_failed'],
      ['a cursor by hand', 'agent', 'GET /cases?cursor=abc', null, 400, 'cursor_invalid'],
      ['an address that cannot be decoded', 'agent', 'GET /cases/%E0%A4%A', null, 400, 'malformed_request'],
      [
        'half a JSON',
        'feeder',
        inbound(nobody),
        { body: '{"text":', type: 'application/json' },
        400,
        'malformed_json',
      ],
      [
        'JSON 100,000 deep',
        'feeder',
        inbound(nobody),
        { body: '['.repeat(100_000), type: 'application/json' },
        400,
        'malformed_json',
      ],
      [
        'a prototype in JSON',
        'admin',
        'POST /channels',
        { body: '{"__proto__":{"role":"admin"}}', type: 'application/json' },
        400,
        'malformed_json',
      ],
      [
        'a NUL in a text',
        'feeder',
        inbound(nobody),
        json({ ...message, text: 'a\u0000b' }),
        400,
        'invalid_text',
      ],
      [
        'a form',
        'admin',
        'POST /channels',
        { body: 'kind=email', type: 'application/x-www-form-urlencoded' },
        415,
        'unsupported_media_type',
      ],
      [
        'a body beyond the limit',
        'admin',
        'POST /channels',
        json({ name: 'x'.repeat(1_100_000) }),
        413,
        'body_too_large',
      ],
      [
        'an unknown field',
        'admin',
        'POST /channels',
        json({ kind: 'email', name: 'x', role: 'admin' }),
        400,
        'validation_failed',
      ],
      [
        'an unknown kind',
        'admin',
        'POST /channels',
        json({ kind: 'pigeon', name: 'x' }),
        400,
        'validation_failed',
      ],
      [
        'a settings field of another kind',
        'admin',
        'POST /channels',
        json({ kind: 'phone', name: 'x', config: { imap: {} } }),
        400,
        'validation_failed',
      ],
      [
        'an empty patch of the wrong type',
        'agent',
        `PATCH /cases/${nobody}`,
        json([]),
        400,
        'validation_failed',
      ],
      ['a page of a million', 'agent', 'GET /cases?limit=1000000', null, 400, 'validation_failed'],
      [
        'a bad Idempotency-Key owner',
        'agent',
        `POST /cases/${nobody}/messages`,
        json({ text: 'x' }),
        404,
        'case_not_found',
      ],
    ])('%s', async (_, who, line, body, status, code) => {
      const [method, path] = line.split(' ');
      const response = await fetch(`${server.url}/api/v1${path ?? ''}`, {
        method: method ?? '',
        headers: { ...clients.get(who), ...(body ? { 'content-type': body.type } : {}) },
        ...(body ? { body: body.body } : {}),
      });
      const problem = problemSchema.parse(await response.json());
      expect([response.status, problem.code, problem.status]).toEqual([status, code, status]);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(problem.instance).toBeTruthy();
    });

    it('what a channel cannot take, and says what it takes', async () => {
      const phone = await admin.createChannel({ kind: 'phone', name: 'Telepon', config: {} });
      await expect(feeder.ingestRaw(phone.id, mail())).rejects.toMatchObject({
        status: 422,
        problem: {
          code: 'media_type_not_taken',
          data: { takes: expect.arrayContaining(['application/vnd.loket.call+json', 'application/json']) },
        },
      });
      await expect(feeder.ingestRaw(channelId, new Uint8Array())).rejects.toMatchObject({
        status: 400,
        problem: { code: 'empty_body' },
      });
      const sha256 = 'a'.repeat(64);
      const attachments = [{ sha256, size: 1, mediaType: 'text/plain', name: 'x' }];
      const post = (body: object) => feeder.post(inbound(phone.id).slice(5), body, intakeResultSchema);
      await expect(post({ ...message, attachments })).rejects.toMatchObject({
        status: 422,
        problem: { code: 'attachment_missing', data: { sha256 } },
      });
      await expect(post({ ...message, channelId })).rejects.toMatchObject({
        status: 400,
        problem: { code: 'channel_mismatch' },
      });
      await expect(post({ ...message, sender: { kind: 'email' } })).rejects.toMatchObject({
        status: 400,
        problem: { issues: [{ path: 'sender.value' }] },
      });
    });

    it('as much as comes within three seconds, and goes on answering', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 40 });
      const cookie = clients.get('feeder')?.authorization ?? '';
      const shots: [string, string, Record<string, string>, string][] = [
        [
          'POST',
          inbound(channelId).slice(5),
          { authorization: cookie, 'content-type': 'application/json' },
          '{"a":',
        ],
        [
          'POST',
          inbound(channelId).slice(5),
          { authorization: cookie, 'content-type': 'application/json' },
          '{"a":1}',
        ],
        [
          'POST',
          inbound(channelId).slice(5),
          { authorization: 'Bearer wrong', 'content-type': 'message/rfc822' },
          'x',
        ],
        ['GET', '/cases', { cookie: `loket_session=${'y'.repeat(43)}` }, ''],
        ['GET', `/${randomUUID()}/%00`, {}, ''],
        ['POST', '/session', { 'content-type': 'application/json' }, '{"email":"x","password":""}'],
      ];
      const seen = new Map<number, number>();
      const end = Date.now() + 3_000;
      const fire = async (): Promise<void> => {
        for (let n = 0; Date.now() < end; n++) {
          const [method, path, headers, body] = shots[n % shots.length] ?? shots[0]!;
          const status = await shoot(agent, `${server.url}/api/v1${path}`, method, headers, body);
          seen.set(status, (seen.get(status) ?? 0) + 1);
        }
      };
      await Promise.all(Array.from({ length: 40 }, fire));
      agent.destroy();
      const total = [...seen.values()].reduce((a, b) => a + b, 0);
      expect([...seen.keys()].filter((status) => status < 400 || status >= 500)).toEqual([]);
      expect(total).toBeGreaterThan(100);

      const began = performance.now();
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
      expect(await feeder.ingestRaw(channelId, mail())).toMatchObject({ status: 'accepted' });
      expect(performance.now() - began).toBeLessThan(2_000);
      const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(server.pid)}/status`, 'utf8'));
      expect(Number(memory?.[1]) / 1024).toBeLessThan(900);
    });
  });

  it('has left no trace of a defect in the log', () => {
    expect(
      server
        .log()
        .split('\n')
        .filter((line) => /request failed by a defect/.test(line)),
    ).toEqual([]);
  });
});

function shoot(
  agent: Agent,
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
