import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listCasesQuery, type TimelineItem } from '@loket/contracts/cases.js';
import type { CaseOperation } from '@loket/contracts/operations.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { expectWhole, snapshot } from '../../../../test/support/shape.js';
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
let mail: string;
let chat: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  [cases, operations] = [core.get(CasesService), core.get(CaseOperations)];
  mail = await core.addChannel();
  chat = await core.addChannel({}, 'whatsapp');
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(async () => {
  await expectWhole(core.database);
  await core.close();
});

let people = 0;
const somebody = (): string => `tamu${String(++people)}@customer.example`;
interface Opened {
  id: string;
  number: number;
  messageId: string;
  externalId: string;
  from: string;
}
/** A case of its own, whatever the matching thinks of its words. */
async function open(text = 'Mug saya retak', from = somebody()): Promise<Opened> {
  const m = message(mail, { from, text, subject: text });
  const { caseId, messageId } = await core.receive(m);
  const { number } = await cases.get(caseId);
  return { id: caseId, number, messageId, externalId: m.externalId, from };
}
const more = (to: Opened, text: string, from = to.from): Promise<{ caseId: string; messageId: string }> =>
  core.receive(
    message(mail, { from, text, thread: { references: [to.externalId], inReplyTo: to.externalId } }),
  );
async function talk(
  number: string,
  text: string,
): Promise<{ caseId: string; messageId: string; externalId: string }> {
  const m = message(chat, {
    text,
    subject: null,
    sender: { kind: 'whatsapp', value: number, proof: 'verified' },
  });
  return { ...(await core.receive(m)), externalId: m.externalId };
}
const merge = (from: string, into: string, over = {}): Promise<CaseOperation> =>
  operations.merge(from, { into, ...over }, { actorId: rina.id });
const split = (id: string, messageIds: string[], over = {}): Promise<CaseOperation> =>
  operations.split(id, { messageIds, ...over }, { actorId: rina.id });
const timeline = async (id: string): Promise<TimelineItem[]> =>
  (await core.get(TimelineService).ofCase(id, { limit: 100 })).items;
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
    expect((await more(a, 'Masih pecah')).caseId).toBe(b.id);
  });

  it('shows both stories in one timeline, what was done once', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    await core.get(CaseChanges).assign(a.id, { agentId: budi.id, version: 2 }, budi.id);
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
    const taken = await core.get(CaseChanges).assign(a.id, { agentId: budi.id, version }, budi.id);
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
      core.get(CaseChanges).assign(a.id, { agentId: budi.id, version }, budi.id),
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
      channelId: mail,
      externalId,
      state: 'delivered' as const,
      at: new Date().toISOString(),
    };
    expect(await core.get(Receipts).receive(receipt)).toEqual({ known: true });
    const answer = message(mail, { from: a.from, text: 'Terima kasih', thread: { inReplyTo: externalId } });
    expect((await core.receive(answer)).caseId).toBe(b.id);
  });
});

describe('splitting messages out of a case', () => {
  it('opens a case of whoever wrote them, with their words, on the same desk', async () => {
    const a = await open('Mug pecah');
    const other = await more(a, 'Sekalian: tagihan saya dobel', somebody());
    await core.get(CaseChanges).update(a.id, { priority: 'high' }, rina.id);
    const { case: made, from } = await split(a.id, [other.messageId]);
    expect(from).toMatchObject({ id: a.id, messageCount: 1, preview: 'Mug pecah' });
    expect(made).toMatchObject({
      messageCount: 1,
      preview: 'Sekalian: tagihan saya dobel',
      status: 'open',
      priority: 'high',
      lastDirection: 'inbound',
    });
    expect(made.customer.id).not.toBe(from?.customer.id);
    expect(made.waitingSince).toBe(made.lastMessageAt);
    expect(await lines(made.id)).toEqual(['Sekalian: tagihan saya dobel', 'case.split']);
    expect(await lines(a.id)).toContain('case.split');
  });

  it('takes along answers to what left, and leaves those to what stayed', async () => {
    const a = await open('Mug pecah');
    const m = message(mail, { from: a.from, text: 'Tagihan', thread: { references: [a.externalId] } });
    const { messageId } = await core.receive(m);
    const { case: made } = await split(a.id, [messageId]);
    const answer = (to: string): Promise<{ caseId: string }> =>
      core.receive(
        message(mail, {
          from: a.from,
          text: 'lanjut',
          thread: { inReplyTo: to, references: [a.externalId, to] },
        }),
      );
    expect((await answer(m.externalId)).caseId).toBe(made.id);
    expect((await answer(a.externalId)).caseId).toBe(a.id);
  });

  it('gives a chat to the case of its last word', async () => {
    const number = '+6281300000001';
    const first = await talk(number, 'Mug saya pecah');
    const second = await talk(number, 'mugnya yang biru');
    expect(second.caseId).toBe(first.caseId);
    const { case: made } = await split(first.caseId, [second.messageId]);
    expect((await talk(number, 'sudah dicek?')).caseId).toBe(made.id);
    const third = await talk(number, 'halo kak');
    const { case: back } = await split(made.id, [third.messageId], { into: first.caseId });
    expect(back.id).toBe(first.caseId);
    expect((await talk(number, 'gimana?')).caseId).toBe(first.caseId);
  });

  it('lets the wait go with the message that began it', async () => {
    const a = await open('satu');
    const { waitingSince } = await cases.get(a.id);
    core.clock.advanceHours(1);
    const second = await more(a, 'dua');
    const { case: made, from } = await split(a.id, [a.messageId]);
    expect(made.waitingSince).toBe(waitingSince);
    expect(from?.waitingSince).toBe(from?.lastMessageAt);
    await core.get(RepliesService).create(a.id, { text: 'Baik', attachments: [] }, rina);
    expect(await cases.get(a.id)).toMatchObject({ waitingSince: null });
    const { from: again } = await split(a.id, [second.messageId]);
    expect(again).toMatchObject({ waitingSince: null, lastDirection: 'outbound' });
  });

  it('refuses to leave nothing, to take what is not there, and places that cannot take it', async () => {
    const a = await open();
    const second = await more(a, 'dua');
    const both = [a.messageId, second.messageId];
    await expect(split(a.id, both)).rejects.toMatchObject({ code: 'split_leaves_nothing' });
    const b = await open();
    await expect(split(a.id, [b.messageId])).rejects.toMatchObject({
      code: 'message_not_in_case',
      data: { messageIds: [b.messageId] },
    });
    await expect(split(a.id, [a.messageId], { into: a.id })).rejects.toMatchObject({
      code: 'split_into_itself',
    });
    await core.get(CaseChanges).update(b.id, { status: 'resolved' }, rina.id);
    await expect(split(a.id, [a.messageId], { into: b.id })).rejects.toMatchObject({ code: 'case_resolved' });
    await expect(split(a.id, [a.messageId], { version: 1 })).rejects.toMatchObject({
      code: 'version_conflict',
    });
    expect((await cases.get(a.id)).messageCount).toBe(2);
  });

  it('is remembered, so that the two are never joined or suggested again', async () => {
    const a = await open();
    const second = await more(a, 'dua');
    const { case: made } = await split(a.id, [second.messageId]);
    const key = [a.id, made.id].toSorted().join(':');
    expect(await core.database.query(`SELECT kind, state FROM suggestions WHERE key = $1`, [key])).toEqual([
      { kind: 'case', state: 'dismissed' },
    ]);
    expect((await operations.mergePreview(made.id, a.id)).warnings).toContain('dismissed_before');
  });
});
