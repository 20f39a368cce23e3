import { Agent, request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { timelineItemSchema } from '@loket/contracts/cases.js';
import pg from 'pg';
import { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { GraphStandIn } from './support/graph-stand-in.js';
import {
  contact,
  delivered,
  status,
  textMessage,
  wamid,
  webhookBody,
  type WebhookCall,
} from './support/graph-webhooks.js';
import { startServer, type TestServer } from './support/server.js';
import { until } from './support/until.js';

/** LOKET_TEST_FULL=1: the size that is promised; otherwise one that fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const calls = full ? 10_000 : 2_000;
const customers = calls / 25;
const share = 0.3;
/**
 * Milliseconds for the slowest but one in a hundred. The short run shares the machine with other tests, and its two starts
 * are a good part of it: there it only has to be as quick as Meta asks.
 */
const answerWithin = full ? 250 : 1_000;
/** as many as Meta opens to one address, and more */
const atOnce = 20;
/** Seconds: today, so that the reply window is open, and all of it past. */
const start = Math.floor(Date.now() / 1000) - 4 * 3_600;
const states = ['sent', 'delivered', 'read'] as const;

/** Words of a customer that are told apart from each other's. */
const openers = Array.from({ length: customers }, (_, customer) => ({
  customer,
  text: `pesanan saya ke-${String(customer)}`,
}));
/** So many that with the openers, the statuses and what comes again there are `calls` in all, or a few more. */
const followers = Array.from(
  { length: Math.ceil((calls * 1.02) / (1 + share) - customers * 3.3) },
  (_, n) => ({
    customer: n % customers,
    text: `lanjutan ${String(n)} 🙂`,
  }),
);
const waId = (customer: number): string => `62812${String(10_000_000 + customer)}`;
/** A third is never read, and some are read without having been delivered. */
const statesOf = (customer: number): readonly (typeof states)[number][] =>
  states.filter((_, step) => step < 2 + (customer % 3 === 0 ? 0 : 1) && !(step === 1 && customer % 5 === 1));

/** Milliseconds below which this part of the answers is, for people to read. */
function at(ms: readonly number[], part: number): string {
  const sorted = ms.toSorted((a, b) => a - b);
  return String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0));
}

describe(`${String(calls)} calls of the webhook, many again and none in order, and a server that is killed`, () => {
  let database: TestDatabase;
  let sql: pg.Pool;
  let dataDir: string;
  let graph: GraphStandIn;
  let server: TestServer;
  let admin: ApiClient;
  let channelId: string;
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const run = (): Promise<TestServer> =>
    startServer({
      databaseUrl: database.url,
      dataDir,
      ...(server ? { port: server.port } : {}),
      env: { WHATSAPP_GRAPH_URL: graph.url, LOKET_SECRET: 'a secret that only this test knows' },
    });

  beforeAll(async () => {
    database = await freshDatabase();
    sql = new pg.Pool({ connectionString: database.url, max: 2 });
    dataDir = await mkdtemp(join(tmpdir(), 'loket-webhook-'));
    graph = await GraphStandIn.start();
    server = await run();
    admin = new ApiClient(server.url);
    await admin.signIn(server.adminEmail, server.adminPassword);
    const { phoneNumberId, businessAccountId, accessToken, appSecret } = graph.account;
    const cloud = { phoneNumberId, businessAccountId, accessToken, appSecret, verifyToken: 'token-kita' };
    channelId = (await admin.createChannel({ kind: 'whatsapp', name: 'Toko', config: { cloud } })).id;
  }, 60_000);

  afterAll(async () => {
    agent.destroy();
    await server.stop();
    await graph.stop();
    await sql.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** One try of Meta's. @returns the answer's status and how long it took; null = there was none */
  const post = ({ body, signature }: WebhookCall): Promise<{ code: number; ms: number } | null> =>
    new Promise((resolve) => {
      const began = performance.now();
      const call = request(
        `${server.url}/api/v1/channels/${channelId}/webhook`,
        {
          method: 'POST',
          agent,
          headers: {
            'content-type': 'application/json',
            'content-length': body.byteLength,
            'x-hub-signature-256': signature,
          },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve({ code: answer.statusCode ?? 0, ms: performance.now() - began }));
          answer.once('error', () => resolve(null));
        },
      );
      call.once('error', () => resolve(null));
      call.end(body);
    });

  /** Posts all, each until it is taken, as Meta does. @returns milliseconds of the answers, and tries that had none */
  const deliver = async (
    all: readonly WebhookCall[],
    onTaken: (taken: number) => void = () => undefined,
  ): Promise<{ ms: number[]; unanswered: number }> => {
    const ms: number[] = [];
    let unanswered = 0;
    const next = all.values();
    const sender = async (): Promise<void> => {
      for (const call of next) {
        for (let answer = await post(call); ; answer = await post(call)) {
          if (answer?.code === 200) {
            ms.push(answer.ms);
            onTaken(ms.length);
            break;
          }
          if (answer && answer.code !== 503)
            throw new Error(`a call was answered with ${String(answer.code)}`);
          unanswered += 1;
          await sleep(50);
        }
      }
    };
    await Promise.all(Array.from({ length: atOnce }, sender));
    return { ms, unanswered };
  };

  const said = (one: { customer: number; text: string }, at: number): Buffer => {
    const person = { waId: waId(one.customer), name: `Pelanggan ${String(one.customer)}` };
    const message = textMessage(person, wamid(`in-${one.text}`), one.text, start + at);
    return webhookBody(graph.account, [{ contacts: [contact(person)], messages: [message] }]);
  };
  const many = (bodies: readonly Buffer[], seed: number): WebhookCall[] =>
    delivered(bodies, { appSecret: graph.account.appSecret, share, seed });
  const query = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> =>
    (await sql.query<T>(text)).rows;
  const nothingWaits = (within: number): Promise<unknown> =>
    until(
      () => query<{ n: number }>('SELECT count(*)::int AS n FROM webhook_calls'),
      ([row]) => row?.n === 0,
      within,
    );

  /** An answer to each customer; while the last are still being sent, their statuses come already. */
  const answer = async (): Promise<Map<string, number>> => {
    const cases = await query<{ id: string; text: string }>(
      `SELECT case_id AS id, text FROM messages WHERE direction = 'inbound'`,
    );
    expect(cases.map(({ text }) => text).toSorted()).toEqual(openers.map(({ text }) => text).toSorted());
    graph.delayMs = 300;
    const next = cases.values();
    const writer = async (): Promise<void> => {
      for (const { id, text } of next)
        await admin.post(`/cases/${id}/messages`, { text: `Baik: ${text}` }, timelineItemSchema);
    };
    await Promise.all(Array.from({ length: 4 }, writer));
    await until(
      () => graph.taken.length,
      (taken) => taken >= customers,
      60_000,
    );
    const byNumber = new Map(openers.map(({ customer }) => [waId(customer), customer]));
    return new Map(graph.taken.map(({ wamid: id, to }) => [id, byNumber.get(to) ?? -1]));
  };

  it(
    'makes exactly the right messages and states, and answers at once',
    async () => {
      const first = await deliver(
        many(
          openers.map((one) => said(one, 0)),
          3,
        ),
      );
      await nothingWaits(60_000);
      const sent = await answer();
      const bodies = [
        ...followers.map((one, index) => said(one, 60 + index)),
        ...graph.taken.flatMap(({ wamid: id, to, body }) =>
          statesOf(sent.get(id) ?? 0).map((state, step) => {
            const tag = body.biz_opaque_callback_data;
            return webhookBody(graph.account, [
              {
                statuses: [
                  status(id, state, start + step, { recipient: to, ...(tag === undefined ? {} : { tag }) }),
                ],
              },
            ]);
          }),
        ),
      ];
      const rest = many(bodies, 7);
      const killing: Promise<void>[] = [];
      const began = performance.now();
      const second = await deliver(rest, (taken) => {
        if (taken < rest.length / 2 || killing.length > 0) return;
        killing.push(
          server.kill('SIGKILL').then(async () => {
            server = await run();
          }),
        );
      });
      await Promise.all(killing);
      const took = performance.now() - began;
      await nothingWaits(full ? 300_000 : 120_000);
      const all = performance.now() - began;

      const ms = [...first.ms, ...second.ms];
      process.stdout.write(
        `${String(ms.length)} calls, ${String(second.unanswered)} tries unanswered over the kill: p50 ${at(ms, 0.5)} ` +
          `p99 ${at(ms, 0.99)} max ${at(ms, 1)} ms; ` +
          `${String(rest.length)} in ${(took / 1000).toFixed(1)} s, worked through after ${(all / 1000).toFixed(1)} s\n`,
      );
      expect(ms.length).toBeGreaterThanOrEqual(calls);
      expect(second.unanswered).toBeGreaterThan(0);

      const inbound = await query<{ text: string; address: string }>(
        `SELECT text, sender->>'value' AS address FROM messages WHERE direction = 'inbound'`,
      );
      const line = (address: string, text: string): string => `${address.replace(/\D/g, '')} ${text}`;
      expect(inbound.map(({ address, text }) => line(address, text)).toSorted()).toEqual(
        [...openers, ...followers].map(({ customer, text }) => line(waId(customer), text)).toSorted(),
      );
      expect(
        await query(
          `SELECT count(DISTINCT data->>'messageId')::int AS messages, count(*)::int AS events
           FROM events WHERE type = 'message.received'`,
        ),
      ).toEqual([{ messages: inbound.length, events: inbound.length }]);
      const outbound = await query<{ external_id: string; state: string }>(
        `SELECT external_id, state FROM messages WHERE direction = 'outbound'`,
      );
      const reached = new Map(outbound.map((row) => [row.external_id.split(':').at(-1), row.state]));
      expect([...sent].map(([id, customer]) => [customer, reached.get(id)])).toEqual(
        [...sent].map(([, customer]) => [customer, statesOf(customer).at(-1)]),
      );
      expect(outbound).toHaveLength(customers);
      expect(await query('SELECT code, reason FROM quarantine_entries')).toEqual([]);
      expect(
        await query(
          `SELECT c.number FROM cases c LEFT JOIN messages m ON m.case_id = c.id
           GROUP BY c.id HAVING c.message_count <> count(m.id)`,
        ),
      ).toEqual([]);
      expect(Number(at(ms, 0.99))).toBeLessThan(answerWithin);
    },
    full ? 600_000 : 180_000,
  );
});
