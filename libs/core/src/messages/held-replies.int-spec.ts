import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CreateReply, TimelineItem } from '@loket/contracts/cases.js';
import type { HeldReply, HoldReply } from '@loket/contracts/held-replies.js';
import { message as customer, nobody, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { DraftsService } from '../drafts/drafts.service.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { HeldRepliesService } from './held-replies.service.js';
import { HeldReplyRow } from './held-reply.entity.js';
import { Message } from './message.entity.js';
import { RepliesService } from './replies.service.js';

let core: TestCore;
let channelId: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel();
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(() => core.close());
beforeEach(() => {
  core.sent.length = 0;
});

const held = (): HeldRepliesService => core.get(HeldRepliesService);
const open = async (from = `${String(Math.random()).slice(2)}@customer.example`) => {
  const opened = await core.receive(customer(channelId, { from, sender: { name: 'Wati' } }));
  return { ...opened, from };
};
const inAnHour = (): string => new Date(core.clock.now().getTime() + 3_600_000).toISOString();
const hold = (
  caseId: string,
  reply: Partial<CreateReply> = {},
  when: Omit<HoldReply, 'reply'> = { sendAt: inAnHour() },
  once?: string,
): Promise<HeldReply> =>
  held().hold(caseId, { reply: { text: 'Baik, Bu.', attachments: [], ...reply }, ...when }, rina, once);
const isMessage = (id: string): Promise<boolean> => core.database.getRepository(Message).existsBy({ id });
const later = (ms: number): void => core.clock.advanceHours(ms / 3_600_000);
const notesOf = async (caseId: string): Promise<TimelineItem[]> =>
  (await core.get(TimelineService).ofCase(caseId, { limit: 50 }, rina.id)).items.filter(
    ({ type }) => type === 'note',
  );
const leavesOnce = async (id: string): Promise<void> => {
  await until(() => core.sent.some((sent) => sent.messageId === id));
  expect(core.sent.filter((sent) => sent.messageId === id)).toHaveLength(1);
};

describe('an answer that is held', () => {
  it('leaves once when its seconds are over, with what was chosen, and says nothing before', async () => {
    const { caseId } = await open();
    const before = await core.get(CasesService).get(caseId);
    const reply = await hold(caseId, { status: 'pending', html: '<b>Baik</b>' }, { holdSeconds: 5 });
    expect(reply).toMatchObject({ state: 'held', agent: rina, status: 'pending', news: null });
    expect(await core.get(CasesService).get(caseId)).toEqual(before);
    await held().releaseDue();
    expect(await isMessage(reply.id)).toBe(false);
    later(5000);
    await held().releaseDue();
    await leavesOnce(reply.id);
    expect(await core.get(CasesService).get(caseId)).toMatchObject({
      status: 'pending',
      lastDirection: 'outbound',
      messageCount: before.messageCount + 1,
    });
    expect(await held().list(caseId)).toEqual([]);
  });

  it('by the clock of the wall: nobody has to ask', async () => {
    const { caseId } = await open();
    const reply = await hold(caseId, {}, { holdSeconds: 1 });
    later(1000);
    await leavesOnce(reply.id);
  });

  it('is never sent once it was taken back', async () => {
    const { caseId } = await open();
    const reply = await hold(caseId, { text: 'Salah alamat.' }, { holdSeconds: 5 });
    expect(await held().takeBack(reply.id, rina.id)).toMatchObject({ text: 'Salah alamat.' });
    later(5000);
    await held().releaseDue();
    await held().release(reply.id);
    expect(await isMessage(reply.id)).toBe(false);
    await expect(held().takeBack(reply.id, rina.id)).rejects.toMatchObject({ code: 'reply_not_held' });
  });

  it('is either sent or taken back by those who race for it', async () => {
    const { caseId } = await open();
    const outcomes: { id: string; back: boolean }[] = [];
    for (let round = 0; round < 12; round++) {
      const { id } = await hold(caseId, {}, { holdSeconds: 5 });
      later(5000);
      const takeBack = async (): Promise<boolean> => {
        if (round % 2) await core.database.query('SELECT 1');
        await held().takeBack(id, rina.id);
        return true;
      };
      const [back] = await Promise.all([
        takeBack().catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'reply_sent' });
          return false;
        }),
        held().release(id),
        held().release(id),
      ]);
      outcomes.push({ id, back });
    }
    for (const { id, back } of outcomes) expect(await isMessage(id)).toBe(!back);
    for (const { id, back } of outcomes) if (!back) await leavesOnce(id);
    expect(core.sent).toHaveLength(outcomes.filter(({ back }) => !back).length);
  });

  it('outlives its sender: what a crash left half done is as if it had not begun', async () => {
    const { caseId } = await open();
    const reply = await hold(caseId, {}, { holdSeconds: 5 });
    later(5000);
    const connection = core.database.createQueryRunner();
    await connection.startTransaction();
    await connection.query('DELETE FROM held_replies WHERE id = $1', [reply.id]);
    const [{ pid }] = (await connection.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
    const other = held().releaseDue();
    await core.database.query('SELECT pg_terminate_backend($1)', [pid]);
    await connection.release().catch(() => undefined);
    await other;
    await leavesOnce(reply.id);
  });

  it('asked for again under its key is the same, also after it has left', async () => {
    const { caseId } = await open();
    const sendAt = inAnHour();
    const first = await hold(caseId, {}, { sendAt }, 'k1');
    expect((await hold(caseId, {}, { sendAt }, 'k1')).id).toBe(first.id);
    expect(await core.database.getRepository(HeldReplyRow).countBy({ caseId })).toBe(1);
    await held().sendNow(first.id);
    await expect(hold(caseId, {}, { sendAt }, 'k1')).rejects.toMatchObject({ code: 'reply_sent' });
    await leavesOnce(first.id);
  });

  it('counts as given for a colleague who answers at the same time', async () => {
    const { caseId } = await open();
    const { version } = await core.get(CasesService).get(caseId);
    const first = await hold(caseId, { version }, { holdSeconds: 5 });
    const second = core
      .get(RepliesService)
      .create(caseId, { text: 'Saya saja', attachments: [], version }, budi);
    await expect(second).rejects.toMatchObject({
      code: 'case_changed',
      data: { id: caseId, meanwhile: [{ type: 'held_reply.changed', actor: rina, itemId: first.id }] },
    });
    await held().takeBack(first.id, rina.id);
    await core.get(RepliesService).create(caseId, { text: 'Saya saja', attachments: [], version }, budi);
  });
});

describe('an answer for a chosen time', () => {
  it('goes on the way that was chosen, to where the case is by then', async () => {
    const { caseId, from } = await open();
    const reply = await hold(caseId);
    expect(reply).toMatchObject({ state: 'scheduled', channelId, address: from, onNews: 'keep_back' });
    later(3_600_000);
    await held().releaseDue();
    await leavesOnce(reply.id);
    expect(core.sent.find(({ messageId }) => messageId === reply.id)?.to.value).toBe(from);
  });

  it('is kept back when the customer has written, told why, and goes when a person says so', async () => {
    const { caseId, from } = await open();
    const [keeps, goes] = [
      await hold(caseId),
      await hold(caseId, {}, { sendAt: inAnHour(), onNews: 'send' }),
    ];
    later(1000);
    expect(
      (await core.receive(customer(channelId, { from, text: 'Sudah beres, terima kasih' }))).caseId,
    ).toBe(caseId);
    expect(await held().list(caseId)).toMatchObject([{ news: 'customer_wrote' }, { news: 'customer_wrote' }]);
    later(3_600_000);
    await held().releaseDue();
    await leavesOnce(goes.id);
    expect(await held().list(caseId)).toMatchObject([
      { id: keeps.id, state: 'kept_back', reason: 'customer_wrote' },
    ]);
    later(3_600_000);
    await held().releaseDue();
    expect(await isMessage(keeps.id)).toBe(false);
    await held().sendNow(keeps.id);
    await leavesOnce(keeps.id);
  });

  it('waits again when it gets another time, and knows what was said until then', async () => {
    const { caseId, from } = await open();
    const reply = await hold(caseId);
    later(1000);
    await core.receive(customer(channelId, { from, text: 'Halo, masih di sana?' }));
    expect(await held().reschedule(reply.id, { sendAt: inAnHour() }, rina.id)).toMatchObject({ news: null });
    later(3_600_000);
    await held().releaseDue();
    await leavesOnce(reply.id);
  });

  it('is kept back when a colleague answered or resolved the case, and mail of machines is no news', async () => {
    const [answered, resolved, away] = [await open(), await open(), await open()];
    const replies = [await hold(answered.caseId), await hold(resolved.caseId), await hold(away.caseId)];
    later(1000);
    await core.get(RepliesService).create(answered.caseId, { text: 'Sudah.', attachments: [] }, budi);
    await core.get(CaseChanges).update(resolved.caseId, { status: 'resolved' }, budi.id);
    await core.receive(customer(channelId, { from: away.from, automatic: 'auto_reply' }));
    later(3_600_000);
    await held().releaseDue();
    expect((await held().list(answered.caseId))[0]).toMatchObject({ reason: 'colleague_wrote' });
    expect((await held().list(resolved.caseId))[0]).toMatchObject({ reason: 'case_resolved' });
    await leavesOnce(String(replies[2]?.id));
  });

  it('is kept back with the reason when its way is closed by then', async () => {
    const { caseId } = await open();
    await hold(caseId);
    later(3_600_000);
    await core.database.query('UPDATE channels SET enabled = false WHERE id = $1', [channelId]);
    try {
      await held().releaseDue();
      expect(await held().list(caseId)).toMatchObject([{ state: 'kept_back', reason: 'channel_disabled' }]);
    } finally {
      await core.database.query('UPDATE channels SET enabled = true WHERE id = $1', [channelId]);
    }
  });

  it('stays as a note of its writer when somebody else takes it back', async () => {
    const { caseId } = await open();
    const reply = await hold(caseId, { text: 'Kami kirim ulang besok.' });
    await held().takeBack(reply.id, budi.id);
    expect(await notesOf(caseId)).toMatchObject([
      { text: 'Kami kirim ulang besok.', draft: true, agent: rina },
    ]);
  });

  it.each([
    ['in the past', { sendAt: '2020-01-01T00:00:00Z' }, 'send_time_past'],
    ['beyond a year', { sendAt: '2999-01-01T00:00:00Z' }, 'send_time_too_far'],
  ])('%s is refused', async (_, when, code) => {
    const { caseId } = await open();
    await expect(hold(caseId, {}, when)).rejects.toMatchObject({ code });
  });

  it('is refused at once where no way leads to him', async () => {
    const { caseId } = await open();
    await expect(hold(caseId, { channelId: nobody })).rejects.toMatchObject({ code: 'reply_impossible' });
  });
});

it('a whisper that was begun stays between the two when the case is taken', async () => {
  const { caseId } = await open();
  const assignments = core.get(CaseAssignments);
  const { version } = await assignments.assign(
    caseId,
    { agentId: rina.id, version: (await core.get(CasesService).get(caseId)).version },
    rina.id,
  );
  const body = {
    ...{ text: 'Hati-hati, dia wartawan', attachments: [], quoteId: null, version: null },
    toAgentId: budi.id,
  };
  const savedAt = core.clock.now().toISOString();
  await core.get(DraftsService).save(rina.id, caseId, 'note', { body, savedAt });
  const dewi = await core.addAgent('Dewi');
  await assignments.assign(caseId, { agentId: dewi.id, version }, budi.id);
  const read = async (viewer: string): Promise<number> =>
    (await core.get(TimelineService).ofCase(caseId, { limit: 50 }, viewer)).items.filter(
      (item) => item.type === 'note',
    ).length;
  expect([await read(rina.id), await read(budi.id), await read(dewi.id)]).toEqual([1, 1, 0]);
});
