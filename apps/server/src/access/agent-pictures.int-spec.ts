import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Agent, agentSchema, colleagueSchema, pictureLimits } from '@loket/contracts/access.js';
import { Event } from '@loket/core/events/event.entity.js';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import type { ApiClient } from '../../../../test/support/client.js';
import { listCases, reply } from '../../../../test/support/desk.js';
import { createToken, signIn } from '../../../../test/support/people.js';
import { pngPicture } from '../../../../test/support/pictures.js';
import { until } from '../../../../test/support/until.js';
import { VisitorClient } from '../../../../test/support/visitor.js';

let server: TestApp;
let rani: ApiClient;
let me: Agent;
beforeAll(async () => {
  server = await startApp();
  rani = await signIn(server, 'agent', 'Rani');
  me = await rani.get('/me', agentSchema);
});
afterAll(() => server.close());

const png = pngPicture(64);
const refs = z.strictObject({ items: z.array(colleagueSchema) });

interface Given {
  path?: string;
  name?: string;
  type?: string;
  headers?: Record<string, string>;
}
function put(client: ApiClient, bytes: Uint8Array, given: Given = {}): Promise<Response> {
  const { path = '/me/picture', name = 'saya.png', type = 'image/png' } = given;
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const headers = given.headers ?? { cookie: client.cookieHeader() };
  return fetch(`${server.url}/api/v1${path}`, { method: 'PUT', headers, body });
}
async function set(client: ApiClient, bytes: Uint8Array, path?: string): Promise<Agent> {
  const answer = await put(client, bytes, path === undefined ? {} : { path });
  expect(answer.status).toBe(200);
  return agentSchema.parse(await answer.json());
}
const open = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url + path, { headers: { cookie: rani.cookieHeader(), ...headers } });
const code = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];

describe('a picture of oneself', () => {
  it('stands where colleagues find it, and may be kept until it is another one', async () => {
    expect(me.picture).toBeNull();
    const first = (await set(rani, png)).picture!;
    const { items } = await server.admin.get('/agents/refs', refs);
    expect(items.find(({ id }) => id === me.id)).toEqual({ id: me.id, name: 'Rani', picture: first });
    const answer = await open(first);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png);
    const etag = `"${createHash('sha256').update(png).digest('hex')}"`;
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline;/) as unknown,
      'content-security-policy': expect.stringMatching(/^sandbox;/) as unknown,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      etag,
    });
    expect((await open(first, { 'if-none-match': etag })).status).toBe(304);

    const other = pngPicture(64, 64, [200, 60, 60]);
    const second = (await set(rani, other)).picture!;
    expect(second).not.toBe(first);
    // Whoever still has the old address gets today's picture, and does not keep it under that address.
    const late = await open(first);
    expect(late.headers.get('cache-control')).toBe('private, no-cache');
    expect(Buffer.from(await late.arrayBuffer())).toEqual(other);

    for (let times = 0; times < 2; times++) await rani.delete('/me/picture');
    expect((await rani.get('/me', agentSchema)).picture).toBeNull();
    expect(await code(await open(second))).toEqual([404, 'picture_not_found']);
  });

  it('is told to everybody who works here, once for each change', async () => {
    const events = server.app.get(DataSource).getRepository(Event);
    const before = await events.countBy({ type: 'agent.picture_changed' });
    for (let times = 0; times < 2; times++) await set(rani, png);
    const after = await events.find({ where: { type: 'agent.picture_changed' }, order: { id: 'DESC' } });
    expect(after).toHaveLength(before + 1);
    expect(after[0]).toMatchObject({ actorId: me.id, data: { agentId: me.id }, caseId: null });
  });

  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const page = Buffer.from('<!doctype html><script>alert(1)</script>');
  it.each<[string, Buffer, Given, [number, string]]>([
    ['a drawing with a script', svg, { name: 'a.svg', type: 'image/svg+xml' }, [422, 'picture_type']],
    ['the same under the name of a picture', svg, {}, [422, 'picture_type']],
    ['a page under the name of a picture', page, {}, [422, 'picture_type']],
    ['another kind of picture', Buffer.from('GIF89a'), { type: 'image/gif' }, [422, 'picture_type']],
    ['a head without a picture', png.subarray(0, 20), {}, [422, 'picture_type']],
    ['nothing', Buffer.alloc(0), {}, [422, 'picture_type']],
    ['too many pixels', pngPicture(pictureLimits.mostSide + 1, 40), {}, [422, 'picture_size']],
    ['too few pixels', pngPicture(40, pictureLimits.leastSide - 1), {}, [422, 'picture_size']],
    [
      'too many bytes',
      Buffer.concat([png, Buffer.alloc(pictureLimits.bytes)]),
      {},
      [413, 'picture_too_large'],
    ],
  ])('is not %s', async (_, bytes, given, refusal) => {
    const { picture } = await set(rani, png);
    expect(await code(await put(rani, bytes, given))).toEqual(refusal);
    expect((await rani.get('/me', agentSchema)).picture).toBe(picture);
  });

  it('is what its bytes are, whatever it is called, and nothing in it can run', async () => {
    const polyglot = Buffer.concat([png, page]);
    const answer = await put(rani, polyglot, { name: 'a.html', type: 'text/html' });
    const { picture } = agentSchema.parse(await answer.json());
    const { headers } = await open(picture!);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("sandbox; default-src 'none'");
    expect(policy).not.toMatch(/allow-|script-src/);
  });

  it('is set by himself or an admin, and seen by those who have signed in', async () => {
    const other = await signIn(server, 'supervisor');
    const path = `/agents/${me.id}/picture`;
    expect((await put(rani, png, { headers: {} })).status).toBe(401);
    const authorization = `Bearer ${await createToken(server, rani, 'write')}`;
    expect((await put(rani, png, { headers: { authorization } })).status).toBe(403);
    expect((await put(other, png, { path })).status).toBe(403);
    const taken = await set(server.admin, pngPicture(80), path);
    expect(taken.id).toBe(me.id);
    expect((await fetch(server.url + taken.picture!)).status).toBe(401);
    expect((await open(taken.picture!, { cookie: other.cookieHeader() })).status).toBe(200);
    await server.admin.delete(path);
    expect((await rani.get('/me', agentSchema)).picture).toBeNull();
    const nobody = `/agents/${randomUUID()}/picture`;
    expect(await code(await put(server.admin, png, { path: nobody }))).toEqual([404, 'agent_not_found']);
  });
});

describe('a picture in a chat', () => {
  it('is shown to the visitor by a link of its own, until nobody has it any more', async () => {
    const origin = 'https://toko.example';
    const config = { allowedOrigins: [origin] };
    const { id } = await server.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
    const visitor = await VisitorClient.arrive({ url: server.url, channelId: id, origin });
    await visitor.send('Halo');
    await set(rani, png);
    const [found] = await listCases(server.admin);
    await reply(rani, found!.id, { text: 'Halo juga' });
    await until(() => visitor.heard.some(({ from }) => from === 'agent'));
    const { picture } = visitor.heard.at(-1)!;
    expect(picture).not.toContain(me.id);
    await until(() => visitor.agent !== null);
    expect(visitor.agent).toEqual({ name: 'Rani', picture });
    expect((await visitor.history()).map((message) => message.picture)).toEqual([picture, null]);

    const shown = await fetch(server.url + picture!);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/png',
      'cross-origin-resource-policy': 'cross-origin',
      'content-security-policy': expect.stringMatching(/^sandbox;/) as unknown,
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=86400, immutable',
    });
    const parts = picture!.split('/');
    for (const forged of [
      parts.with(-1, 'x'.repeat(32)),
      parts.with(-2, createHash('sha256').update(pngPicture(80)).digest('hex')),
      parts.with(-2, '../../agents'),
    ])
      expect((await fetch(server.url + forged.join('/'))).status).toBe(404);

    // He no longer works here; what he said stays his.
    const disabled = await server.admin.patch(`/agents/${me.id}`, { disabled: true }, agentSchema);
    expect(disabled.picture).not.toBeNull();
    expect((await fetch(server.url + picture!)).status).toBe(200);
    expect((await visitor.history())[0]!.picture).toBe(picture);

    await server.admin.delete(`/agents/${me.id}/picture`);
    expect((await fetch(server.url + picture!)).status).toBe(404);
    expect((await visitor.history())[0]!.picture).toBeNull();
    visitor.leave();
  });
});
