import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusRequest } from '@loket/contracts/bus.js';
import { type ChannelSession, channelSessionSchema } from '@loket/contracts/channel-sessions.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { type Template, templateListSchema } from '@loket/contracts/templates.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { type ApiClient, ApiError } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';

const secret = '2@kode-rahasia-untuk-telepon';
const pairing: ChannelSession = {
  state: 'qr_pending',
  reason: null,
  account: null,
  offer: { kind: 'qr', qr: secret },
  offerEndsAt: '2026-11-22T03:00:00.000Z',
  nextTryAt: null,
};
const template: Template = {
  name: 'pesanan_dikirim',
  language: 'id',
  category: 'UTILITY',
  header: null,
  body: 'Halo {{1}}, pesanan Anda dikirim.',
  footer: null,
  buttons: [],
  blanks: [{ key: 'body.1', kind: 'text', example: 'Dewi' }],
};

let server: TestApp;
let agent: ApiClient;
let linked: string;
let cloud: string;
const actions: BusRequest<'channel.sessionAction'>[] = [];
let here = true;
let templates: () => Promise<Template[]> = () => Promise.resolve([template]);

beforeAll(async () => {
  server = await startApp({}, null);
  const bus = server.app.get<Bus>(BUS);
  bus.handle('channels.changed', () => Promise.resolve({}));
  bus.handle('channel.session', () =>
    here
      ? Promise.resolve(pairing)
      : Promise.reject(new AppError('not_found', 'session_not_here', 'not here')),
  );
  bus.handle('channel.sessionAction', (request) => {
    actions.push(request);
    return Promise.resolve(pairing);
  });
  bus.handle('channel.templates', async () => ({ templates: await templates() }));
  await bus.request('adapters.announce', {
    hostId: 'host',
    adapters: [
      {
        kind: 'whatsapp',
        capabilities: ingressOnlyCapabilities,
        bySection: {
          web: { ...ingressOnlyCapabilities, session: true },
          cloud: { ...ingressOnlyCapabilities, templates: true },
        },
      },
    ],
  });
  const create = async (config: Record<string, unknown>): Promise<string> =>
    (await server.admin.createChannel({ kind: 'whatsapp', name: 'Toko', config })).id;
  linked = await create({ web: {} });
  cloud = await create({ cloud: { phoneNumberId: '1065' } });
  agent = await signIn(server, 'agent');
});
afterAll(() => server.close());

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'not refused',
    (error: unknown) => {
      if (error instanceof ApiError) return error.problem.code;
      throw error;
    },
  );

describe('a linked phone', () => {
  it('shows an admin what to show to it, and lets nothing keep the answer', async () => {
    const answer = await server.admin.send('GET', `/channels/${linked}/session`, {});
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(channelSessionSchema.parse(await answer.json())).toEqual(pairing);
  });

  it('takes what an admin wants of it, and its answer stands nowhere in the database', async () => {
    const answer = await server.admin.send('POST', `/channels/${linked}/session`, {
      body: { action: 'pair', phone: ' +62 812-3456 ' },
      headers: { 'idempotency-key': 'pair-1' },
    });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toEqual(pairing);
    expect(actions).toEqual([
      { channelId: linked, kind: 'whatsapp', action: { action: 'pair', phone: '+62 812-3456' } },
    ]);
    const kept = await server.app
      .get(DataSource)
      .query<unknown[]>(`SELECT body FROM idempotency_keys UNION ALL SELECT data FROM events`);
    expect(JSON.stringify(kept)).not.toContain(secret);
  });

  it.each([{ action: 'explode' }, {}, { action: 'pair', phone: 'x'.repeat(41) }])(
    'refuses %j',
    async (body) => {
      const call = server.admin.post(`/channels/${linked}/session`, body, channelSessionSchema);
      expect(await refusal(call)).toBe('validation_failed');
    },
  );

  it('is not for agents', async () => {
    for (const method of ['GET', 'POST'])
      expect(
        await refusal(
          agent.send(
            method,
            `/channels/${linked}/session`,
            method === 'GET' ? {} : { body: { action: 'cancel' } },
          ),
        ),
      ).toBe('role_missing');
  });

  it.each([
    ['a channel without phones', () => cloud, 'session_unsupported'],
    ['no channel at all', () => newId(), 'channel_not_found'],
  ])('%s has none', async (_name, id, code) => {
    expect(await refusal(server.admin.get(`/channels/${id()}/session`, channelSessionSchema))).toBe(code);
    const act = server.admin.post(`/channels/${id()}/session`, { action: 'cancel' }, channelSessionSchema);
    expect(await refusal(act)).toBe(code);
  });

  it('is waited for when its host is just taking it up', async () => {
    here = false;
    const asked = server.admin.get(`/channels/${linked}/session`, channelSessionSchema);
    setTimeout(() => (here = true), 300);
    expect(await asked).toEqual(pairing);
  });

  it('of another process is not here', async () => {
    here = false;
    expect(await refusal(server.admin.get(`/channels/${linked}/session`, channelSessionSchema))).toBe(
      'session_not_here',
    );
  });
});

describe('templates', () => {
  it('that cannot be read now are told of, and asked for again', async () => {
    const good = templates;
    templates = () => Promise.reject(new AppError('unavailable', 'whatsapp_unreachable', 'no answer'));
    expect(await refusal(agent.get(`/channels/${cloud}/templates`, templateListSchema))).toBe(
      'whatsapp_unreachable',
    );
    templates = good;
  });

  it('are for agents to choose from', async () => {
    expect(await agent.get(`/channels/${cloud}/templates`, templateListSchema)).toEqual({
      items: [template],
    });
  });

  it('a channel that has none says so', async () => {
    expect(await refusal(agent.get(`/channels/${linked}/templates`, templateListSchema))).toBe(
      'templates_unsupported',
    );
  });
});
