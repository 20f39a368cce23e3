import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Notice } from '@loket/contracts/notices.js';
import { message, nobody, startCore, type TestCore } from '../../../../test/support/core.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { readEvents } from '../events/events.queries.js';
import { NoticeWriter } from '../notices/notice-writer.js';
import { NoticesService } from '../notices/notices.service.js';
import { BulkReasons } from './bulk-reasons.service.js';
import { BulkChanges } from './bulk.service.js';

type Person = { id: string; name: string };
let core: TestCore;
let bulk: BulkChanges;
let reasons: BulkReasons;
let channelId: string;
let [maya, rina, budi, siti]: Person[] = [];
beforeAll(async () => {
  core = await startCore();
  [bulk, reasons] = [core.get(BulkChanges), core.get(BulkReasons)];
  channelId = await core.addChannel();
  for (const name of ['Maya', 'Rina', 'Budi', 'Siti']) await core.addAgent(name);
  [maya, rina, budi, siti] = await core.database.query(
    `SELECT id, name FROM agents WHERE name IN ('Maya', 'Rina', 'Budi', 'Siti')
     ORDER BY array_position('{Maya,Rina,Budi,Siti}'::text[], name)`,
  );
});
afterAll(() => core.close());

let senders = 0;
/** a case that Rina has */
const hers = async (): Promise<string> => {
  const sender = { kind: 'email', value: `orang${++senders}@customer.example` } as const;
  const { caseId } = await core.receive(message(channelId, { sender }));
  await assign(caseId, rina!, rina!);
  return caseId;
};
const assign = async (caseId: string, to: Person, by: Person): Promise<void> => {
  const { version } = await core.get(CasesService).get(caseId);
  await core.get(CaseAssignments).assign(caseId, { agentId: to.id, version }, by.id);
};
const move = async (caseIds: readonly string[], to: Person, reason?: string): Promise<string> => {
  const changes = new Map(caseIds.map((id) => [id, { agentId: to.id }]));
  const { id } = await bulk.apply(changes, reason, { id: maya!.id, supervises: true });
  return id!;
};
const news = async (who: Person, caseId: string): Promise<Notice[]> => {
  await core.get(NoticeWriter).settle();
  const { items } = await core.get(NoticesService).list(who.id, { limit: 100 });
  return items.filter((notice) => notice.case.id === caseId);
};
/** what was said to be new in somebody's news, oldest first */
const told = async (who: Person): Promise<unknown[]> => {
  const events = await readEvents(core.database.manager, { tx: 0n, id: 0n }, 10_000);
  return events
    .filter(({ type, data }) => type === 'notice.added' && data['agentId'] === who.id)
    .map(({ data }) => data['noticeId']);
};

describe('a reason that is given after the move', () => {
  it('stands in the history, and in the news of whoever got and lost the case', async () => {
    const caseId = await hers();
    const id = await move([caseId], budi!);
    const [taken] = await news(rina!, caseId);
    expect(taken).toMatchObject({ kind: 'taken', reason: null });
    const { version } = await core.get(CasesService).get(caseId);

    expect(await reasons.give(id, 'Sesuai keahlian', maya!.id)).toEqual({ told: [caseId], left: [] });
    expect((await core.get(CasesService).get(caseId)).version).toBe(version + 1);
    expect(await news(rina!, caseId)).toMatchObject([
      { id: taken!.id, kind: 'taken', to: budi, reason: 'Sesuai keahlian', read: false },
    ]);
    expect(await news(budi!, caseId)).toEqual([
      expect.objectContaining({ kind: 'given', actor: maya, reason: 'Sesuai keahlian' }),
    ]);
    // an open card has to hear of it: the same one, told again
    expect((await told(rina!)).filter((one) => one === taken!.id)).toHaveLength(2);
    const { items } = await core.get(TimelineService).ofCase(caseId, { limit: 50 }, nobody);
    expect(items).toContainEqual(
      expect.objectContaining({
        event: 'case.reason_given',
        actor: maya,
        data: { moved: version, reason: 'Sesuai keahlian' },
      }),
    );

    await reasons.give(id, 'Rina cuti', maya!.id);
    expect((await news(rina!, caseId)).map(({ reason }) => reason)).toEqual(['Rina cuti']);
  });

  it('is there too when it was given before anybody made news of the move', async () => {
    const caseId = await hers();
    await news(rina!, caseId);
    // nobody works on the log as long as somebody else does
    const other = core.database.createQueryRunner();
    await other.query(`SELECT pg_advisory_lock(hashtextextended('event-consumer:notices', 0))`);
    const id = await move([caseId], budi!);
    await reasons.give(id, 'Giliran selesai', maya!.id);
    await other.query(`SELECT pg_advisory_unlock(hashtextextended('event-consumer:notices', 0))`);
    await other.release();
    const [taken] = await news(rina!, caseId);
    expect(taken).toMatchObject({ kind: 'taken', reason: 'Giliran selesai' });
    expect((await told(rina!)).filter((one) => one === taken!.id)).toHaveLength(1);
  });

  it('leaves out what somebody moved on, and is about its own move when another was taken back', async () => {
    const [stays, gone, back] = [await hers(), await hers(), await hers()];
    const id = await move([stays, gone, back], budi!);
    await assign(gone, siti!, budi!);
    const later = await move([back], siti!);
    await bulk.undo(later, { id: maya!.id, supervises: true });
    const result = await reasons.give(id, 'Meratakan beban', maya!.id);
    expect(result.left).toEqual([gone]);
    expect(result.told.toSorted()).toEqual([stays, back].toSorted());
    expect((await news(rina!, gone)).map(({ reason }) => reason)).toEqual([null]);
    expect((await news(rina!, back)).map(({ reason }) => reason)).toEqual(['Meratakan beban']);
    // got, lost and got back: only the first was said to be for this
    expect((await news(budi!, back)).map(({ kind, reason }) => [kind, reason])).toEqual([
      ['given', null],
      ['taken', null],
      ['given', 'Meratakan beban'],
    ]);
  });

  it('is for whoever moved them, for ten minutes, and not for what was undone', async () => {
    const caseId = await hers();
    const id = await move([caseId], budi!, 'Beban');
    const history = async () =>
      (await core.get(TimelineService).ofCase(caseId, { limit: 50 }, nobody)).items.length;
    const before = await history();
    await expect(reasons.give(id, 'x', rina!.id)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'bulk_of_another',
    });
    await expect(reasons.give(nobody, 'x', maya!.id)).rejects.toMatchObject({ code: 'bulk_not_found' });
    const undone = await move([await hers()], budi!);
    await bulk.undo(undone, { id: maya!.id, supervises: true });
    await expect(reasons.give(undone, 'x', maya!.id)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'undone_already',
    });
    core.clock.advanceHours(0.2);
    await expect(reasons.give(id, 'x', maya!.id)).rejects.toMatchObject({ code: 'reason_too_late' });
    expect(await history()).toBe(before);
    expect((await news(rina!, caseId)).map(({ reason }) => reason)).toEqual(['Beban']);
  });

  it('says nothing about a change in which nobody got or lost a case', async () => {
    const caseId = await hers();
    const { id } = await bulk.apply(new Map([[caseId, { priority: 'high' }]]), undefined, {
      id: maya!.id,
      supervises: true,
    });
    expect(await reasons.give(id!, 'x', maya!.id)).toEqual({ told: [], left: [caseId] });
  });
});
