import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases } from '../../../../test/support/desk.js';
import { until } from '../../../../test/support/until.js';
import { newToken, type Site, VisitorClient, visitorSocket } from '../../../../test/support/visitor.js';

/** LOKET_TEST_FULL=1: the million that is promised; otherwise what fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const total = full ? 1_000_000 : 200_000;
const perSocket = 2_000;

let app: TestApp;
let site: Site;
beforeAll(async () => {
  app = await startApp({ LOKET_TRUST_PROXY: true });
  const origin = 'https://toko.example';
  const config = { allowedOrigins: [origin] };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  site = { url: app.url, channelId: id, origin };
});
afterAll(() => app.close());

let hosts = 0;
/** Somebody with an address of his own, as behind the proxy. */
const elsewhere = (): Record<string, string> => {
  hosts += 1;
  return {
    'x-forwarded-for': `10.${String(hosts >> 16)}.${String((hosts >> 8) & 255)}.${String(hosts & 255)}`,
  };
};

const deep = JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as unknown;
const nonsense: readonly [string, ...unknown[]][] = [
  ['message', null],
  ['message', { clientId: 'x', text: 1, attachments: {} }],
  ['message', { clientId: randomUUID(), text: 'tanpa jawaban', attachments: [] }],
  ['message', { clientId: randomUUID(), text: 'x'.repeat(8_001), attachments: [] }],
  ['message', { clientId: randomUUID(), text: 'x', attachments: [], admin: true }],
  ['message', JSON.parse('{"__proto__":{"polluted":true},"clientId":1}')],
  ['typing', { typing: 'ya' }],
  ['typing', deep],
  ['seen', { messageId: 'x', state: 'unread' }],
  ['page', { url: 'x'.repeat(2_001), title: '', referrer: '' }],
  ['claim', { email: 'a@b', phone: 1 }],
  ['confirm', { code: '12345' }],
  ['subscribe', { rooms: ['inbox'] }],
  ['presence', { caseId: randomUUID(), state: 'typing' }],
  ['message', Buffer.from([1, 2, 3])],
  ['nothing', 1, 2, 3, 4],
];

describe('packets that fit nothing', () => {
  it('are answered with a code, and a few of them end the socket', async () => {
    const visitor = await VisitorClient.arrive(site, undefined, elsewhere());
    const sent = visitor.socket.emitWithAck('message', { text: 1 } as never);
    expect(await sent).toEqual({ ok: false, code: 'invalid' });
    for (let i = 0; i < 10; i++) visitor.say('typing', { typing: i });
    await until(() => !visitor.socket.connected);
    expect(visitor.errors).toEqual(['invalid']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('may not be larger than the contract says', async () => {
    const visitor = await VisitorClient.arrive(site, undefined, elsewhere());
    visitor.say('page', { url: 'x'.repeat(70_000), title: '', referrer: '' });
    await until(() => !visitor.socket.connected);
  });

  it('that come too fast end the socket, fitting or not', async () => {
    const visitor = await VisitorClient.arrive(site, undefined, elsewhere());
    for (let i = 0; i < 300; i++) visitor.say('typing', { typing: true });
    await until(() => !visitor.socket.connected);
    expect(visitor.errors).toEqual(['rate_limited']);
  });

  it('shut out the address that sends them for a while, and nobody else', async () => {
    const [bad, good] = [elsewhere(), elsewhere()];
    const knock = (): Promise<string> => {
      const socket = visitorSocket(site, 'short', bad);
      return new Promise((resolve) => {
        socket.once('connect_error', ({ message }) => {
          socket.close();
          resolve(message);
        });
      });
    };
    const codes = new Set<string>();
    for (let n = 0; n < 500 && !codes.has('rate_limited'); n += 25)
      for (const code of await Promise.all(Array.from({ length: 25 }, knock))) codes.add(code);
    expect([...codes]).toEqual(['invalid', 'rate_limited']);
    (await VisitorClient.arrive(site, undefined, good)).leave();
  });

  it(
    `do nothing, ${String(total)} of them, and memory stays as it was`,
    async () => {
      const { token } = await newToken(site);
      const storm = async (): Promise<void> => {
        const socket = visitorSocket(site, token, elsewhere());
        await new Promise((resolve, reject) => {
          socket.once('connect', () => resolve(null));
          socket.once('connect_error', reject);
        });
        const gone = new Promise((resolve) => socket.once('disconnect', resolve));
        const emitter = socket as unknown as { emit: (event: string, ...data: unknown[]) => void };
        for (let i = 0; i < perSocket; i++) {
          const [event, ...data] = nonsense[i % nonsense.length]!;
          emitter.emit(event, ...data);
        }
        await gone;
        socket.close();
      };
      const run = async (sockets: number): Promise<void> => {
        for (let done = 0; done < sockets; done += 5)
          await Promise.all(Array.from({ length: Math.min(5, sockets - done) }, storm));
      };
      const used = (): number => {
        globalThis.gc?.();
        return process.memoryUsage().heapUsed / 1e6;
      };
      await run(20);
      const before = used();
      await run(total / perSocket - 20);
      const after = used();
      if (full)
        console.log(
          `heap ${before.toFixed(0)} → ${after.toFixed(0)} MB, rss ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`,
        );
      expect(after - before).toBeLessThan(150);
      expect(await listCases(app.admin)).toEqual([]);
      const visitor = await VisitorClient.arrive(site, undefined, elsewhere());
      expect(await visitor.send('Masih di sini?')).toMatchObject({ ok: true });
      visitor.leave();
    },
    full ? 600_000 : 240_000,
  );
});
