import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import type { NoticePreferences } from '@loket/contracts/notice-preferences.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import {
  type Device,
  type PushService,
  startPushService,
  vapidOf,
} from '../../../../test/support/push-service.js';
import { until } from '../../../../test/support/until.js';
import { Session } from '../access/session.entity.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CasesService } from '../cases/cases.service.js';
import { NoticePreferencesService } from '../notices/notice-preferences.service.js';
import { NoticeWriter } from '../notices/notice-writer.js';
import { NoticesService } from '../notices/notices.service.js';
import { Availabilities } from '../teams/availability.service.js';
import { PushNotices } from './push-notices.service.js';
import { PushSubscriptionRow } from './push-subscription.entity.js';
import { PushSubscriptions } from './push-subscriptions.service.js';

const vapid = webPush.generateVAPIDKeys();
let core: TestCore;
let service: PushService;
let channelId: string;
let rina: { id: string; name: string };

beforeAll(async () => {
  service = await startPushService();
  core = await startCore({
    env: {
      LOKET_PUSH_PUBLIC_KEY: vapid.publicKey,
      LOKET_PUSH_PRIVATE_KEY: vapid.privateKey,
      LOKET_PUSH_SUBJECT: 'mailto:admin@toko.example',
      LOKET_PUSH_HOSTS: [service.host],
    },
  });
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(async () => {
  await core.close();
  await service.close();
});

let people = 0;
interface Person {
  id: string;
  sessionId: string;
  device: Device;
}

/** Somebody who was signed in on a phone and put it away. */
async function person(preferences: Partial<NoticePreferences> = {}): Promise<Person> {
  const { id } = await core.addAgent(`Petugas ${String(++people)}`);
  const sessionId = newId();
  const now = core.clock.now();
  await core.database.manager.insert(Session, {
    ...{ id: sessionId, agentId: id, tokenHash: sessionId, createdAt: now, lastSeenAt: now },
    expiresAt: new Date(now.getTime() + 86_400_000),
  });
  const usual = await core.get(NoticePreferencesService).get(id);
  await core.get(NoticePreferencesService).set(id, { ...usual, ...preferences });
  const device = service.subscribe();
  await core.get(PushSubscriptions).add({ agentId: id, sessionId }, device.subscription);
  return { id, sessionId, device };
}

/** Rina gives somebody a new case. @returns its number */
async function give(to: Person): Promise<number> {
  const sender = {
    kind: 'email',
    value: `dewi${String(people)}@customer.example`,
    name: 'Dewi Anggraini',
  } as const;
  const { caseId } = await core.receive(message(channelId, { sender, subject: 'Mug pecah' }));
  const { version, number } = await core.get(CasesService).get(caseId);
  const reason = 'Bu Dewi menunggu';
  await core.get(CaseAssignments).assign(caseId, { agentId: to.id, version, reason }, rina.id);
  await core.get(NoticeWriter).settle();
  return number;
}

/** Until nothing of his waits to be pushed any more. */
async function settled({ id }: Person): Promise<void> {
  await core.get(PushNotices).run();
  await until(async () => {
    const rows: unknown[] = await core.database.query(
      'SELECT FROM notices WHERE agent_id = $1 AND push_at IS NOT NULL',
      [id],
    );
    return rows.length === 0;
  });
}

const devicesOf = (who: Person): Promise<number> =>
  core.database.manager.countBy(PushSubscriptionRow, { agentId: who.id });

describe('a push', () => {
  it('reaches the phone of whoever is not at a console, readable there alone, and names no customer', async () => {
    const budi = await person();
    const number = await give(budi);
    await settled(budi);
    expect(budi.device.got).toHaveLength(1);
    const [{ headers, message: said, wire }] = budi.device.got as [Device['got'][0]];
    expect(said).toEqual({
      tag: expect.any(String),
      title: `Rina memberi Anda kasus #${String(number)}`,
      body: '',
      path: `/inbox/all/${String(number)}`,
    });
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '3600', urgency: 'high' });
    expect(headers['topic']).toMatch(/^[\w-]{1,32}$/);
    expect(wire.toString('latin1')).not.toContain('Rina');
    const { key, aud, sub, exp } = vapidOf(headers);
    expect({ key, aud, sub }).toEqual({
      key: vapid.publicKey,
      aud: service.host,
      sub: 'mailto:admin@toko.example',
    });
    expect(exp * 1000).toBeGreaterThan(Date.now());
  });

  it('tells of the customer when its reader wants that', async () => {
    const budi = await person({ pushWords: true });
    await give(budi);
    await settled(budi);
    expect(budi.device.got.map(({ message: { body } }) => body)).toEqual([
      'Dewi Anggraini · Mug pecah\nBu Dewi menunggu',
    ]);
  });

  it.each<[string, (who: Person) => Promise<unknown>, Partial<NoticePreferences>]>([
    ['sits at a console', ({ id }) => core.get(Availabilities).active([id]), {}],
    ['has read it', ({ id }) => core.get(NoticesService).read(id, {}), {}],
    ['does not want this kind', () => Promise.resolve(), { push: ['mention'] }],
    [
      'has quiet hours',
      () => Promise.resolve(),
      { quiet: { from: '00:00', to: '00:00', days: [1, 2, 3, 4, 5, 6, 7] } },
    ],
    [
      'has signed out there',
      ({ sessionId }) =>
        core.database.manager.update(Session, { id: sessionId }, { expiresAt: core.clock.now() }),
      {},
    ],
  ])('does not reach who %s', async (_, before, preferences) => {
    const budi = await person(preferences);
    const { id: agentId, sessionId } = budi;
    // nothing is due before the test has done what it is about
    await core.database.manager.delete(PushSubscriptionRow, { agentId });
    await give(budi);
    await before(budi);
    await core.get(PushSubscriptions).add({ agentId, sessionId }, budi.device.subscription);
    await core.database.query('UPDATE notices SET push_at = at WHERE agent_id = $1', [agentId]);
    await settled(budi);
    expect(budi.device.got).toEqual([]);
  });

  it('forgets a browser that the service no longer knows, and goes on to the others', async () => {
    const budi = await person();
    const { id: agentId, sessionId } = budi;
    const other = service.subscribe();
    const gone = { ...other.subscription, endpoint: `${service.host}/push/nobody` };
    await core.get(PushSubscriptions).add({ agentId, sessionId }, gone);
    expect(await devicesOf(budi)).toBe(2);
    await give(budi);
    await settled(budi);
    expect(budi.device.got).toHaveLength(1);
    expect(await devicesOf(budi)).toBe(1);
  });

  it('waits while the service is away, and comes once it is back', async () => {
    const budi = await person();
    service.answer(503);
    const before = service.requests;
    await give(budi);
    await core.get(PushNotices).run();
    await until(() => service.requests > before);
    expect(await devicesOf(budi)).toBe(1);
    service.answer(201);
    core.clock.advanceHours(0.02);
    await settled(budi);
    expect(budi.device.got).toHaveLength(1);
  });

  it('goes to whoever signed in last at a browser that two people use', async () => {
    const [budi, siti] = [await person(), await person()];
    const { subscription } = budi.device;
    await core.get(PushSubscriptions).add({ agentId: siti.id, sessionId: siti.sessionId }, subscription);
    await give(budi);
    await settled(budi);
    expect(budi.device.got).toEqual([]);
    await give(siti);
    await settled(siti);
    expect(budi.device.got).toHaveLength(1);
  });

  it('goes nowhere but to services that are known', async () => {
    const budi = await person();
    const elsewhere = { ...budi.device.subscription, endpoint: 'https://169.254.169.254/latest' };
    await expect(
      core.get(PushSubscriptions).add({ agentId: budi.id, sessionId: budi.sessionId }, elsewhere),
    ).rejects.toMatchObject({ code: 'push_service_unknown' });
  });
});
