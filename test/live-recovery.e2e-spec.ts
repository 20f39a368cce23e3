import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema, type CaseStatus, timelineNoteSchema } from '@loket/contracts/cases.js';
import { eventPageSchema } from '@loket/contracts/events.js';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, signedIn } from './support/browser.js';
import { type Cable, layCable } from './support/cable.js';
import type { ApiClient } from './support/client.js';
import { caseRow, composer, listText, messageOf, timelineText } from './support/console.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, type Colleague, listCases, readTimeline, reply, signInAdmin } from './support/desk.js';
import { LiveClient } from './support/live-client.js';
import { seededRandom } from './support/random.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

const statuses: CaseStatus[] = ['open', 'pending', 'resolved'];

describe('who missed something', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let feeder: ApiClient;
  let channelId: string;
  let ayu: Colleague;
  let bima: Colleague;

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'help@desk.example', smtp };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Bantuan', config })).id;
    ayu = await addColleague(admin, 'Ayu Pratiwi');
    bima = await addColleague(admin, 'Bima Saputra');
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await sink.stop();
    await database.drop();
  });

  /** A customer writes. @returns id of the case */
  const write = async (who: number, text: string, answers?: string): Promise<string> => {
    const { caseId } = await feeder.ingest(channelId, {
      externalId: answers === undefined ? `first-${String(who)}@c.example` : `${randomUUID()}@c.example`,
      sender: { kind: 'email', value: `c${String(who)}@c.example`, name: `Pelanggan ${String(who)}` },
      sentAt: new Date().toISOString(),
      subject: `Perkara ${String(who)}`,
      text,
      ...(answers === undefined ? {} : { thread: { inReplyTo: answers, references: [answers] } }),
    });
    return caseId ?? '';
  };
  const writeAgain = (who: number, text: string) => write(who, text, `first-${String(who)}@c.example`);
  const assign = async (caseId: string, agentId: string | null): Promise<void> => {
    const { version } = await admin.get(`/cases/${caseId}`, caseSchema);
    await admin
      .put(`/cases/${caseId}/assignee`, { agentId, version }, caseSchema)
      .catch((error: { status?: number }) => expect(error.status).toBe(409));
  };
  const setStatus = (caseId: string, status: CaseStatus) =>
    admin.patch(`/cases/${caseId}`, { status }, caseSchema);
  const note = (caseId: string, text: string) =>
    admin.post(`/cases/${caseId}/notes`, { text }, timelineNoteSchema);
  const lastCursor = async (): Promise<string> => {
    let cursor = '';
    for (let count = -1; count !== 0;) {
      const page = await admin.get(
        `/events?limit=500${cursor === '' ? '' : `&after=${cursor}`}`,
        eventPageSchema,
      );
      count = page.items.length;
      cursor = page.nextCursor ?? cursor;
    }
    return cursor;
  };

  describe('in the console', () => {
    let browser: Browser;
    let cable: Cable;

    beforeAll(async () => {
      browser = await openBrowser();
      cable = await layCable(server.port);
    });
    afterAll(async () => {
      await browser.close();
      await cable.close();
    });

    const shown = async (page: Page): Promise<object> => ({
      list: await listText(page),
      notice: await page.getByRole('region', { name: 'Case list' }).getByRole('status').allInnerTexts(),
      counts: await page.getByRole('navigation', { name: 'Main navigation' }).innerText(),
      head: await page
        .getByRole('region', { name: 'Case', exact: true })
        .locator('header')
        .first()
        .innerText(),
      timeline: (await timelineText(page)).filter((line) => line !== 'New'),
    });

    it('sees after reconnecting what a fresh page shows, and keeps what he was writing', async () => {
      const ids: string[] = [];
      for (let who = 0; who < 12; who++) ids.push(await write(who, `Halo dari ${String(who)}`));
      const [open = '', ...others] = ids;
      const { page, context, errors } = await signedIn(browser, { ...server, url: cable.url }, ayu, {
        height: 2600,
      });
      await page.goto('/inbox/all');
      await caseRow(page, 'Perkara 0').click();
      await messageOf(page, 'Halo dari 0').waitFor();
      await composer(page).fill('Sebentar, saya cek');

      cable.pull();
      await page.getByText('The connection is lost').waitFor();
      const before = await lastCursor();
      for (let who = 12; who < 24; who++) await write(who, `Baru dari ${String(who)}`);
      await writeAgain(0, 'Ada kabar?');
      await writeAgain(0, 'Tolong dijawab');
      await note(open, 'Sudah saya telepon.');
      await reply(bima.client, open, { text: 'Kami periksa dulu.' });
      await assign(open, bima.agent.id);
      await admin.patch(`/cases/${open}`, { priority: 'urgent', tags: ['vip'] }, caseSchema);
      for (const [n, id] of others.entries()) {
        await assign(id, n % 2 ? ayu.agent.id : bima.agent.id);
        if (n % 3 === 0) await setStatus(id, statuses[1 + (n % 2)] ?? 'open');
        if (n % 4 === 0) await writeAgain(n + 1, `Lagi dari ${String(n + 1)}`);
      }
      await reply(bima.client, others[1] ?? '', { text: 'Selesai.', status: 'resolved' });
      const missed = await admin.get(`/events?after=${before}&limit=500`, eventPageSchema);
      expect(missed.items.length).toBeGreaterThan(50);
      // Deliveries go on by themselves; both pages shall look at the same state.
      await until(
        () => readTimeline(admin, open),
        (items) =>
          items.every(
            (item) => item.type !== 'message' || !['pending', 'sending'].includes(item.state ?? ''),
          ),
      );

      cable.plugIn();
      await page.getByText('The connection is lost').waitFor({ state: 'detached' });
      await messageOf(page, 'Tolong dijawab').waitFor();
      const fresh = await context.newPage();
      await fresh.goto(page.url());
      await messageOf(fresh, 'Tolong dijawab').waitFor();
      await messageOf(fresh, 'Kami periksa dulu.').getByRole('img', { name: 'Sent' }).waitFor();
      const expected = await shown(fresh);
      await until(
        () => shown(page),
        (state) => JSON.stringify(state) === JSON.stringify(expected),
        5_000,
      ).catch(() => undefined);
      expect(await shown(page)).toEqual(expected);
      expect(JSON.stringify(expected)).toContain('Baru dari 23');
      expect(await composer(page).inputValue()).toBe('Sebentar, saya cek');
      expect(errors.filter((line) => !/ERR_CONNECTION|WebSocket|Failed to load resource/.test(line))).toEqual(
        [],
      );
      await context.close();
    });
  });

  describe('over a bare socket', () => {
    const seed = 20_261_121;

    it('has after every drop the state that a fresh reader has: snapshot and events agree', async () => {
      const random = seededRandom(seed);
      const watched = await write(100, 'Yang ditonton');
      const ids = [watched];
      for (let who = 101; who < 108; who++) ids.push(await write(who, 'Bersama'));
      const cables = await Promise.all(Array.from({ length: 6 }, () => layCable(server.port)));
      const clients = await Promise.all(cables.map(({ url }) => LiveClient.open(url, bima.client, watched)));

      let working = true;
      const droppers = cables.map(async (cable) => {
        let drops = 0;
        while (working) {
          await sleep(50 + random() * 400);
          cable.pull();
          await sleep(random() * 300);
          cable.plugIn();
          drops++;
        }
        return drops;
      });
      const worker = async (n: number): Promise<void> => {
        for (let step = 0; step < 25; step++) {
          const at = Math.floor(random() * ids.length);
          const id = ids[at] ?? watched;
          const choice = Math.floor(random() * 6);
          if (choice === 0) ids.push(await write(1000 + n * 100 + step, 'Baru'));
          else if (choice === 1) await assign(id, [ayu.agent.id, bima.agent.id, null][step % 3] ?? null);
          else if (choice === 2) await setStatus(id, statuses[step % 3] ?? 'open');
          else if (choice === 3) await note(watched, `Catatan ${String(n)}.${String(step)}`);
          else if (choice === 4) await writeAgain(100, `Pesan ${String(n)}.${String(step)}`);
          else await reply(admin, watched, { text: `Jawaban ${String(n)}.${String(step)}` });
        }
      };
      await Promise.all([0, 1, 2, 3].map(worker));
      await until(
        () => readTimeline(admin, watched),
        (items) => items.every((item) => item.type !== 'message' || item.state !== 'pending'),
      );
      working = false;
      const drops = await Promise.all(droppers);
      expect(Math.min(...drops)).toBeGreaterThan(2);

      const cases = await listCases(admin, 'status=all&limit=100');
      const fresh = {
        cases: Object.fromEntries(cases.map((summary) => [summary.id, summary])),
        timeline: await readTimeline(admin, watched),
      };
      for (const client of clients) {
        await until(
          () => client.state(),
          (state) => JSON.stringify(state) === JSON.stringify(fresh),
          10_000,
        ).catch(() => undefined);
        expect({ seed, ...client.state() }).toEqual({ seed, ...fresh });
        expect(client.faults).toEqual([]);
        client.close();
      }
      await Promise.all(cables.map((cable) => cable.close()));
    });

    it('is told when his cursor is of no use any more', async () => {
      const client = await LiveClient.open(server.url, bima.client, null);
      expect(await client.subscribe(['inbox'], '1-1')).toMatchObject({ ok: true });
      expect(await client.subscribe(['inbox'], 'kemarin')).toMatchObject({ ok: true, expired: true });
      client.close();
    });
  });
});
