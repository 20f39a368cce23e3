import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { QuarantineRequest } from '@loket/contracts/bus.js';
import { newId } from '@loket/platform/ids.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { startIntake, type TestIntake } from '../../../../test/support/intake.js';
import { Event } from '../events/event.entity.js';

let db: TestDatabase;
let t: TestIntake;
let channelId: string;
beforeAll(async () => {
  db = await freshDatabase();
  t = await startIntake(db.url);
  channelId = await t.addChannel();
});
afterAll(async () => {
  await t.close();
  await db.drop();
});

let counter = 0;
const original = (over: Partial<QuarantineRequest> = {}): QuarantineRequest => ({
  channelId,
  raw: { sha256: (counter += 1).toString(16).padStart(64, '0'), size: 100, mediaType: 'message/rfc822' },
  code: 'too_large',
  reason: '90 MB, 35 allowed',
  attempts: 1,
  ...over,
});

describe('the quarantine', () => {
  it('shows what is known of an original, and says so to whoever listens', async () => {
    const { quarantineId } = await t.quarantine.add(
      original({ glimpse: { subject: 'Foto\u0000 kerusakan', from: 'dewi@toko.example' } }),
    );
    expect(await t.quarantine.show(quarantineId ?? '')).toMatchObject({
      subject: 'Foto kerusakan',
      from: 'dewi@toko.example',
      code: 'too_large',
      size: 100,
      hasRaw: true,
      state: 'waiting',
    });
    const events = await t.database.getRepository(Event).findBy({ type: 'quarantine.added' });
    expect(events.map((e) => e.data['quarantineId'])).toContain(quarantineId);
  });

  it('keeps one entry for an original that fails again, counting its tries, also when two fail at once', async () => {
    const request = original({ attempts: 3 });
    const results = await Promise.all([t.quarantine.add(request), t.quarantine.add(request)]);
    const again = await t.quarantine.add({ ...request, code: 'parse_failed', reason: 'broken', attempts: 1 });
    expect(new Set([...results, again].map((r) => r.quarantineId)).size).toBe(1);
    expect(await t.quarantine.show(again.quarantineId ?? '')).toMatchObject({
      attempts: 7,
      code: 'parse_failed',
    });
  });

  it('is settled once, whoever comes first', async () => {
    const { quarantineId } = await t.quarantine.add(original());
    const attempts = await Promise.allSettled([
      t.quarantine.settle(quarantineId ?? '', 'dismissed', null, newId()),
      t.quarantine.settle(quarantineId ?? '', 'dismissed', null, newId()),
    ]);
    expect(attempts.filter((a) => a.status === 'fulfilled')).toHaveLength(1);
    expect(attempts.find((a) => a.status === 'rejected')).toMatchObject({
      reason: { code: 'quarantine_entry_settled' },
    });
  });

  it('is read page by page, newest first, without gap or double', async () => {
    for (let i = 0; i < 7; i++) await t.quarantine.add(original());
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await t.quarantine.list({ state: 'waiting', limit: 3, cursor });
      seen.push(...page.items.map((e) => e.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(9);
    await expect(t.quarantine.list({ state: 'waiting', limit: 3, cursor: 'nonsense' })).rejects.toMatchObject(
      {
        code: 'cursor_invalid',
      },
    );
  });
});
