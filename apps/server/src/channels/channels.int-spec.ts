import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BusReply } from '@loket/contracts/bus.js';
import {
  type Channel,
  channelPageSchema,
  channelSchema,
  connectionReportSchema,
  ingressOnlyCapabilities,
} from '@loket/contracts/channels.js';
import { ChannelDirectory } from '@loket/core/channels/channel-directory.js';
import { Event } from '@loket/core/events/event.entity.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { ApiError } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';

const imap = { host: 'mail.example', user: 'cs@mail.example', password: 'rahasia-imap' };
const smtp = { host: 'mail.example', user: 'cs@mail.example', password: 'rahasia-smtp' };
const mail = { kind: 'email' as const, name: 'Dukungan', config: { address: 'cs@mail.example', imap, smtp } };
const capabilities = { ...ingressOnlyCapabilities, send: true, subject: true, html: true, test: true };

async function problemOf(call: Promise<unknown>): Promise<ApiError['problem']> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ApiError) return error.problem;
    throw error;
  }
  throw new Error('it was not refused');
}

let server: TestApp;
let bus: Bus;
let directory: ChannelDirectory;
const changed: string[] = [];
const tested: Record<string, unknown>[] = [];

/** Stands for the adapter host, which is in another room: only what crosses the bus counts here. */
function fakeHost(): void {
  bus.handle('channels.changed', ({ channelId }) => {
    changed.push(channelId);
    return Promise.resolve({});
  });
  bus.handle('channel.test', ({ config }) => {
    tested.push(config);
    return Promise.resolve({ ok: true, steps: [] });
  });
}

beforeAll(async () => {
  server = await startApp({}, null);
  bus = server.app.get<Bus>(BUS);
  directory = server.app.get(ChannelDirectory, { strict: false });
  fakeHost();
  await bus.request('adapters.announce', {
    hostId: 'host-1',
    adapters: [{ kind: 'email', capabilities, bySection: {} }],
  });
});
afterAll(() => server.close());

const eventsOf = (channelId: string): Promise<string[]> =>
  server.app
    .get(DataSource)
    .getRepository(Event)
    .find({ order: { id: 'ASC' } })
    .then((events) => events.filter(({ data }) => data['channelId'] === channelId).map(({ type }) => type));

describe('a channel', () => {
  let channel: Channel;
  beforeAll(async () => {
    channel = await server.admin.createChannel(mail);
  });

  it('never gives its passwords back', async () => {
    expect(channel).toMatchObject({
      kind: 'email',
      address: 'cs@mail.example',
      status: 'connecting',
      version: 1,
      config: { imap: { host: 'mail.example', port: 993, hasPassword: true }, smtp: { hasPassword: true } },
      capabilities,
    });
    const answers = [channel, await server.admin.get(`/channels/${channel.id}`, channelSchema)];
    expect(JSON.stringify(answers)).not.toContain('rahasia');
    const rows = await server.app.get(DataSource).query<unknown[]>('SELECT * FROM channels, events');
    expect(JSON.stringify(rows)).not.toContain('rahasia');
  });

  it('gives them to its adapter', async () => {
    expect((await directory.ref(channel.id)).config).toMatchObject({ imap, smtp });
    expect(changed).toContain(channel.id);
    expect(await eventsOf(channel.id)).toEqual(['channel.created']);
  });

  it('shows agents that it is there and no more', async () => {
    const agent = await signIn(server, 'agent');
    const { items } = await agent.get('/channels', channelPageSchema);
    expect(items.find(({ id }) => id === channel.id)).toMatchObject({
      name: 'Dukungan',
      config: {},
      statusDetail: null,
    });
    expect((await problemOf(agent.get(`/channels/${channel.id}`, channelSchema))).code).toBe('role_missing');
  });

  it('keeps passwords that are left out, also when the answer is sent back as it came', async () => {
    const { config } = channel;
    const next = await server.admin.patch(
      `/channels/${channel.id}`,
      { name: 'Bantuan', config },
      channelSchema,
    );
    expect(next).toMatchObject({ name: 'Bantuan', version: 2, config: { imap: { hasPassword: true } } });
    const { config: known, version } = await directory.ref(channel.id);
    expect(known).toMatchObject({ imap: { password: imap.password }, smtp: { password: smtp.password } });
    expect(version).toBe(2);
    channel = next;
  });

  it('sends no stored password to another server, saved or only tested', async () => {
    const config = {
      ...mail.config,
      imap: { ...imap, password: undefined, host: 'evil.example' },
      smtp: undefined,
    };
    const saved = await problemOf(server.admin.patch(`/channels/${channel.id}`, { config }, channelSchema));
    expect(saved).toMatchObject({ code: 'password_required', issues: [{ path: 'config.imap.password' }] });
    const probe = { kind: 'email', config, channelId: channel.id };
    const test = await problemOf(server.admin.post('/channels/test', probe, connectionReportSchema));
    expect(test.code).toBe('password_required');
    expect(JSON.stringify(tested)).not.toContain('rahasia');
  });

  it('lends its passwords to a test of the same server', async () => {
    const config = { imap: { ...imap, password: undefined, mailboxes: ['INBOX', 'Sales'] } };
    const probe = { kind: 'email', config, channelId: channel.id };
    expect((await server.admin.post('/channels/test', probe, connectionReportSchema)).ok).toBe(true);
    expect(tested.at(-1)).toMatchObject({ imap: { password: imap.password, mailboxes: ['INBOX', 'Sales'] } });
  });

  it('is not overwritten by one who saw an older version', async () => {
    const stale = await problemOf(
      server.admin.patch(`/channels/${channel.id}`, { name: 'Zu spät', version: 1 }, channelSchema),
    );
    expect(stale).toMatchObject({ code: 'version_conflict', status: 409, data: { current: { version: 2 } } });
    expect(JSON.stringify(stale)).not.toContain('rahasia');
  });

  it('refuses settings that make no sense, by field', async () => {
    const config = { imap: { host: '', user: 'x', port: 70_000, passwort: 'x' } };
    const { code, issues = [] } = await problemOf(
      server.admin.patch(`/channels/${channel.id}`, { config }, channelSchema),
    );
    expect(code).toBe('validation_failed');
    expect(issues.map(({ path }) => path).sort()).toEqual([
      'config.imap',
      'config.imap.host',
      'config.imap.port',
    ]);
  });

  it('can be switched off and on', async () => {
    const off = await server.admin.patch(`/channels/${channel.id}`, { enabled: false }, channelSchema);
    expect(off).toMatchObject({ enabled: false, status: 'disabled' });
    expect(await directory.isEnabled(channel.id)).toBe(false);
    await bus.request('channels.status', { channelId: channel.id, status: 'connected' });
    expect(await server.admin.get(`/channels/${channel.id}`, channelSchema)).toMatchObject({
      status: 'disabled',
    });
    const on = await server.admin.patch(`/channels/${channel.id}`, { enabled: true }, channelSchema);
    expect(on).toMatchObject({ enabled: true, status: 'connecting' });
  });

  it('is known by its id only', async () => {
    await expect(directory.ref(newId())).rejects.toMatchObject({
      kind: 'not_found',
      code: 'channel_not_found',
    });
    expect((await problemOf(server.admin.get(`/channels/${newId()}`, channelSchema))).code).toBe(
      'channel_not_found',
    );
  });
});

describe('a channel without a connection to keep', () => {
  it.each([
    ['mail that an MTA hands in', { kind: 'email' as const, name: 'MTA' }],
    [
      'a kind that has no adapter yet',
      { kind: 'whatsapp' as const, name: 'WA', config: { address: '+62811' } },
    ],
  ])('waits at the ingress: %s', async (_, create) => {
    const channel = await server.admin.createChannel(create);
    expect(channel).toMatchObject({ status: 'ingress_only', statusCode: null });
  });

  it('can do what the JSON ingress can', async () => {
    const channel = await server.admin.createChannel({ kind: 'phone', name: 'Telepon' });
    expect(channel.capabilities).toEqual(ingressOnlyCapabilities);
    const probe = { kind: 'phone', config: {} };
    expect((await problemOf(server.admin.post('/channels/test', probe, connectionReportSchema))).code).toBe(
      'channel_test_unsupported',
    );
  });
});

describe('leases', () => {
  const lease = (hostId: string): Promise<BusReply<'channels.lease'>> =>
    bus.request('channels.lease', { hostId, kinds: ['email'] });
  const database = (): DataSource => server.app.get(DataSource);

  it('give each channel to one host, also when many ask at once', async () => {
    for (const n of [1, 2, 3]) await server.admin.createChannel({ ...mail, name: `Lease ${String(n)}` });
    await database().query('UPDATE channels SET lease_owner = NULL, lease_expires_at = NULL');
    const hosts = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await Promise.all(hosts.map(lease));
    const given = answers.flatMap(({ channels }) => channels.map(({ id }) => id));
    expect(new Set(given).size).toBe(given.length);
    const [{ count } = { count: 0 }] = await database().query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM channels WHERE enabled AND kind = 'email'`,
    );
    expect(given).toHaveLength(count);
    for (const host of hosts) await bus.request('channels.release', { hostId: host });
  });

  it('come with opened secrets, are renewed, and pass on when they lapse', async () => {
    const first = await lease('first');
    expect(first.ttlMs).toBe(30_000);
    expect(first.channels.find(({ name }) => name === 'Lease 1')?.config).toMatchObject({ imap, smtp });
    expect((await lease('second')).channels).toEqual([]);
    // the same host, started again after a crash
    expect((await lease('first')).channels).toHaveLength(first.channels.length);
    await database().query(`UPDATE channels SET lease_expires_at = now() - interval '1 second'`);
    expect((await lease('second')).channels).toHaveLength(first.channels.length);
    expect((await lease('first')).channels).toEqual([]);
    await bus.request('channels.release', { hostId: 'second' });
    expect((await lease('first')).channels).toHaveLength(first.channels.length);
  });

  it('do not stop at a channel whose secrets are lost', async () => {
    const lost = await server.admin.createChannel({ ...mail, name: 'Lost' });
    await database().query(`UPDATE channels SET secrets = 'v1.rubbish' WHERE id = $1`, [lost.id]);
    const { channels } = await lease('first');
    expect(channels.map(({ name }) => name)).toContain('Lease 1');
    expect(channels.map(({ name }) => name)).not.toContain('Lost');
    expect(await server.admin.get(`/channels/${lost.id}`, channelSchema)).toMatchObject({
      status: 'paused',
      statusCode: 'channel_secrets_unreadable',
    });
    await server.admin.patch(`/channels/${lost.id}`, { config: mail.config }, channelSchema);
    expect((await lease('first')).channels.map(({ name }) => name)).toContain('Lost');
  });
});

describe('what an adapter reports', () => {
  it('is shown, and is an event only when it changes something', async () => {
    const { id } = await server.admin.createChannel({ ...mail, name: 'Status' });
    const report = {
      channelId: id,
      status: 'disconnected' as const,
      code: 'imap_unreachable',
      detail: 'ECONNREFUSED',
    };
    for (const detail of ['ECONNREFUSED', 'ECONNREFUSED', 'ETIMEDOUT']) {
      await bus.request('channels.status', { ...report, detail });
    }
    expect(await server.admin.get(`/channels/${id}`, channelSchema)).toMatchObject({
      status: 'disconnected',
      statusCode: 'imap_unreachable',
      statusDetail: 'ETIMEDOUT',
    });
    expect(await eventsOf(id)).toEqual(['channel.created', 'channel.status_changed']);
  });

  it('is not believed for longer than its host lives', async () => {
    const { id } = await server.admin.createChannel({ ...mail, name: 'Orphan' });
    await bus.request('channels.lease', { hostId: 'mortal', kinds: ['email'] });
    await bus.request('channels.status', { channelId: id, status: 'connected' });
    expect(await server.admin.get(`/channels/${id}`, channelSchema)).toMatchObject({ status: 'connected' });
    await server.app
      .get(DataSource)
      .query(`UPDATE channels SET lease_expires_at = now() - interval '1 second' WHERE id = $1`, [id]);
    expect(await server.admin.get(`/channels/${id}`, channelSchema)).toMatchObject({
      status: 'disconnected',
      statusCode: 'no_adapter_host',
    });
  });

  it('includes notes that survive', async () => {
    const { id } = await server.admin.createChannel({ ...mail, name: 'Cursor' });
    const values = { INBOX: { uidValidity: '7', uid: 42 }, empty: null, list: [1, 'two'] };
    for (const [key, value] of Object.entries(values)) {
      await bus.request('channels.saveCursor', { channelId: id, key, value: 'old' });
      await bus.request('channels.saveCursor', { channelId: id, key, value });
    }
    expect(await bus.request('channels.cursors', { channelId: id })).toEqual({ cursors: values });
  });
});
