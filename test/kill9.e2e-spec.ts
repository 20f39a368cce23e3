import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { startPostgres } from '@loket/platform/postgres/launcher.js';
import pg from 'pg';
import { ApiClient, ApiError } from './support/client.js';
import { freePort } from './support/dovecot.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';

/** LOKET_TEST_FULL=1: the size that is promised; otherwise one that fits into every run. */
const full = process.env.LOKET_TEST_FULL === '1';
const mails = full ? 2_000 : 300;
const kills = full ? 10 : 3;
const feeders = 8;

interface Fed {
  externalId: string;
  /** the mail that it answers, as an index */
  answers: number | null;
  caseId: string;
  messageId: string;
  deliveries: number;
}

/** Three mails make one conversation: a question and two answers to it. */
const question = (n: number): number | null => (n % 3 === 0 ? null : n - (n % 3));
const idOf = (n: number): string => `kill9-${String(n)}@customer.example`;

describe(`${String(mails)} mails while the server is killed ${String(kills)} times`, () => {
  const ledger: Fed[] = [];
  let server: TestServer;
  let dataDir: string;
  let channelId: string;
  let feeder: ApiClient;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'loket-kill9-'));
    server = await startServer({ dataDir, port: await freePort() });
    const admin = new ApiClient(server.url);
    await admin.signIn(server.adminEmail, server.adminPassword);
    channelId = (await admin.createChannel({ kind: 'email', name: 'Kill', config: {} })).id;
    feeder = await admin.createToken(['inbound']);
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Sends one mail until it is acknowledged, as a mail server's queue does. */
  const deliver = async (n: number): Promise<Fed> => {
    const answers = question(n);
    const raw = mail({
      from: `Pelanggan ${String(n % 50)} <c${String(n % 50)}@customer.example>`,
      subject: `Pesanan ${String(n - (n % 3))}`,
      messageId: `<${idOf(n)}>`,
      ...(answers === null ? {} : { inReplyTo: `<${idOf(answers)}>`, references: [`<${idOf(answers)}>`] }),
    });
    for (let deliveries = 1; ; deliveries++) {
      try {
        const result = await feeder.ingestRaw(channelId, raw, { signal: AbortSignal.timeout(10_000) });
        expect(['accepted', 'duplicate']).toContain(result.status);
        const { caseId, messageId } = result;
        return { externalId: idOf(n), answers, caseId: caseId ?? '', messageId: messageId ?? '', deliveries };
      } catch (error) {
        // Nothing was acknowledged: the server is away, or says "not now". Anything else is a defect.
        const again =
          error instanceof ApiError
            ? error.status === 503
            : !(error instanceof Error && 'matcherResult' in error);
        if (!again) throw error;
        await sleep(50);
      }
    }
  };

  /** Questions go first within each conversation; otherwise the feeders run side by side. */
  const feed = async (): Promise<void> => {
    let next = 0;
    const run = async (): Promise<void> => {
      for (let first = next; first < mails; first = next) {
        next += 3;
        ledger.push(await deliver(first));
        const rest = [first + 1, first + 2].filter((n) => n < mails);
        ledger.push(...(await Promise.all(rest.map(deliver))));
      }
    };
    await Promise.all(Array.from({ length: feeders }, run));
  };

  /** Kills in the middle of the stream, at even distances, and starts again on the same folder and port. */
  const kill = async (): Promise<number> => {
    let done = 0;
    for (; done < kills; done++) {
      const from = ((done + 1) * mails) / (kills + 1);
      while (ledger.length < from) await sleep(5);
      await server.kill('SIGKILL');
      server = await startServer({ dataDir, port: server.port });
    }
    return done;
  };

  it(
    'loses none and stores none twice',
    async () => {
      const [, done] = await Promise.all([feed(), kill()]);
      expect(done).toBe(kills);
      expect(ledger).toHaveLength(mails);
      // The kills have hit: some mails needed more than one delivery.
      expect(ledger.filter((entry) => entry.deliveries > 1).length).toBeGreaterThan(0);

      const stored = await read(dataDir, channelId);
      expect(stored.messages.map((row) => row.external_id)).toEqual(
        ledger.map((entry) => entry.externalId).sort(),
      );
      const byId = new Map(stored.messages.map((row) => [row.external_id, row]));
      for (const entry of ledger) {
        expect(byId.get(entry.externalId)).toMatchObject({ id: entry.messageId, case_id: entry.caseId });
        if (entry.answers !== null) expect(entry.caseId).toBe(byId.get(idOf(entry.answers))?.case_id);
      }
      expect(stored.quarantined).toBe(0);
      expect(stored.wrongCounters).toEqual([]);
      expect(stored.eventsPerMessage).toEqual([{ messages: mails, events: mails }]);

      const blobs = new BlobStore(join(dataDir, 'blobs'));
      const missing = await Promise.all(
        stored.messages.map(async (row) => !(await blobs.has(row.raw_sha256))),
      );
      expect(missing.filter(Boolean)).toHaveLength(0);
    },
    full ? 600_000 : 120_000,
  );
});

interface Stored {
  messages: { id: string; external_id: string; case_id: string; raw_sha256: string }[];
  quarantined: number;
  /** cases whose counter says something else than their messages */
  wrongCounters: unknown[];
  eventsPerMessage: unknown[];
}

/** What the database holds, read past the server. */
async function read(dataDir: string, channelId: string): Promise<Stored> {
  const postgres = await startPostgres({ dir: join(dataDir, 'postgres') });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  try {
    const messages = await client.query<Stored['messages'][number]>(
      `select id, external_id, case_id, raw_sha256 from messages where channel_id = $1 order by external_id collate "C"`,
      [channelId],
    );
    const quarantined = await client.query<{ n: number }>(
      'select count(*)::int as n from quarantine_entries',
    );
    const wrongCounters = await client.query(
      `select c.number, c.message_count, count(m.id) from cases c left join messages m on m.case_id = c.id
       group by c.id having c.message_count <> count(m.id)`,
    );
    const eventsPerMessage = await client.query(
      `select count(distinct data->>'messageId')::int as messages, count(*)::int as events
       from events where type = 'message.received'`,
    );
    return {
      messages: messages.rows,
      quarantined: quarantined.rows[0]?.n ?? -1,
      wrongCounters: wrongCounters.rows,
      eventsPerMessage: eventsPerMessage.rows,
    };
  } finally {
    await client.end();
  }
}
