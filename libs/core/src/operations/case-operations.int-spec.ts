import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCasesQuery, type TimelineItem } from '@loket/contracts/cases.js';
import type { CaseOperation } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { expectWhole, snapshot } from '../../../../test/support/shape.js';
import { type Opened, Writers } from '../../../../test/support/writers.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { LiveEvents } from '../cases/live-events.js';
import { TimelineService } from '../cases/timeline.service.js';
import { DeliveryService } from '../delivery/delivery.service.js';
import { Receipts } from '../delivery/receipts.js';
import { startOfLog } from '../events/event-cursor.js';
import { readEvents } from '../events/events.queries.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from './case-operations.service.js';
import { UndoService } from './undo.service.js';

let core: TestCore;
let cases: CasesService;
let operations: CaseOperations;
let people: Writers;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  [cases, operations] = [core.get(CasesService), core.get(CaseOperations)];
  people = await Writers.on(core);
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(async () => {
  await expectWhole(core.database);
  await core.close();
});

const open = (text = 'Mug saya retak'): Promise<Opened> => people.open(text);
const merge = (from: string, into: string, over = {}): Promise<CaseOperation> =>
  operations.merge(from, { into, ...over }, { actorId: rina.id });
const timeline = async (id: string): Promise<TimelineItem[]> =>
  (await core.get(TimelineService).ofCase(id, { limit: 100 }, nobody)).items;
const lines = async (id: string): Promise<string[]> =>
  (await timeline(id)).map((item) =>
    item.type === 'event' ? item.event : item.type === 'message' ? item.text : 'note',
  );
const listed = async (q?: string): Promise<string[]> =>
  (await cases.list(listCasesQuery.parse({ limit: 100, ...(q ? { q } : {}) }), rina.id)).items.map(
    (c) => c.id,
  );

describe('merging a case into another', () => {
  it('moves everything there and leaves a number that leads there', async () => {
    const [a, b] = [await open('Mug pecah'), await open('Tagihan dobel')];
    await core.get(NotesService).create(a.id, { text: 'sudah dicek', attachments: [] }, budi.id);
    await core.get(CaseChanges).update(a.id, { priority: 'high', tags: ['vip'] }, rina.id);
    const { operation, case: result } = await merge(a.id, b.id, { reason: 'orang yang sama' });
    expect(operation).toMatchObject({
      kind: 'merge_cases',
      actor: { id: rina.id, name: 'Rina' },
      reason: 'orang yang sama',
      from: { id: a.id, number: a.number },
      into: { id: b.id, number: b.number },
      moved: { messages: 1, notes: 1, threads: 1 },
      undone: null,
    });
    expect(result).toMatchObject({
      id: b.id,
      messageCount: 2,
      priority: 'high',
      tags: ['vip'],
      merged: [{ id: a.id, number: a.number }],
    });
    for (const ref of [a.id, String(a.number), `#${String(a.number)}`])
      expect(await cases.get(ref)).toEqual(result);
    // Whatever comes to the old thread goes on in the case that remains.
    expect((await people.answer(a, 'Masih pecah')).caseId).toBe(b.id);
  });

  it('shows both stories in one timeline, what was done once', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await core.get(CaseAssignments).assign(a.id, { agentId: budi.id, version: 2 }, budi.id);
    await merge(a.id, b.id);
    expect(await lines(b.id)).toEqual([
      'case.opened',
      'satu',
      'case.opened',
      'dua',
      'case.assigned',
      'case.merged',
    ]);
    expect(await timeline(a.id)).not.toEqual([]);
    const c = await open('tiga');
    await merge(b.id, c.id);
    expect((await lines(c.id)).filter((line) => line === 'case.merged')).toHaveLength(2);
  });

  it('takes it out of lists, counts and searches, and finds the other one by its number', async () => {
    const [a, b] = [await open('zebra'), await open('kuda')];
    const before = await cases.counts(rina.id);
    await merge(a.id, b.id);
    expect((await cases.counts(rina.id)).all).toBe(before.all - 1);
    expect(await listed()).not.toContain(a.id);
    expect(await listed('zebra')).toEqual([b.id]);
    expect(await listed(`#${String(a.number)}`)).toEqual([b.id]);
    expect(await listed(a.from)).toEqual([]);
  });

  it('never makes a chain: numbers merged before lead on in one step', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    await merge(a.id, b.id);
    await merge(b.id, String(c.number));
    expect((await cases.get(a.id)).id).toBe(c.id);
    expect((await cases.get(c.id)).merged.map((m) => m.id)).toEqual([a.id, b.id]);
    expect((await cases.row(a.id)).mergedIntoId).toBe(c.id);
  });

  it('follows where the target leads, and refuses what makes no sense', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    await merge(a.id, b.id);
    await expect(merge(b.id, b.id)).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'merge_into_itself',
    });
    await expect(merge(b.id, a.id)).rejects.toMatchObject({ code: 'merge_into_itself' });
    await expect(merge(a.id, c.id)).rejects.toMatchObject({
      code: 'case_merged_already',
      data: { into: b.id },
    });
    await expect(merge(c.id, newId())).rejects.toMatchObject({ code: 'case_not_found' });
    await expect(merge(c.id, b.id, { version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
      data: { id: c.id, version: 2 },
    });
    await merge(c.id, a.id);
    expect((await cases.get(c.id)).id).toBe(b.id);
  });

  it('reopens a resolved one only when there is something to do', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    for (const { id } of [b, c]) await core.get(CaseChanges).update(id, { status: 'resolved' }, rina.id);
    expect((await merge(c.id, b.id)).case).toMatchObject({ status: 'resolved' });
    expect((await merge(a.id, b.id)).case).toMatchObject({ status: 'open', resolvedAt: null });
  });

  it('tells first what it would make of the two, and what to think about', async () => {
    const [a, b] = [await open('Mug'), await open('Tagihan')];
    await core.get(CaseChanges).update(b.id, { status: 'resolved' }, rina.id);
    const before = await snapshot(core.database);
    const preview = await operations.mergePreview(a.id, String(b.number));
    expect(await snapshot(core.database)).toEqual(before);
    expect(preview).toMatchObject({
      result: { subject: 'Tagihan', status: 'open', messageCount: 2, channelKinds: ['email'] },
      moved: { messages: 1, threads: 1 },
      warnings: ['other_customer', 'resolved'],
    });
    const { operation, case: result } = await merge(a.id, b.id);
    expect(result).toMatchObject(preview.result);
    await core.get(UndoService).undo(operation.id, rina.id);
    expect((await operations.mergePreview(a.id, b.id)).warnings).toContain('undone_before');
  });

  it('makes one of their customers too, when asked', async () => {
    const [a, b] = [await open(), await open()];
    const before = await snapshot(core.database);
    const { operation, case: result } = await merge(a.id, b.id, { mergeCustomers: true });
    expect(operation.moved).toMatchObject({ messages: 1, identities: 1 });
    expect((await cases.row(a.id)).customerId).toBe(result.customer.id);
    await core.get(UndoService).undo(operation.id, rina.id);
    expect(await snapshot(core.database)).toEqual(before);
  });

  it('tells both cases, with versions above all that anybody has seen of either', async () => {
    const [a, b] = [await open(), await open()];
    for (const tag of ['x', 'y', 'z']) await core.get(CaseChanges).update(a.id, { tags: [tag] }, rina.id);
    const seen = (await cases.get(a.id)).version;
    const { case: result } = await merge(a.id, b.id);
    expect(result.version).toBeGreaterThan(seen);
    const events = (await readEvents(core.database.manager, startOfLog, 10_000)).filter(
      (e) => e.type === 'case.merged' && [a.id, b.id].includes(e.caseId ?? ''),
    );
    const live = await core.get(LiveEvents).enrich(events, () => true);
    expect(live.map((e) => [e.caseId, e.case?.mergedInto?.id ?? null, e.item?.type])).toEqual([
      [b.id, null, 'event'],
      [a.id, b.id, 'event'],
    ]);
    expect(live[0]?.data).toMatchObject({
      from: { number: a.number },
      into: { number: b.number },
      messages: 1,
    });
  });
});

describe('writing to the number of a merged case', () => {
  it('writes to the one that stands for it, once', async () => {
    const [a, b] = [await open(), await open()];
    const replies = core.get(RepliesService);
    const first = await replies.create(a.id, { text: 'Segera kami cek', attachments: [] }, rina, 'k1');
    await merge(a.id, b.id);
    const again = await replies.create(a.id, { text: 'Segera kami cek', attachments: [] }, rina, 'k1');
    expect(again).toMatchObject({ id: first.id, caseId: b.id });
    const note = await core.get(NotesService).create(a.id, { text: 'lihat ini', attachments: [] }, rina.id);
    expect(note.caseId).toBe(b.id);
    expect(await core.get(CaseChanges).update(a.id, { priority: 'urgent' }, rina.id)).toMatchObject({
      id: b.id,
      priority: 'urgent',
    });
    const { version } = await cases.get(a.id);
    const taken = await core.get(CaseAssignments).assign(a.id, { agentId: budi.id, version }, budi.id);
    expect(taken).toMatchObject({ id: b.id, assignee: { id: budi.id } });
  });

  it('on what was seen before the merge is refused, however much the case had changed', async () => {
    const [a, b] = [await open(), await open()];
    for (const tag of ['x', 'y', 'z']) await core.get(CaseChanges).update(a.id, { tags: [tag] }, rina.id);
    const { version } = await cases.get(a.id);
    await merge(a.id, b.id);
    const refused = { kind: 'conflict', data: { id: b.id } };
    await expect(
      core.get(RepliesService).create(a.id, { text: 'Halo', attachments: [], version }, budi),
    ).rejects.toMatchObject({ ...refused, code: 'case_changed' });
    await expect(
      core.get(CaseAssignments).assign(a.id, { agentId: budi.id, version }, budi.id),
    ).rejects.toMatchObject({ ...refused, code: 'version_conflict' });
  });

  it('does not lose what a message on its way becomes', async () => {
    const [a, b] = [await open(), await open()];
    const reply = await core
      .get(RepliesService)
      .create(a.id, { text: 'Sedang dikirim', attachments: [] }, rina);
    core.script.push(async (m) => {
      await merge(a.id, b.id);
      return { ok: true, result: { externalId: `${m.messageId}@loket.example`, references: [] } };
    });
    await core.get(DeliveryService).deliver(reply.id);
    const externalId = `${reply.id}@loket.example`;
    expect((await timeline(b.id)).find((item) => item.id === reply.id)).toMatchObject({
      state: 'sent',
      externalId,
    });
    const receipt = {
      channelId: people.mail,
      externalId,
      state: 'delivered' as const,
      at: new Date().toISOString(),
    };
    expect(await core.get(Receipts).receive(receipt)).toEqual({ known: true });
    const answer = message(people.mail, {
      from: a.from,
      text: 'Terima kasih',
      thread: { inReplyTo: externalId },
    });
    expect((await core.receive(answer)).caseId).toBe(b.id);
  });
});
