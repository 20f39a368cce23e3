import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '@loket/contracts/cases.js';
import type { CaseOperation } from '@loket/contracts/operations.js';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { expectWhole } from '../../../../test/support/shape.js';
import { type Opened, Writers } from '../../../../test/support/writers.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from './case-operations.service.js';

let core: TestCore;
let cases: CasesService;
let operations: CaseOperations;
let people: Writers;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  [cases, operations] = [core.get(CasesService), core.get(CaseOperations)];
  people = await Writers.on(core);
  rina = await core.addAgent('Rina');
});
afterAll(async () => {
  await expectWhole(core.database);
  await core.close();
});

const open = (text = 'Mug saya retak'): Promise<Opened> => people.open(text);
const split = (id: string, messageIds: string[], over = {}): Promise<CaseOperation> =>
  operations.split(id, { messageIds, ...over }, { actorId: rina.id });
const timeline = async (id: string): Promise<TimelineItem[]> =>
  (await core.get(TimelineService).ofCase(id, { limit: 100 }, nobody)).items;
const lines = async (id: string): Promise<string[]> =>
  (await timeline(id)).map((item) =>
    item.type === 'event' ? item.event : item.type === 'message' ? item.text : 'note',
  );

describe('splitting messages out of a case', () => {
  it('opens a case of whoever wrote them, with their words, on the same desk', async () => {
    const a = await open('Mug pecah');
    const other = await people.answer(a, 'Sekalian: tagihan saya dobel', people.somebody());
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
    const m = message(people.mail, { from: a.from, text: 'Tagihan', thread: { references: [a.externalId] } });
    const { messageId } = await core.receive(m);
    const { case: made } = await split(a.id, [messageId]);
    const answer = (to: string): Promise<{ caseId: string }> =>
      core.receive(
        message(people.mail, {
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
    const first = await people.say(number, 'Mug saya pecah');
    const second = await people.say(number, 'mugnya yang biru');
    expect(second.caseId).toBe(first.caseId);
    const { case: made } = await split(first.caseId, [second.messageId]);
    expect((await people.say(number, 'sudah dicek?')).caseId).toBe(made.id);
    const third = await people.say(number, 'halo kak');
    const { case: back } = await split(made.id, [third.messageId], { into: first.caseId });
    expect(back.id).toBe(first.caseId);
    expect((await people.say(number, 'gimana?')).caseId).toBe(first.caseId);
  });

  it('lets the wait go with the message that began it', async () => {
    const a = await open('satu');
    const { waitingSince } = await cases.get(a.id);
    core.clock.advanceHours(1);
    const second = await people.answer(a, 'dua');
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
    const second = await people.answer(a, 'dua');
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
    const second = await people.answer(a, 'dua');
    const { case: made } = await split(a.id, [second.messageId]);
    const key = [a.id, made.id].toSorted().join(':');
    expect(await core.database.query(`SELECT kind, state FROM suggestions WHERE key = $1`, [key])).toEqual([
      { kind: 'case', state: 'dismissed' },
    ]);
    expect((await operations.mergePreview(made.id, a.id)).warnings).toContain('dismissed_before');
  });
});
