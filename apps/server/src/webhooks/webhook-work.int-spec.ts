import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { channelSchema } from '@loket/contracts/channels.js';
import { AppError } from '@loket/contracts/errors.js';
import { WebhookWork } from '@loket/core/webhooks/webhook-work.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { JobQueue } from '@loket/platform/jobs/job-queue.js';
import { startBareApp } from '../../../../test/support/app.js';
import { until } from '../../../../test/support/until.js';
import {
  config,
  fresh,
  mediaType,
  nothing,
  sha256,
  startWebhookApp,
  type WebhookApp,
} from '../../../../test/support/webhook-app.js';

let hook: WebhookApp;
beforeAll(async () => {
  hook = await startWebhookApp();
});
afterAll(() => hook.server.close());
beforeEach(() => {
  hook.ingest = nothing;
  hook.ingested.length = 0;
});

describe('work that does not succeed', () => {
  const away = new AppError('unavailable', 'database_unavailable', 'the database is away');
  it.each([
    ['what is away now', away],
    ['a defect', new TypeError('undefined is not a function')],
  ])('is put off and kept: %s', async (_name, error) => {
    hook.ingest = () => Promise.reject(error);
    expect((await hook.post(fresh())).status).toBe(200);
    const [row] = await until(hook.waiting, ([first]) => (first?.attempts ?? 0) > 0);
    expect(row?.attempts).toBe(1);
    expect(row?.dueIn).toBeGreaterThan(3_000);
    expect(row?.dueIn).toBeLessThan(6_500);
    // A person has seen to it: what waited comes in now, not when its time is up.
    hook.ingest = nothing;
    await hook.database.query(`UPDATE webhook_calls SET due_at = now() + interval '1 hour'`);
    await hook.server.admin.patch(`/channels/${hook.channelId}`, { config }, channelSchema);
    await hook.workedThrough();
    expect(hook.ingested).toHaveLength(2);
  });

  it('waits while the channel is switched off', async () => {
    hook.ingest = () => Promise.reject(away);
    await hook.post(fresh());
    await until(hook.waiting, ([first]) => (first?.attempts ?? 0) > 0);
    await hook.server.admin.patch(`/channels/${hook.channelId}`, { enabled: false }, channelSchema);
    hook.ingest = nothing;
    await hook.database.query('UPDATE webhook_calls SET due_at = now()');
    hook.ingested.length = 0;
    await hook.server.app.get(WebhookWork, { strict: false }).take();
    await sleep(100);
    expect([hook.ingested.length, (await hook.waiting()).length]).toEqual([0, 1]);
    await hook.server.admin.patch(`/channels/${hook.channelId}`, { enabled: true }, channelSchema);
    await hook.workedThrough();
  });

  it('is found again when its job was lost', async () => {
    const jobs = hook.server.app.get(JobQueue, { strict: false });
    const add = jobs.add.bind(jobs);
    jobs.add = () => Promise.reject(new Error('the queue is away'));
    const body = fresh();
    try {
      expect((await hook.post(body)).status).toBe(200);
      await sleep(150);
      expect([hook.ingested.length, (await hook.waiting()).length]).toEqual([0, 1]);
    } finally {
      jobs.add = add;
    }
    await jobs.add('take-webhook-calls', {});
    await hook.workedThrough();
    expect(hook.ingested.map(({ raw }) => raw.sha256)).toEqual([sha256(body)]);
  });

  it('is found again when its worker died', async () => {
    const body = fresh();
    // as a killed process leaves it: taken, and held a moment longer
    await hook.database.query(
      `INSERT INTO webhook_calls (id, channel_id, sha256, media_type, bytes, due_at)
       VALUES ($1, $2, $3, $4, $5, now() + interval '1 second')`,
      [randomUUID(), hook.channelId, sha256(body), mediaType, body],
    );
    const work = hook.server.app.get(WebhookWork, { strict: false });
    await work.take();
    expect(hook.ingested).toEqual([]);
    await sleep(1_050);
    await work.take();
    await hook.workedThrough();
    expect(hook.ingested.map(({ raw }) => raw.sha256)).toEqual([sha256(body)]);
  });

  it('is given back by a process that stops', async () => {
    hook.ingest = () => Promise.reject(away);
    expect((await hook.post(fresh())).status).toBe(200);
    await until(hook.waiting, ([first]) => (first?.attempts ?? 0) > 0);
    const other = await startBareApp(hook.server.databaseUrl, {}, null);
    try {
      let begun = false;
      other.app.get<Bus>(BUS).handle('channel.ingest', () => {
        begun = true;
        return new Promise(() => undefined);
      });
      await until(async () => {
        await hook.database.query('UPDATE webhook_calls SET due_at = now()');
        await other.app.get(WebhookWork, { strict: false }).take();
        await sleep(50);
        return begun;
      });
      expect((await hook.waiting())[0]?.dueIn).toBeGreaterThan(10_000);
    } finally {
      await other.close();
    }
    expect((await hook.waiting())[0]?.dueIn).toBeLessThan(0);
    hook.ingest = nothing;
    await hook.server.app.get(WebhookWork, { strict: false }).take();
    await hook.workedThrough();
  });

  it('does not hold up others when it takes long', async () => {
    const slow = new Set<string>();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    hook.ingest = async ({ raw }) => {
      if (slow.has(raw.sha256)) await gate;
      return { results: [] };
    };
    const bodies = Array.from({ length: 12 }, () => fresh());
    for (const body of bodies) slow.add(sha256(body));
    await Promise.all(bodies.map((body) => hook.post(body)));
    const quick = fresh();
    await hook.post(quick);
    await until(() => hook.ingested.some(({ raw }) => raw.sha256 === sha256(quick)));
    await until(hook.waiting, (left) => left.length === bodies.length);
    release();
    await hook.workedThrough();
    expect(hook.ingested).toHaveLength(bodies.length + 1);
  });
});
