import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket as NodeSocket } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { DataSource } from 'typeorm';
import {
  caseSchema,
  casePageSchema,
  timelineNoteSchema,
  timelinePageSchema,
  type CaseSummary,
} from '@loket/contracts/cases.js';
import { eventPageSchema, liveEventSchema, type LiveEvent } from '@loket/contracts/events.js';
import type {
  ClientToServer,
  PresenceUpdate,
  ServerToClient,
  SubscribeAck,
} from '@loket/contracts/sockets.js';
import { sessionPageSchema } from '@loket/contracts/access.js';
import { Clock } from '@loket/platform/clock.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { createToken, signIn } from '../../../../test/support/people.js';
import { LiveBroadcast } from './live-broadcast.js';
import { presenceMs } from './presence.js';
import { until } from '../../../../test/support/until.js';
import type { ApiClient } from '../../../../test/support/client.js';

type Client = Socket<ServerToClient, ClientToServer> & { heard: LiveEvent[] };

let server: TestApp;
let agent: ApiClient;
let channelId: string;
const open: Socket[] = [];
beforeAll(async () => {
  server = await startApp();
  agent = await signIn(server, 'agent', 'Rina');
  channelId = (await server.admin.createChannel({ kind: 'webchat', name: 'Obrolan' })).id;
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => server.close());

function socketOf(options: { cookie?: string; token?: string; origin?: string; namespace?: string }): Client {
  const { cookie, token, origin, namespace = '/agents' } = options;
  const socket = io(`${server.url}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    ...(token === undefined ? {} : { auth: { token } }),
    extraHeaders: {
      ...(cookie === undefined ? {} : { cookie }),
      ...(origin === undefined ? {} : { origin }),
    },
  }) as Client;
  socket.heard = [];
  // Every event is exactly what the contract says.
  socket.on('event', (event) => socket.heard.push(liveEventSchema.parse(event)));
  open.push(socket);
  return socket;
}

/** @returns null when it came in, else the code of the refusal */
async function entry(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(null));
    socket.on('connect_error', (error: Error & { data?: { code: string } }) =>
      resolve(error.data?.code ?? error.message),
    );
  });
}

async function connect(client: ApiClient): Promise<Client> {
  const socket = socketOf({ cookie: client.cookieHeader() });
  expect(await entry(socket)).toBeNull();
  return socket;
}

const subscribe = (socket: Client, rooms: string[], after?: string): Promise<SubscribeAck> =>
  socket
    .timeout(5_000)
    .emitWithAck('subscribe', { rooms, ...(after === undefined ? {} : { after }) } as never);

async function joined(
  socket: Client,
  rooms: string[],
  after?: string,
): Promise<Extract<SubscribeAck, { ok: true }>> {
  const answer = await subscribe(socket, rooms, after);
  if (!answer.ok) throw new Error(answer.code);
  return answer;
}

let visitors = 0;
async function write(
  visitor = `v${String(++visitors)}`,
  text = 'halo',
): Promise<{ caseId: string; messageId: string }> {
  const { caseId, messageId } = await server.admin.ingest(channelId, {
    externalId: `${visitor}-${String(Math.random())}`,
    sender: { kind: 'visitor', value: visitor, proof: 'verified' },
    sentAt: new Date().toISOString(),
    text,
  });
  if (!caseId || !messageId) throw new Error('not accepted');
  return { caseId, messageId };
}

describe('coming in', () => {
  it('takes a session or a token that may read, and nobody else', async () => {
    expect(await entry(socketOf({}))).toBe('sign_in_required');
    expect(await entry(socketOf({ token: `lkt_${'x'.repeat(43)}` }))).toBe('token_invalid');
    expect(await entry(socketOf({ cookie: `loket_session=${'x'.repeat(43)}` }))).toBe('session_ended');
    expect(await entry(socketOf({ token: await createToken(server, server.admin, 'inbound') }))).toBe(
      'scope_missing',
    );
    expect(await entry(socketOf({ token: await createToken(server, agent, 'read') }))).toBeNull();
    expect(await entry(socketOf({ cookie: agent.cookieHeader() }))).toBeNull();
  });

  it('refuses pages of other origins, whatever cookie the browser adds', async () => {
    const cookie = agent.cookieHeader();
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`])
      expect([origin, await entry(socketOf({ cookie, origin }))]).toEqual([origin, 'websocket error']);
    expect(await entry(socketOf({ cookie, origin: server.url }))).toBeNull();
  });

  it('has no other namespace', async () => {
    for (const namespace of ['/', '/admin', '/visitors'])
      expect(await entry(socketOf({ cookie: agent.cookieHeader(), namespace }))).not.toBeNull();
  });
});

describe('rooms', () => {
  it('give the inbox every case without its item, the case room with it, and each socket each event once', async () => {
    const { caseId } = await write('tamu', 'pertama');
    const [list, page] = [await connect(agent), await connect(agent)];
    await joined(list, ['inbox']);
    await joined(page, ['inbox', `case:${caseId}`]);
    const { messageId } = await write('tamu', 'kedua');
    const other = await write();
    for (const socket of [list, page]) await until(() => socket.heard.some((e) => e.caseId === other.caseId));
    const about = (socket: Client): LiveEvent[] => socket.heard.filter((e) => e.caseId === caseId);
    expect(about(list)).toMatchObject([{ type: 'message.received', item: null, case: { preview: 'kedua' } }]);
    expect(about(page)).toMatchObject([
      { type: 'message.received', item: { id: messageId, text: 'kedua' }, case: { messageCount: 2 } },
    ]);
    expect(page.heard.filter((e) => e.caseId === other.caseId).every((e) => e.item === null)).toBe(true);
  });

  it('are closed to those whose role does not reach', async () => {
    const socket = await connect(agent);
    expect(await subscribe(socket, ['inbox', 'admin'])).toMatchObject({ ok: false, code: 'role_missing' });
    const admin = await connect(server.admin);
    await joined(admin, ['admin']);
    await joined(socket, ['inbox']);
    await server.admin.createChannel({ kind: 'webchat', name: 'Kedua' });
    await until(() => admin.heard.some((e) => e.type === 'channel.created'));
    const { caseId } = await write();
    await until(() => socket.heard.some((e) => e.caseId === caseId));
    expect(socket.heard.map((e) => e.type)).not.toContain('channel.created');
    // The same holds for the log over HTTP.
    const types = async (client: ApiClient): Promise<string[]> =>
      (await client.get('/events?limit=500', eventPageSchema)).items.map((e) => e.type);
    expect(await types(agent)).not.toContain('channel.created');
    expect(await types(server.admin)).toContain('channel.created');
  });

  it.each([
    [['everything']],
    [['case:1']],
    [['case:00000000-0000-0000-0000-00000000000g']],
    [Array.from({ length: 51 }, () => 'inbox')],
    ['inbox'],
    [null],
  ])('refuse %j', async (rooms) => {
    const socket = await connect(agent);
    expect(await subscribe(socket, rooms as string[])).toMatchObject({
      ok: false,
      code: 'validation_failed',
    });
  });

  it('survive whatever else a client may say', async () => {
    const socket = await connect(agent);
    const loose = socket as unknown as Socket;
    loose.emit('event', { type: 'case.opened' });
    loose.emit('join', 'admin');
    loose.emit('subscribe');
    loose.emit('subscribe', { rooms: ['inbox'] });
    loose.emit('presence', { caseId: 'x', state: 'viewing' });
    loose.emit('presence');
    expect(await subscribe(socket, ['inbox'])).toMatchObject({ ok: true });
  });

  it('end for a client that never stops talking', async () => {
    const socket = await connect(agent);
    for (let i = 0; i < 250; i++) (socket as unknown as Socket).emit('noise', i);
    await until(() => socket.disconnected);
  });
});

describe('after a drop', () => {
  /** What a console holds: the newest version of each case that it heard of. */
  function patched(state: readonly CaseSummary[], events: readonly LiveEvent[]): Map<string, CaseSummary> {
    const held = new Map(state.map((c) => [c.id, c]));
    for (const { case: c } of events) if (c && c.version >= (held.get(c.id)?.version ?? 0)) held.set(c.id, c);
    return held;
  }
  const fresh = async (): Promise<Map<string, CaseSummary>> => {
    const { items } = await agent.get('/cases?status=all&limit=100', casePageSchema);
    return new Map(items.map((c) => [c.id, c]));
  };

  it('fifty events later a client that takes up its cursor shows what a fresh page shows', async () => {
    const socket = await connect(agent);
    const { caseId } = await write('lama', 'awal');
    const before = await fresh();
    const { cursor } = await joined(socket, ['inbox', `case:${caseId}`]);
    socket.disconnect();

    for (let i = 0; i < 30; i++) await write(i % 2 ? 'lama' : `baru${String(i % 6)}`, `pesan ${String(i)}`);
    for (const [id] of [...(await fresh())].slice(0, 10)) {
      await agent.post(`/cases/${id}/notes`, { text: 'catatan' }, timelineNoteSchema);
      await agent.patch(`/cases/${id}`, { priority: 'high' }, caseSchema);
    }

    // While it catches up, more happens.
    const again = await connect(agent);
    const busy = Promise.all(Array.from({ length: 10 }, (_, i) => write('lama', `susulan ${String(i)}`)));
    const back = await joined(again, ['inbox', `case:${caseId}`], cursor);
    expect(back.expired).toBe(false);
    await busy;
    const [row] = await server.app
      .get(DataSource)
      .query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM events WHERE (tx, id) > ($1::bigint, $2::bigint)`,
        cursor.split('-'),
      );
    const count = row?.count ?? 0;
    expect(count).toBeGreaterThan(50);
    await until(() => again.heard.length >= count);
    const { items: missed } = await agent.get(`/events?after=${cursor}&limit=500`, eventPageSchema);
    // No gap, no double, in order.
    expect(again.heard.map((e) => e.cursor)).toEqual(missed.map((e) => e.cursor));
    expect(patched([...before.values()], again.heard)).toEqual(await fresh());
    const timeline = await agent.get(`/cases/${caseId}/timeline?limit=100`, timelinePageSchema);
    const items = new Map(
      again.heard.flatMap((e) => (e.caseId === caseId && e.item ? [[e.item.id, e.item]] : [])),
    );
    for (const item of timeline.items.slice(-items.size)) expect(items.get(item.id)).toEqual(item);
  });

  it.each(['999999999999-5', 'nonsense'])(
    'a cursor that the log does not know has expired: %s',
    async (cursor) => {
      const socket = await connect(agent);
      expect(await joined(socket, ['inbox'], cursor)).toMatchObject({ expired: true });
      const { caseId } = await write();
      await until(() => socket.heard.some((e) => e.caseId === caseId));
      await expect(agent.get(`/events?after=${cursor}`, eventPageSchema)).rejects.toMatchObject({
        problem: { code: cursor === 'nonsense' ? 'cursor_invalid' : 'cursor_expired' },
      });
    },
  );

  it('too much to replay is said to be so', async () => {
    const socket = await connect(agent);
    const { cursor } = await joined(socket, ['inbox']);
    const database = server.app.get(DataSource);
    await database.query(
      `INSERT INTO events (type, data) SELECT 'agent.updated', '{}' FROM generate_series(1, 2001)`,
    );
    const [head] = await database.query<{ cursor: string }[]>(
      `SELECT tx || '-' || id AS cursor FROM events ORDER BY tx DESC, id DESC LIMIT 1`,
    );
    await until(async () => (await joined(socket, ['inbox'])).cursor === head?.cursor);
    expect(await joined(socket, ['inbox'], cursor)).toMatchObject({ expired: true });
  });
});

describe('presence', () => {
  it('shows who is on a case, tells of changes, and forgets who has left', async () => {
    const { caseId } = await write();
    const [rina, budi] = [await connect(agent), await connect(await signIn(server, 'agent', 'Budi'))];
    const updates: PresenceUpdate[] = [];
    rina.on('presence', (update) => updates.push(update));
    await joined(rina, [`case:${caseId}`]);
    const shown = (): string[] => (updates.at(-1)?.agents ?? []).map((a) => `${a.name} ${a.state}`);
    rina.emit('presence', { caseId, state: 'viewing' });
    await until(() => shown().join() === 'Rina viewing');
    budi.emit('presence', { caseId, state: 'typing' });
    await until(() => shown().sort().join() === 'Budi typing,Rina viewing');
    const late: PresenceUpdate[] = [];
    const third = await connect(server.admin);
    third.on('presence', (update) => late.push(update));
    await joined(third, [`case:${caseId}`]);
    await until(() => late[0]?.agents.length === 2);
    budi.disconnect();
    await until(() => shown().join() === 'Rina viewing');
  });

  it('lets go of who gives no sign of life, though his console is connected', async () => {
    const [silent, renewed] = [(await write()).caseId, (await write()).caseId];
    const rooms = [`case:${silent}`, `case:${renewed}`];
    const [quiet, watcher] = [await connect(agent), await connect(server.admin)];
    const shown = new Map<string, number>();
    watcher.on('presence', ({ caseId, agents }) => shown.set(caseId, agents.length));
    await joined(watcher, rooms);
    quiet.emit('presence', { caseId: silent, state: 'typing' });
    quiet.emit('presence', { caseId: renewed, state: 'viewing' });
    await until(() => shown.get(renewed) === 1);
    const clock = server.app.get(Clock);
    const real = clock.now.bind(clock);
    const ahead = (ms: number): void => {
      clock.now = () => new Date(real().getTime() + ms);
    };
    try {
      ahead(presenceMs - 5_000);
      quiet.emit('presence', { caseId: renewed, state: 'typing' });
      await until(async () =>
        (await joined(watcher, rooms)).present.some(
          ({ caseId, agents }) => caseId === renewed && agents[0]?.state === 'typing',
        ),
      );
      expect(shown.get(silent)).toBe(1);
      ahead(presenceMs + 5_000);
      await until(() => shown.get(silent) === 0);
      expect(shown.get(renewed)).toBe(1);
      ahead(2 * presenceMs);
      await until(() => shown.get(renewed) === 0);
      expect((await joined(watcher, rooms)).present).toEqual([]);
      expect(quiet.connected).toBe(true);
    } finally {
      clock.now = real;
    }
  });

  it('shows supervisors who is on any case, and says when they look how things stand', async () => {
    const [one, two] = [(await write()).caseId, (await write()).caseId];
    const [rina, boss] = [await connect(agent), await connect(await signIn(server, 'supervisor', 'Maya'))];
    expect(await subscribe(rina, ['inbox', 'presence'])).toMatchObject({ ok: false, code: 'role_missing' });
    rina.emit('presence', { caseId: one, state: 'viewing' });
    await until(async () => (await joined(boss, ['inbox', 'presence'])).present.length > 0);
    const updates: PresenceUpdate[] = [];
    boss.on('presence', (update) => updates.push(update));
    rina.emit('presence', { caseId: one, state: 'left' });
    rina.emit('presence', { caseId: two, state: 'typing' });
    await until(() => updates.at(-1)?.caseId === two);
    expect(updates.map(({ caseId, agents }) => [caseId, agents.map(({ state }) => state)])).toEqual([
      [one, []],
      [two, ['typing']],
    ]);
    const { present } = await joined(boss, ['presence']);
    expect(present.map(({ caseId }) => caseId)).toEqual([two]);
    // whoever looks at one case is told nothing of others
    expect((await joined(boss, [`case:${one}`])).present).toEqual([]);
  });
});

describe('a client that does not read', () => {
  it('is let go before it fills our memory, and the others notice nothing', async () => {
    const { caseId, messageId } = await write();
    const database = server.app.get(DataSource);
    await database.query(`UPDATE messages SET html = repeat('x', 2000000) WHERE id = $1`, [messageId]);
    const connected = (): number => server.app.get(LiveBroadcast).connected;
    // whoever was here before has left by now, or goes when he answers no ping
    await until(connected, (count) => count === 0, 45_000);
    const [stuck, other] = [await connect(agent), await connect(agent)];
    await joined(stuck, ['inbox', `case:${caseId}`]);
    await joined(other, ['inbox']);
    const { ws } = stuck.io.engine.transport as unknown as { ws: { _socket: NodeSocket } };
    ws._socket.pause();
    // The websocket library wakes the connection whenever its own buffer has drained.
    ws._socket.resume = () => ws._socket;
    await database.query(
      `INSERT INTO events (type, case_id, version, data)
       SELECT 'message.state_changed', $1, 1, jsonb_build_object('messageId', $2::text, 'state', 'sent', 'reason', NULL)
       FROM generate_series(1, 20)`,
      [caseId, messageId],
    );
    await until(connected, (count) => count === 1);
    expect(other.connected).toBe(true);
    await until(
      () => other.heard.length,
      (heard) => heard === 20,
    );
  });
});

describe('going out', () => {
  it('ends the socket of a session, a token or a person that is no longer welcome', async () => {
    const leaver = await signIn(server, 'agent', 'Tono');
    const token = await createToken(server, leaver, 'read');
    const bySession = await connect(leaver);
    const byToken = socketOf({ token });
    expect(await entry(byToken)).toBeNull();
    await leaver.delete('/session');
    await until(() => bySession.disconnected, undefined, 5_000);
    expect(byToken.connected).toBe(true);
    // As another process would do it: only the database knows.
    await server.app.get(DataSource).query(`UPDATE agents SET disabled_at = now() WHERE name = 'Tono'`);
    await until(() => byToken.disconnected, undefined, 5_000);
    expect(await entry(socketOf({ token }))).toBe('token_invalid');
    expect((await agent.get('/sessions', sessionPageSchema)).items.length).toBeGreaterThan(0);
  });
});
