import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Notice } from '@loket/contracts/notices.js';
import { message, nobody, startCore, type TestCore } from '../../../../test/support/core.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CasesService } from '../cases/cases.service.js';
import { LiveEvents } from '../cases/live-events.js';
import { TimelineService } from '../cases/timeline.service.js';
import { readEvents } from '../events/events.queries.js';
import { NotesService } from '../messages/notes.service.js';
import { CaseOperations } from '../operations/case-operations.service.js';
import { NoticeWriter } from './notice-writer.js';
import { NoticesService } from './notices.service.js';

type Person = { id: string; name: string };
let core: TestCore;
let notices: NoticesService;
let channelId: string;
let [rina, budi, siti]: Person[] = [];
beforeAll(async () => {
  core = await startCore();
  notices = core.get(NoticesService);
  channelId = await core.addChannel();
  [rina, budi, siti] = [
    await core.addAgent('Rina'),
    await core.addAgent('Budi'),
    await core.addAgent('Siti'),
  ];
});
afterAll(() => core.close());

let senders = 0;
const open = async () => {
  const m = message(channelId, { sender: { kind: 'email', value: `orang${++senders}@customer.example` } });
  return { ...(await core.receive(m)), m };
};
const news = async (who: Person | undefined, caseId: string): Promise<Notice[]> => {
  await core.get(NoticeWriter).settle();
  const { items } = await notices.list(who!.id, { limit: 100 });
  return items.filter((notice) => notice.case.id === caseId);
};
const kinds = async (who: Person | undefined, caseId: string): Promise<string[]> =>
  (await news(who, caseId)).map(({ kind }) => kind).toReversed();
const assign = async (caseId: string, to: Person | undefined, by: Person | undefined, reason?: string) => {
  const { version } = await core.get(CasesService).get(caseId);
  await core
    .get(CaseAssignments)
    .assign(caseId, { agentId: to!.id, version, ...(reason && { reason }) }, by!.id);
};
const note = (caseId: string, by: Person | undefined, text: string, more = {}) =>
  core.get(NotesService).create(caseId, { text, attachments: [], ...more }, by!.id);

describe('news', () => {
  it('tells who got a case and who lost it, why and by whom, and nobody of what he did himself', async () => {
    const { caseId } = await open();
    await assign(caseId, budi, budi);
    await assign(caseId, siti, rina, 'Budi cuti');
    expect(await news(budi, caseId)).toEqual([
      expect.objectContaining({ kind: 'taken', actor: rina, to: siti, reason: 'Budi cuti', read: false }),
    ]);
    expect(await news(siti, caseId)).toEqual([
      expect.objectContaining({ kind: 'given', actor: rina, to: siti }),
    ]);
    expect(await kinds(rina, caseId)).toEqual([]);
  });

  it('of a mention reaches whom it names, once, and not the writer', async () => {
    const { caseId } = await open();
    const { id } = await note(caseId, rina, '@Budi @Rina tolong cek', {
      mentions: [budi!.id, budi!.id, rina!.id],
    });
    expect(await news(budi, caseId)).toEqual([
      expect.objectContaining({ kind: 'mention', actor: rina, noteId: id }),
    ]);
    expect(await kinds(rina, caseId)).toEqual([]);
    await expect(note(caseId, rina, 'x', { mentions: [nobody] })).rejects.toMatchObject({
      code: 'agent_unavailable',
    });
  });

  it('of a case reaches those who follow it, until they no longer do', async () => {
    const { caseId, m } = await open();
    await notices.follow(siti!.id, caseId);
    await note(caseId, rina, 'satu');
    await core.receive(message(channelId, { sender: m.sender, thread: { inReplyTo: m.externalId } }));
    await note(caseId, siti, 'saya sendiri');
    await core.get(NoticeWriter).settle();
    await notices.unfollow(siti!.id, caseId);
    await note(caseId, rina, 'dua');
    expect(await kinds(siti, caseId)).toEqual(['followed', 'followed']);
  });

  it('of a case that was merged into another is of that one', async () => {
    const [gone, stays] = [await open(), await open()];
    await notices.follow(siti!.id, gone.caseId);
    await note(gone.caseId, rina, '@Budi', { mentions: [budi!.id] });
    await core
      .get(CaseOperations)
      .merge(gone.caseId, { into: stays.caseId, mergeCustomers: true }, { actorId: rina!.id });
    await note(stays.caseId, rina, 'sesudah digabung');
    expect((await kinds(siti, stays.caseId)).at(0)).toBe('followed');
    const listed = async (view: 'mentions' | 'following', who: Person | undefined): Promise<string[]> =>
      (
        await core.get(CasesService).list({ view, status: 'all', sort: 'newest', limit: 100 }, who!.id)
      ).items.map(({ id }) => id);
    expect(await listed('mentions', budi)).toContain(stays.caseId);
    expect(await listed('following', siti)).toContain(stays.caseId);
    await notices.read(budi!.id, { caseId: stays.caseId });
    expect(
      (await notices.list(budi!.id, { unread: true, limit: 100 })).items.filter(
        (n) => n.kind === 'mention' && [gone.caseId, stays.caseId].includes(n.case.id),
      ),
    ).toEqual([]);
    await notices.unfollow(siti!.id, stays.caseId);
    expect(await listed('following', siti)).not.toContain(stays.caseId);
  });

  it('is read one by one, by case, or all together', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    for (const { caseId } of [a, b, c]) await note(caseId, rina, '@Siti', { mentions: [siti!.id] });
    const [first] = await news(siti, a.caseId);
    await notices.read(siti!.id, { ids: [first!.id] });
    await notices.read(budi!.id, { caseId: b.caseId });
    expect((await news(siti, a.caseId))[0]!.read).toBe(true);
    expect((await news(siti, b.caseId))[0]!.read).toBe(false);
    await notices.read(siti!.id, { caseId: b.caseId });
    expect(
      (await notices.list(siti!.id, { unread: true, limit: 100 })).items.map((n) => n.case.id),
    ).not.toContain(b.caseId);
    await notices.read(siti!.id, {});
    expect(await notices.list(siti!.id, { limit: 1 })).toMatchObject({
      unread: 0,
      nextCursor: expect.any(String),
    });
  });
});

describe('a whisper', () => {
  it('is seen by the two whom it concerns, in no list, event or search of others', async () => {
    const { caseId } = await open();
    const { id } = await note(caseId, rina, 'tawarkan diskon 10 persen', { toAgentId: budi!.id });
    const timeline = core.get(TimelineService);
    const seen = async (who: Person | undefined): Promise<boolean> =>
      (await timeline.ofCase(caseId, { limit: 50 }, who!.id)).items.some((item) => item.id === id);
    expect([await seen(rina), await seen(budi), await seen(siti)]).toEqual([true, true, false]);
    expect(await timeline.note(id, budi!.id)).toMatchObject({ to: budi, agent: rina });
    await expect(timeline.note(id, siti!.id)).rejects.toMatchObject({ code: 'note_not_found' });
    expect(await kinds(budi, caseId)).toEqual(['whisper']);
    expect(await kinds(siti, caseId)).toEqual([]);
    await notices.follow(siti!.id, caseId);
    await note(caseId, rina, 'lagi', { toAgentId: budi!.id });
    expect(await kinds(siti, caseId)).toEqual([]);
    const events = await readEvents(core.database.manager, { tx: 0n, id: 0n }, 10_000);
    const live = await core.get(LiveEvents).enrich(
      events.filter((e) => e.caseId === caseId),
      () => true,
    );
    expect(live.filter(({ type }) => type === 'note.added').map(({ item }) => item)).toEqual([null, null]);
    expect(JSON.stringify(live)).not.toContain('diskon');
  });
});
