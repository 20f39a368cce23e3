import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseOperation, UndoneOperation, UndoPreview } from '@loket/contracts/operations.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole, snapshot, withoutRows } from '../../../../test/support/shape.js';
import { type Opened, Writers } from '../../../../test/support/writers.js';
import { CasesService } from '../cases/cases.service.js';
import { NotesService } from '../messages/notes.service.js';
import { CaseOperations } from './case-operations.service.js';
import { CustomerOperations } from './customer-operations.service.js';
import { IdentityOperations } from './identity-operations.service.js';
import { UndoService } from './undo.service.js';

let core: TestCore;
let cases: CasesService;
let people: Writers;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  cases = core.get(CasesService);
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

describe('undoing a split', () => {
  it('brings everything back and leaves a number that leads there', async () => {
    const a = await open('satu');
    const second = await more(a, 'dua', 'orang.lain@customer.example');
    const before = await snapshot(core.database);
    const done = await split(a.id, [second]);
    await undo(done);
    expect(withoutRows(await snapshot(core.database), [done.case.id])).toEqual(before);
    expect((await cases.get(String(done.case.number))).id).toBe(a.id);
  });

  it('takes back all that came to the new case', async () => {
    const a = await open('satu');
    const m = message(people.mail, { from: a.from, text: 'dua', thread: { references: [a.externalId] } });
    const { messageId } = await core.receive(m);
    const done = await split(a.id, [messageId]);
    const reply = message(people.mail, { from: a.from, text: 'tiga', thread: { inReplyTo: m.externalId } });
    expect((await core.receive(reply)).caseId).toBe(done.case.id);
    await core.get(NotesService).create(done.case.id, { text: 'di kasus baru', attachments: [] }, rina.id);
    expect((await preview(done)).following).toBe(1);
    await undo(done);
    expect(await texts(a.id)).toEqual(['satu', 'dua', 'tiga']);
    const notes: unknown[] = await core.database.query('SELECT FROM notes WHERE case_id = $1', [a.id]);
    expect(notes).toHaveLength(1);
    const late = message(people.mail, {
      from: a.from,
      text: 'empat',
      thread: { inReplyTo: reply.externalId },
    });
    expect((await core.receive(late)).caseId).toBe(a.id);
  });

  it('gives a chat back to where it was', async () => {
    const say = (text: string): Promise<{ caseId: string; messageId: string }> =>
      people.say('+6281311112222', text);
    const first = await say('Mug saya pecah');
    const second = await say('yang biru');
    const before = await snapshot(core.database);
    const done = await split(first.caseId, [second.messageId]);
    await undo(done);
    expect(withoutRows(await snapshot(core.database), [done.case.id])).toEqual(before);
    expect((await say('halo?')).caseId).toBe(first.caseId);
  });

  it('is not stopped by the messages of another case, but by that case being gone', async () => {
    const [a, b] = [await open('satu'), await open('lain')];
    const done = await split(a.id, [await more(a, 'dua')]);
    const merged = await merge(a.id, b.id);
    expect((await preview(done)).blockedBy.map((o) => o.id)).toEqual([merged.operation.id]);
    await undo(merged);
    await undo(done);
    expect(await texts(a.id)).toEqual(['satu', 'dua']);
  });
});

describe('undoing out of order', () => {
  it('waits for a split of what the split before it had made', async () => {
    const [a, b] = [await open('satu'), await open('lain')];
    const m = message(people.mail, { from: a.from, text: 'dua', thread: { references: [a.externalId] } });
    const first = await split(a.id, [(await core.receive(m)).messageId], b.id);
    const later = message(people.mail, { from: a.from, text: 'tiga', thread: { inReplyTo: m.externalId } });
    const second = await split(b.id, [(await core.receive(later)).messageId]);
    expect((await preview(first)).blockedBy.map((o) => o.id)).toEqual([second.operation.id]);
    await undo(second);
    await undo(first);
    expect([await texts(a.id), await texts(b.id)]).toEqual([['satu', 'dua', 'tiga'], ['lain']]);
  });

  it('does not leave a case without messages of its own', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    const first = await merge(a.id, b.id);
    const second = await split(b.id, [b.messageId]);
    await expect(undo(first)).rejects.toMatchObject({
      code: 'undo_blocked',
      data: { blockedBy: [{ id: second.operation.id }] },
    });
  });

  it('brings an address back only to a customer who is still there', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    const address = { kind: 'email', value: 'baru@customer.example', proof: 'claimed' } as const;
    const by = { actorId: rina.id };
    const linked = await core.get(IdentityOperations).link(a.customerId, address, by);
    const { id } = linked.identities.find((i) => i.value === address.value) ?? { id: '' };
    const unlinked = await core.get(IdentityOperations).unlink(a.customerId, id, by);
    const merged = await core.get(CustomerOperations).merge(a.customerId, { into: b.customerId }, by);
    await expect(undo(unlinked)).rejects.toMatchObject({
      code: 'undo_blocked',
      data: { blockedBy: [{ id: merged.operation.id }] },
    });
  });
});
