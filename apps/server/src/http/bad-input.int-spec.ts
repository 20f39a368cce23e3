import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema } from '@loket/contracts/errors.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { openApiDocument } from '../openapi/document.js';
import { RouteRegistry } from './route-registry.js';

type Schema = { [key: string]: unknown };
interface Operation {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** JSON, written out: some of it is not what JSON.stringify would write. */
const nastyValues = [
  'null',
  '[{}]',
  '{"constructor":{"prototype":{"admin":true}}}',
  '1e400',
  '2147483648',
  '"\\ud800"',
  '"\u202e\u200b.exe\'; DROP TABLE agents; --"',
  `"${'x'.repeat(30_000)}"`,
];
const nastyBodies = [
  ...nastyValues,
  '',
  '{',
  '{"a":1,}',
  '-1',
  '\u0000',
  '"\\u12"',
  '"a\\u0000b"',
  '{"__proto__":{"admin":true}}',
  '['.repeat(500),
];
const nastyWords = ['%00', '%ff%fe', '..%2f..%2fetc%2fpasswd', '%F0%9F%92%A9', '-1', '1e9', 'x'.repeat(190)];

let server: TestApp;
let document: Document;
let headers: Record<string, string>;
beforeAll(async () => {
  server = await startApp();
  document = openApiDocument(server.app.get(RouteRegistry).routes) as unknown as Document;
  headers = { cookie: server.admin.cookieHeader() };
});
afterAll(() => server.close());

interface Attempt {
  method: string;
  path: string;
  body: string | undefined;
}

/** Sends all, eight at a time; each must be understood, or refused in the agreed form. */
async function expectNoDefect(attempts: readonly Attempt[]): Promise<void> {
  const left = [...attempts];
  const sender = async (): Promise<void> => {
    for (let attempt = left.pop(); attempt; attempt = left.pop()) await expectUnderstood(attempt);
  };
  await Promise.all(Array.from({ length: 8 }, sender));
}

async function expectUnderstood({ method, path, body }: Attempt): Promise<void> {
  const what = `${method} ${path.slice(0, 200)} ${body?.slice(0, 200) ?? ''}`;
  const answer = await fetch(server.url + path, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body,
  });
  const text = await answer.text();
  if (answer.status < 400) return;
  expect([what, answer.status >= 500 ? text : '']).toEqual([what, '']);
  expect([what, answer.headers.get('content-type')]).toEqual([
    what,
    'application/problem+json; charset=utf-8',
  ]);
  const problem = problemSchema.parse(JSON.parse(text));
  expect(problem).toMatchObject({ status: answer.status, instance: answer.headers.get('x-request-id') });
}

/** The least that fits a schema. */
function sample(schema: Schema): unknown {
  const reference = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref']))?.[1];
  if (reference !== undefined) return sample(document.components.schemas[reference] ?? {});
  const [first] = (schema['oneOf'] ?? schema['anyOf'] ?? []) as Schema[];
  if (first) return sample(first);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return (schema['enum'] as unknown[])[0];
  switch (schema['type']) {
    case 'object':
      return Object.fromEntries(
        ((schema['required'] ?? []) as string[]).map((name) => [
          name,
          sample((schema['properties'] as Record<string, Schema>)[name] ?? {}),
        ]),
      );
    case 'array':
      return schema['minItems'] ? [sample(schema['items'] as Schema)] : [];
    case 'integer':
    case 'number':
      return schema['minimum'] ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      return {};
  }
}

function text({ format, minLength, pattern }: Schema): string {
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  if (format === 'email') return 'someone@loket.example';
  if (format === 'date-time') return '2026-01-01T00:00:00Z';
  if (pattern === '^[0-9a-f]{64}$') return 'a'.repeat(64);
  return 'x'.repeat(Math.max(1, Number(minLength ?? 1)));
}

function propertiesOf(schema: Schema): string[] {
  const reference = /^#\/components\/schemas\/(.+)$/.exec(String(schema['$ref']))?.[1];
  if (reference !== undefined) return propertiesOf(document.components.schemas[reference] ?? {});
  const [first] = (schema['oneOf'] ?? schema['anyOf'] ?? []) as Schema[];
  return first ? propertiesOf(first) : Object.keys(schema['properties'] ?? {});
}

/** Ends what the test stands on. */
const spared = ['DELETE /api/v1/session', 'PATCH /api/v1/me'];
const idIn = (path: string): string => path.replace(/\{\w+\}/g, '01890000-0000-7000-8000-000000000000');

function operations(): [string, string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .map(([method, operation]): [string, string, Operation] => [method.toUpperCase(), path, operation])
      .filter(([method]) => !spared.includes(`${method} ${path}`)),
  );
}

describe('bad input', () => {
  it('in bodies is refused, never a defect', async () => {
    const attempts = operations().flatMap(([method, path, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (!schema) return [];
      const good = sample(schema) as Record<string, unknown>;
      const bodies = propertiesOf(schema).flatMap((name) =>
        nastyValues.map((value) => {
          const { [name]: _, ...rest } = good;
          const members = Object.entries(rest).map(
            ([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`,
          );
          return `{${[...members, `${JSON.stringify(name)}:${value}`].join(',')}}`;
        }),
      );
      return [...nastyBodies, ...bodies].map((body) => ({ method, path: idIn(path), body }));
    });
    expect(attempts.length).toBeGreaterThan(300);
    await expectNoDefect(attempts);
  }, 240_000);

  it('in addresses is refused, never a defect', async () => {
    const attempts = operations().flatMap(([method, path, { parameters, requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      const body = schema && JSON.stringify(sample(schema));
      const queries = parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name);
      return nastyWords
        .flatMap((word) => [
          ...(path.includes('{') ? [path.replace(/\{\w+\}/g, word)] : []),
          ...queries.map((name) => `${idIn(path)}?${name}=${word}`),
          ...queries.slice(0, 1).map((name) => `${idIn(path)}?${name}=${word}&${name}=${word}&${name}[a]=1`),
        ])
        .map((target) => ({ method, path: target, body }));
    });
    expect(attempts.length).toBeGreaterThan(100);
    await expectNoDefect(attempts);
  }, 240_000);

  it.each([
    ['an unknown address', 'GET', '/api/v1/nothing', {}, undefined, 404, 'route_not_found'],
    [
      'an unknown address below a known one',
      'GET',
      '/api/v1/agents/a/b',
      {},
      undefined,
      404,
      'route_not_found',
    ],
    [
      'an address that cannot be decoded',
      'GET',
      '/api/v1/channels/%zz',
      {},
      undefined,
      400,
      'malformed_request',
    ],
    [
      'an overlong address',
      'GET',
      `/api/v1/channels/${'x'.repeat(3_000)}`,
      {},
      undefined,
      404,
      'route_not_found',
    ],
    ['another method', 'PUT', '/api/v1/agents', {}, undefined, 405, 'method_not_allowed'],
    [
      'a form',
      'POST',
      '/api/v1/session',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'a=b',
      415,
      'unsupported_media_type',
    ],
    [
      'a body without a type',
      'POST',
      '/api/v1/session',
      { 'content-type': '' },
      'x',
      415,
      'unsupported_media_type',
    ],
    ['too much', 'POST', '/api/v1/session', {}, `"${'x'.repeat(1_100_000)}"`, 413, 'body_too_large'],
    ['half of a JSON', 'POST', '/api/v1/session', {}, '{"email":', 400, 'malformed_json'],
    ['nothing where a JSON belongs', 'POST', '/api/v1/session', {}, '', 400, 'malformed_json'],
    ['a poisoned JSON', 'POST', '/api/v1/session', {}, '{"__proto__":{}}', 400, 'malformed_json'],
    ['an abyss', 'POST', '/api/v1/session', {}, '['.repeat(900_000), 400, 'malformed_json'],
    ['half a character', 'POST', '/api/v1/session', {}, '{"email":"\\ud83d"}', 400, 'invalid_text'],
    [
      'an unknown field',
      'POST',
      '/api/v1/session',
      {},
      '{"email":"a@b.co","password":"x","role":"admin"}',
      400,
      'validation_failed',
    ],
  ] as const)('%s', async (_, method, path, more, body, status, code) => {
    const answer = await fetch(server.url + path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more },
      body,
    });
    const problem = problemSchema.parse(await answer.json());
    expect(problem).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
  });

  it('says which fields are wrong', async () => {
    const answer = await fetch(`${server.url}/api/v1/agents`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody', name: 'x', password: 'short', admin: true }),
    });
    const { issues = [] } = problemSchema.parse(await answer.json());
    expect(issues.map(({ path }) => path).sort()).toEqual(['', 'email', 'password']);
  });

  it('tells nothing of the inside when there is a defect', async () => {
    const { DataSource } = await import('typeorm');
    await server.app.get(DataSource).query('ALTER TABLE channels RENAME TO channels_away');
    try {
      const answer = await fetch(`${server.url}/api/v1/channels`, { headers });
      const problem = await answer.text();
      expect(answer.status).toBe(500);
      expect(JSON.parse(problem)).toMatchObject({
        code: 'internal_error',
        instance: answer.headers.get('x-request-id'),
      });
      expect(problem).not.toContain('channels_away');
      expect(problem).not.toContain('relation');
    } finally {
      await server.app.get(DataSource).query('ALTER TABLE channels_away RENAME TO channels');
    }
  });
});

describe('answers', () => {
  it('carry the headers that keep a browser from mischief', async () => {
    const answer = await fetch(`${server.url}/healthz`);
    await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
  });
});

describe('stopping', () => {
  it('does not wait for a client that never reads', async () => {
    const other = await startApp();
    const { port, hostname } = new URL(other.url);
    const socket = connect(Number(port), hostname);
    socket.pause();
    for (let i = 0; i < 20; i++)
      socket.write(`GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const began = Date.now();
    await other.close();
    expect(Date.now() - began).toBeLessThan(9_000);
    socket.destroy();
  });
});
