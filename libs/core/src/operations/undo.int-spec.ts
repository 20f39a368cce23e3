import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseOperation, UndoneOperation, UndoPreview } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole, snapshot } from '../../../../test/support/shape.js';
import { type Opened, Writers } from '../../../../test/support/writers.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { Event } from '../events/event.entity.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from './case-operations.service.js';
import { CustomerOperations } from './customer-operations.service.js';
import { OperationsService } from './operations.service.js';
import { UndoService } from './undo.service.js';

let core: TestCore;
let cases: CasesService;
let changes: CaseChanges;
let people: Writers;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  [cases, changes] = [core.get(CasesService), core.get(CaseChanges)];
  people = await Writers.on(core);
  rina = await core.addAgent('Rina');
});
afterEach(() => expectWhole(core.database));
afterAll(() => core.close());

const open = (text: string): Promise<Opened> => people.open(text);
const more = async (to: Opened, text: string, from = to.from): Promise<string> =>
  (await people.answer(to, text, from)).messageId;
const merge = (from: string, into: string, mergeCustomers = false): Promise<CaseOperation> =>
  core.get(CaseOperations).merge(from, { into, mergeCustomers }, { actorId: rina.id });
const split = (id: string, messageIds: string[], into?: string): Promise<CaseOperation> =>
  core.get(CaseOperations).split(id, { messageIds, ...(into ? { into } : {}) }, { actorId: rina.id });
const undo = ({ operation }: { operation: { id: string } }): Promise<UndoneOperation> =>
  core.get(UndoService).undo(operation.id, rina.id);
const preview = ({ operation }: { operation: { id: string } }): Promise<UndoPreview> =>
  core.get(UndoService).preview(operation.id);
const texts = async (caseId: string): Promise<string[]> => {
  const rows: { text: string }[] = await core.database.query(
    'SELECT text FROM messages WHERE case_id = $1 ORDER BY created_at, id',
    [caseId],
  );
  return rows.map((row) => row.text);
};

describe('undoing a merge', () => {
  it('brings everything back, row for row, and says so on both cases', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await core.get(NotesService).create(a.id, { text: 'catatan', attachments: [] }, rina.id);
    await changes.update(a.id, { priority: 'urgent', tags: ['vip'] }, rina.id);
    await changes.update(b.id, { status: 'resolved', tags: ['lama'] }, rina.id);
    const before = await snapshot(core.database);
    const merged = await merge(a.id, b.id, true);
    const undone = await undo(merged);
    expect(await snapshot(core.database)).toEqual(before);
    expect(undone.operation.undone).toMatchObject({ actor: rina });
    expect(undone.cases.map((c) => c.id).toSorted()).toEqual([a.id, b.id].toSorted());
    expect(undone.customers).toHaveLength(2);
    const events = await core.database.getRepository(Event).findBy({ type: 'operation.undone' });
    expect(events.map((e) => e.caseId).toSorted()).toEqual([a.id, b.id].toSorted());
    for (const { caseId, version } of events) expect((await cases.get(caseId ?? '')).version).toBe(version);
    await expect(undo(merged)).rejects.toMatchObject({ kind: 'conflict', code: 'already_undone' });
    await expect(preview(merged)).rejects.toMatchObject({ code: 'already_undone' });
  });

  it('lets what was said since follow its thread, and tells how much before', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    const merged = await merge(a.id, b.id);
    await changes.update(b.id, { status: 'resolved' }, rina.id);
    await more(a, 'satu lagi');
    await more(b, 'dua lagi');
    await core.get(NotesService).create(b.id, { text: 'ditulis setelah digabung', attachments: [] }, rina.id);
    expect(await preview(merged)).toMatchObject({ following: 1, blockedBy: [] });
    await undo(merged);
    expect(await texts(a.id)).toEqual(['satu', 'satu lagi']);
    expect(await texts(b.id)).toEqual(['dua', 'dua lagi']);
    expect(await cases.get(a.id)).toMatchObject({ status: 'open', preview: 'satu lagi', messageCount: 2 });
    // A note stays where it was written.
    const [note]: { case_id: string }[] = await core.database.query(
      `SELECT case_id FROM notes WHERE text = 'ditulis setelah digabung'`,
    );
    expect(note?.case_id).toBe(b.id);
  });

  it('opens the case whose customer wrote since, however it stood before', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await changes.update(a.id, { status: 'resolved' }, rina.id);
    const merged = await merge(a.id, b.id);
    await more(a, 'belum selesai');
    const [row]: { at: Date }[] = await core.database.query(
      `SELECT created_at AS at FROM messages WHERE text = 'belum selesai'`,
    );
    await undo(merged);
    expect(await cases.get(a.id)).toMatchObject({
      status: 'open',
      resolvedAt: null,
      waitingSince: row?.at.toISOString(),
    });
  });

  it('does not close again where a customer waits for an answer', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await changes.update(b.id, { status: 'resolved' }, rina.id);
    const merged = await merge(a.id, b.id);
    core.clock.advanceHours(1);
    await more(b, 'dua belum beres');
    await undo(merged);
    const standing = await cases.get(b.id);
    expect(standing).toMatchObject({ status: 'open', resolvedAt: null });
    expect(standing.waitingSince).toBe(standing.lastMessageAt);
    expect((await cases.get(a.id)).status).toBe('open');
  });

  it('counts an answer for the thread that it went to', async () => {
    const [b, a] = [await open('dua'), await open('satu')];
    await core.get(RepliesService).create(b.id, { text: 'Siap', attachments: [] }, rina);
    const merged = await merge(a.id, b.id);
    const { id } = await core.get(RepliesService).create(b.id, { text: 'Baik', attachments: [] }, rina);
    await undo(merged);
    expect(await texts(a.id)).toEqual(['satu', 'Baik']);
    expect(await cases.get(a.id)).toMatchObject({ waitingSince: null, lastDirection: 'outbound' });
    expect(await texts(b.id)).toEqual(['dua', 'Siap']);
    expect(id).not.toBe('');
  });

  it('keeps what people changed since', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await changes.update(a.id, { tags: ['a', 'sama'], priority: 'urgent' }, rina.id);
    await changes.update(b.id, { tags: ['b', 'sama'] }, rina.id);
    const merged = await merge(a.id, b.id);
    expect(merged.case.tags).toEqual(['b', 'sama', 'a']);
    await changes.update(b.id, { tags: ['b', 'a', 'baru'], priority: 'low', status: 'pending' }, rina.id);
    await undo(merged);
    expect(await cases.get(b.id)).toMatchObject({ tags: ['b', 'baru'], priority: 'low', status: 'pending' });
    expect(await cases.get(a.id)).toMatchObject({ tags: ['a', 'sama'], priority: 'urgent', status: 'open' });
  });

  it('waits for later operations on the same messages, and names them newest first', async () => {
    const [a, b, c] = [await open('satu'), await open('dua'), await open('tiga')];
    const first = await merge(a.id, b.id);
    const second = await split(b.id, [a.messageId]);
    const third = await merge(b.id, c.id);
    const blockedBy = [third.operation.id, second.operation.id];
    expect((await preview(first)).blockedBy.map((o) => o.id)).toEqual(blockedBy);
    await expect(undo(first)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'undo_blocked',
      data: { blockedBy: blockedBy.map((id) => ({ id })) },
    });
    for (const operation of [third, second, first]) await undo(operation);
    expect([await texts(a.id), await texts(b.id), await texts(c.id)]).toEqual([['satu'], ['dua'], ['tiga']]);
  });

  it('does not wait for operations on something else', async () => {
    const [a, b, c] = [await open('satu'), await open('dua'), await open('tiga')];
    const first = await merge(a.id, b.id);
    await merge(c.id, b.id);
    await undo(first);
    expect([await texts(a.id), await texts(b.id)]).toEqual([['satu'], ['dua', 'tiga']]);
  });

  it('remembers that the two belong apart', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await undo(await merge(a.id, b.id, true));
    const rows = await core.database.query(
      `SELECT kind, state FROM suggestions WHERE key = ANY($1) ORDER BY kind`,
      [[[a.id, b.id].toSorted().join(':'), [a.customerId, b.customerId].toSorted().join(':')]],
    );
    expect(rows).toEqual([
      { kind: 'case', state: 'dismissed' },
      { kind: 'customer', state: 'dismissed' },
    ]);
  });

  it('of one case does nothing twice when two undo it at once', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    const merged = await merge(a.id, b.id);
    const tries = await Promise.allSettled([undo(merged), undo(merged), undo(merged)]);
    expect(tries.filter((t) => t.status === 'fulfilled')).toHaveLength(1);
    for (const t of tries)
      if (t.status === 'rejected') expect(t.reason).toMatchObject({ code: 'already_undone' });
  });

  it('of what does not exist is no defect', async () => {
    await expect(core.get(UndoService).undo(newId(), rina.id)).rejects.toMatchObject({
      code: 'operation_not_found',
    });
  });
});

describe('the ledger', () => {
  it('lists operations of a case, of a customer, and of all, page by page', async () => {
    const [a, b, c] = [await open('satu'), await open('dua'), await open('tiga')];
    const [first, second] = [await merge(a.id, b.id), await merge(b.id, c.id)];
    const third = await core
      .get(CustomerOperations)
      .merge(a.customerId, { into: b.customerId }, { actorId: null });
    const list = async (query: object): Promise<string[]> =>
      (await core.get(OperationsService).list({ limit: 50, ...query })).items.map((o) => o.id);
    expect(await list({ case: a.id })).toEqual([third, second, first].map((o) => o.operation.id));
    expect(await list({ case: c.id })).toEqual([second.operation.id]);
    expect(await list({ customer: b.customerId })).toEqual([third.operation.id]);
    const page = await core.get(OperationsService).list({ limit: 1 });
    expect(page.items.map((o) => o.id)).toEqual([third.operation.id]);
    expect(page.items[0]).toMatchObject({ actor: null, from: { id: a.customerId, address: a.from } });
    expect((await list({ limit: 1, cursor: page.nextCursor }))[0]).toBe(second.operation.id);
    await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'cursor_invalid' });
  });
});
