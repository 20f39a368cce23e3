import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from './support/dovecot.js';
import { listCases, readMessages, signInAdmin } from './support/desk.js';
import { startServer, type TestServer } from './support/server.js';
import { newToken, type Site, VisitorClient } from './support/visitor.js';

/** LOKET_TEST_FULL=1: more of everything. */
const full = process.env.LOKET_TEST_FULL === '1';
const [visitors, each, kills] = full ? [40, 100, 10] : [10, 40, 3];

interface Sent {
  visitor: number;
  text: string;
  clientId: string;
  tries: number;
}

describe(`${String(visitors)} visitors write while the server is killed ${String(kills)} times`, () => {
  const ledger: Sent[] = [];
  let server: TestServer;
  let dataDir: string;
  let site: Site;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'loket-chat-kill9-'));
    server = await startServer({ dataDir, port: await freePort() });
    const admin = await signInAdmin(server);
    const origin = 'https://toko.example';
    const { id } = await admin.createChannel({
      kind: 'webchat',
      name: 'Toko',
      config: { allowedOrigins: [origin] },
    });
    site = { url: server.url, channelId: id, origin };
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** A browser: it sends each message again, under the same id, until it is acknowledged. */
  const write = async (visitor: number): Promise<void> => {
    const token = await newToken(site);
    let client: VisitorClient | null = null;
    for (let n = 0; n < each; n++) {
      const sent = {
        visitor,
        text: `v${String(visitor)} pesan ${String(n)}`,
        clientId: randomUUID(),
        tries: 0,
      };
      for (let done = false; !done;) {
        sent.tries += 1;
        try {
          client ??= await VisitorClient.arrive(site, token);
          const ack = await client.send(sent.text, { clientId: sent.clientId });
          done = ack.ok;
          if (!ack.ok) await sleep(Math.min(ack.retryAfter ?? 50, 300));
        } catch {
          client?.leave();
          client = null;
          await sleep(50);
        }
        if (client && !client.socket.connected) client = null;
      }
      ledger.push(sent);
    }
    client?.leave();
  };

  const kill = async (): Promise<void> => {
    for (let done = 0; done < kills; done++) {
      while (ledger.length < ((done + 1) * visitors * each) / (kills + 1)) await sleep(5);
      await server.kill('SIGKILL');
      server = await startServer({ dataDir, port: server.port });
    }
  };

  it(
    'loses none, stores none twice, and keeps the order',
    async () => {
      await Promise.all([kill(), ...Array.from({ length: visitors }, (_, n) => write(n))]);
      expect(ledger).toHaveLength(visitors * each);
      expect(ledger.filter(({ tries }) => tries > 1).length).toBeGreaterThan(0);
      const admin = await signInAdmin(server);
      const cases = await listCases(admin, 'status=all&limit=100');
      const stored = (await Promise.all(cases.map(({ id }) => readMessages(admin, id)))).map((messages) =>
        messages.map(({ text, externalId }) => ({ text, externalId })),
      );
      expect(stored.flat()).toHaveLength(ledger.length);
      for (let n = 0; n < visitors; n++) {
        const own = stored.filter((messages) => messages[0]?.text.startsWith(`v${String(n)} `)).flat();
        expect(own.map(({ text }) => text)).toEqual(
          Array.from({ length: each }, (_, i) => `v${String(n)} pesan ${String(i)}`),
        );
      }
      expect(new Set(stored.flat().map(({ externalId }) => externalId)).size).toBe(ledger.length);
    },
    full ? 900_000 : 180_000,
  );
});
