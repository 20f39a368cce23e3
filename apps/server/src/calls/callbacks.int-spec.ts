import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseCountsSchema, casePageSchema, caseSchema } from '@loket/contracts/cases.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { aCall, aNumber, atMinute, telephoneOf, type Telephone } from '../../../../test/support/telephone.js';

let server: TestApp;
let phone: Telephone;
beforeAll(async () => {
  server = await startApp();
  phone = await telephoneOf(server);
});
afterAll(() => server.close());

describe('the task to call back', () => {
  it.each(['missed', 'abandoned', 'voicemail', 'busy'] as const)(
    'comes with a call that ended %s',
    async (outcome) => {
      const number = aNumber();
      const { caseId } = await phone.told(aCall({ number, outcome }));
      expect((await phone.caseOf(caseId)).callback).toEqual({ since: atMinute(0), number });
    },
  );

  it('stands in the only open case, since the first of several calls', async () => {
    const number = aNumber();
    const first = await phone.told(aCall({ number }));
    const second = await phone.told(aCall({ number, startedAt: atMinute(20) }));
    expect(second.caseId).toBe(first.caseId);
    expect((await phone.caseOf(first.caseId)).callback).toEqual({ since: atMinute(0), number });
  });

  it('ends when somebody reaches him, not when nobody takes our call', async () => {
    const number = aNumber();
    const { caseId } = await phone.told(aCall({ number }));
    await phone.log({ number, direction: 'outbound', outcome: 'missed', startedAt: atMinute(5) });
    expect((await phone.caseOf(caseId)).callback).not.toBeNull();
    const made = await phone.log({ number, direction: 'outbound', startedAt: atMinute(6), talkSeconds: 60 });
    expect(made.caseId).toBe(caseId);
    expect((await phone.caseOf(caseId)).callback).toBeNull();
  });

  it('does not come back with reports that arrive late', async () => {
    const number = aNumber();
    const answered = await phone.told(aCall({ number, outcome: 'answered', startedAt: atMinute(30) }));
    const late = await phone.told(aCall({ number, startedAt: atMinute(10) }));
    expect(late.caseId).toBe(answered.caseId);
    expect((await phone.caseOf(late.caseId)).callback).toBeNull();
  });

  it('ends when an agent says so or resolves the case, and is told as a change', async () => {
    for (const change of [{ callbackDone: true }, { status: 'resolved' }]) {
      const number = aNumber();
      const { caseId } = await phone.told(aCall({ number }));
      const done = await server.admin.patch(`/cases/${caseId ?? ''}`, change, caseSchema);
      expect(done.callback).toBeNull();
      const changes = await phone.eventsThat((e) => e.caseId === caseId && e.type === 'case.updated');
      expect(changes.at(-1)?.data).toMatchObject({
        callback: { from: { since: atMinute(0), number }, to: null },
      });
      await phone.told(aCall({ number, startedAt: atMinute(1) }));
      expect((await phone.caseOf(caseId)).callback).toBeNull();
    }
  });
});

describe('the list of those to be called back', () => {
  const listed = async (query = ''): Promise<string[]> => {
    const path = `/cases?view=callback&sort=waiting${query}`;
    return (await server.admin.get(path, casePageSchema)).items.map(({ id }) => id);
  };
  const counted = async (): Promise<number> =>
    (await server.admin.get('/cases/counts', caseCountsSchema)).callback;

  it('holds every case with the task, longest waiting first, page by page, and counts them', async () => {
    const before = await listed();
    expect(await counted()).toBe(before.length);
    const minutes = [40, 20, 30];
    const cases: string[] = [];
    for (const minute of minutes) {
      const { caseId } = await phone.told(aCall({ startedAt: atMinute(minute) }));
      cases.push(caseId ?? '');
    }
    // who was reached, and who wrote, are not in it
    await phone.told(aCall({ outcome: 'answered' }));
    const wanted = [cases[1], cases[2], cases[0]];
    expect((await listed()).filter((id) => cases.includes(id))).toEqual(wanted);
    expect(await counted()).toBe(before.length + 3);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const path = `/cases?view=callback&sort=waiting&limit=2${cursor}`;
      const { items, nextCursor } = await server.admin.get(path, casePageSchema);
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    expect(seen).toEqual(await listed());

    // waiting for the customer it stays, asleep it is away until it wakes
    const [first = '', second = '', third = ''] = cases;
    await server.admin.patch(`/cases/${first}`, { status: 'pending' }, caseSchema);
    const snoozedUntil = new Date(Date.now() + 3_600_000).toISOString();
    await server.admin.patch(`/cases/${second}`, { snoozedUntil }, caseSchema);
    expect((await listed()).filter((id) => cases.includes(id))).toEqual([third, first]);
    expect(await listed('&status=pending')).toEqual([first]);
    await server.admin.patch(`/cases/${second}`, { snoozedUntil: null }, caseSchema);

    // called back, resolved, said to be done
    const { callback } = await phone.caseOf(first);
    await phone.log({ number: callback?.number ?? null, direction: 'outbound', startedAt: atMinute(50) });
    await server.admin.patch(`/cases/${second}`, { status: 'resolved' }, caseSchema);
    await server.admin.patch(`/cases/${third}`, { callbackDone: true }, caseSchema);
    expect(await listed()).toEqual(before);
    expect(await counted()).toBe(before.length);
  });

  it('is told live what came and what went, by whatever did it', async () => {
    const number = aNumber();
    const record = aCall({ number, startedAt: atMinute(5) });
    const { messageId, caseId } = await phone.told(record);
    const task = { since: atMinute(5), number };
    const [came] = await phone.eventsOf(messageId ?? '', 'message.received');
    expect(came?.data).toMatchObject({ callback: { from: null, to: task } });
    const again = await phone.told(aCall({ number, startedAt: atMinute(6) }));
    const [same] = await phone.eventsOf(again.messageId ?? '', 'message.received');
    expect(same?.data).not.toHaveProperty('callback');
    const made = await phone.log({ number, direction: 'outbound', startedAt: atMinute(7) });
    const [went] = await phone.eventsOf(made.messageId, 'message.sent_elsewhere');
    expect(went).toMatchObject({ caseId, data: { callback: { from: task, to: null } } });

    const other = aCall();
    const told = await phone.told(other);
    await phone.told({ ...other, outcome: 'answered' });
    const [grown] = await phone.eventsOf(told.messageId ?? '', 'call.updated');
    expect(grown?.data).toMatchObject({ callback: { to: null } });
  });
});
