import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import { type IntakeResult, intakeResultSchema } from '@loket/contracts/inbound.js';
import { quarantineEntrySchema, quarantinePageSchema } from '@loket/contracts/quarantine.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { readMessages, signInAdmin } from './support/desk.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';

describe('broken mails', () => {
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

  /** What an agent finds afterwards: something to read, or something to look into. */
  const expectKept = async ({ status, caseId, messageId, quarantineId }: IntakeResult): Promise<string> => {
    if (status === 'quarantined') {
      const entry = await admin.get(`/quarantine/${quarantineId ?? ''}`, quarantineEntrySchema);
      expect(entry).toMatchObject({ state: 'waiting', hasRaw: true });
      return entry.code;
    }
    const message = (await readMessages(admin, caseId ?? '')).find((m) => m.id === messageId);
    const words = [message?.text, message?.quoted, message?.html, message?.subject];
    expect(words.some((w) => w?.trim()) || (message?.attachments.length ?? 0) > 0 || message?.hasRaw).toBe(
      true,
    );
    expect(message?.text).not.toMatch(/=\?utf-8\?|\u0000/i);
    return 'case';
  };

  describe('at the ingress', () => {
    const corpus = new URL('../adapters/email/fixtures/', import.meta.url);

    it('of every kind that is known become a case or a quarantine entry', async () => {
      const names = readdirSync(corpus).filter((name) => name.endsWith('.eml'));
      expect(names.length).toBeGreaterThan(100);
      const queue = [...names];
      const feed = async (): Promise<void> => {
        for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
          const raw = new Uint8Array(readFileSync(new URL(name, corpus)));
          const result = await feeder.ingestRaw(channelId, raw).catch((error: unknown) => {
            throw new Error(`${name ?? ''} was not taken`, { cause: error });
          });
          await expectKept(result);
        }
      };
      await Promise.all([feed(), feed(), feed(), feed()]);
    });

    const head = (extra = ''): string =>
      `From: a@customer.example\r\nTo: help@desk.example\r\nSubject: Rusak\r\nMessage-ID: <${randomUUID()}@x>\r\n${extra}`;
    const nested = (depth: number): string =>
      Array.from(
        { length: depth },
        (_, n) => `Content-Type: multipart/mixed; boundary=b${String(n)}\r\n\r\n--b${String(n)}\r\n`,
      ).join('');
    const manyParts = (count: number): string =>
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(count)}--b--\r\n`;
    const bombs: [string, () => string | Uint8Array<ArrayBuffer>][] = [
      ['noise', () => new Uint8Array(randomBytes(50_000))],
      ['NUL bytes', () => `${head()}\r\n\u0000\u0000halo\u0000`],
      ['one header of 3 MB', () => `${head(`X-Long: ${'a'.repeat(3_000_000)}\r\n`)}\r\nhalo`],
      ['100,000 headers', () => `${head('X: y\r\n'.repeat(100_000))}\r\nhalo`],
      ['multiparts 5,000 deep', () => head(nested(5_000))],
      ['50,000 parts', () => head(manyParts(50_000))],
      ['mails in mails, 200 deep', () => head('Content-Type: message/rfc822\r\n\r\n'.repeat(200)) + 'halo'],
      ['one line of 5 MB', () => `${head()}\r\n${'a'.repeat(5_000_000)}`],
      ['quote marks, 2 MB', () => `${head()}\r\n${'> '.repeat(1_000_000)}`],
      ['open tags, 1 MB', () => `${head('Content-Type: text/html\r\n')}\r\n${'<div><'.repeat(170_000)}`],
      [
        'entities and comments',
        () => `${head('Content-Type: text/html\r\n')}\r\n${'&#x<!--'.repeat(150_000)}`,
      ],
      ['an address list of 1 MB', () => `${head(`Cc: ${'"a, <(\\'.repeat(150_000)}\r\n`)}\r\nhalo`],
      ['encoded words without end', () => `${head(`Subject: ${'=?utf-8?B?'.repeat(50_000)}\r\n`)}\r\nhalo`],
      [
        'a charset nobody knows',
        () => `${head('Content-Type: text/plain; charset=x-klingon\r\n')}\r\n\u00e9\u00e8`,
      ],
      ['base64 that is none', () => `${head('Content-Transfer-Encoding: base64\r\n')}\r\n!!!===@@@@halo`],
    ];

    it.each(bombs)('%s', async (_, make) => {
      await expectKept(await feeder.ingestRaw(channelId, make()));
    });

    it('do not hold up the good ones among them', async () => {
      const poison = bombs.filter(([name]) => /deep|50,000|5 MB|2 MB/.test(name)).map(([, make]) => make());
      const began = performance.now();
      const [slowest] = await Promise.all([
        Promise.all(
          Array.from({ length: 20 }, async (_, n) => {
            const from = `baik${String(n)}@customer.example`;
            expect(await feeder.ingestRaw(channelId, mail({ from }))).toMatchObject({ status: 'accepted' });
            return performance.now() - began;
          }),
        ).then((times) => Math.max(...times)),
        ...poison.map((raw) => feeder.ingestRaw(channelId, raw)),
      ]);
      expect(slowest).toBeLessThan(10_000);
    });

    it('that are too large wait in quarantine until the limit is raised', async () => {
      const channel = await admin.createChannel({
        kind: 'email',
        name: 'Kecil',
        config: { maxBytes: 10_000 },
      });
      const large = mail({ text: 'besar '.repeat(5_000) });
      const first = await feeder.ingestRaw(channel.id, large);
      expect(first).toMatchObject({ status: 'quarantined', messageId: null, reason: expect.anything() });
      const entries = await admin.get('/quarantine', quarantinePageSchema);
      expect(entries.items.find((entry) => entry.id === first.quarantineId)).toMatchObject({
        code: 'too_large',
        channelName: 'Kecil',
        size: large.byteLength,
        hasRaw: true,
      });
      const replay = () =>
        admin.post(`/quarantine/${first.quarantineId ?? ''}/replay`, undefined, intakeResultSchema);
      expect((await replay()).status).toBe('quarantined');
      await admin.patch(`/channels/${channel.id}`, { config: { maxBytes: 1_000_000 } }, channelSchema);
      const second = await replay();
      expect(second).toMatchObject({ status: 'accepted' });
      await expectKept(second);
      await expect(replay()).rejects.toMatchObject({ problem: { code: 'quarantine_entry_settled' } });
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
