import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BulkFields } from '@loket/contracts/bulk.js';
import { draftBodySchema } from '@loket/contracts/drafts.js';
import { createTeamSchema } from '@loket/contracts/teams.js';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { DraftsService } from '../drafts/drafts.service.js';
import { Event } from '../events/event.entity.js';
import { CaseOperations } from '../operations/case-operations.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { BulkChanges } from './bulk.service.js';
import { Handovers } from './handovers.js';

let core: TestCore;
let bulk: BulkChanges;
let cases: CasesService;
let channelId: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  [bulk, cases] = [core.get(BulkChanges), core.get(CasesService)];
  channelId = await core.addChannel();
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(() => core.close());

let senders = 0;
const open = async (): Promise<string> => {
  const value = `orang${++senders}@customer.example`;
  return (await core.receive(message(channelId, { sender: { kind: 'email', value } }))).caseId;
};
const several = async (count: number): Promise<string[]> => {
  const ids = [];
  for (let n = 0; n < count; n++) ids.push(await open());
  return ids;
};
const all = (ids: readonly string[], change: BulkFields): Map<string, BulkFields> =>
  new Map(ids.map((id) => [id, change]));
const agent = (who: { id: string }) => ({ id: who.id, supervises: false });
/** the rows as they are, but for what counts up */
const rows = async (ids: readonly string[]): Promise<unknown[]> => {
  const found: { row: Record<string, unknown> }[] = await core.database.query(
    'SELECT to_jsonb(c) AS row FROM cases c WHERE id = ANY($1::uuid[]) ORDER BY id',
    [ids],
  );
  return found.map(({ row: { version: _, ...row } }) => row);
};
const versionsAreWhole = async (id: string): Promise<void> => {
  const events = await core.database
    .getRepository(Event)
    .find({ where: { caseId: id }, order: { id: 'ASC' } });
  expect(events.map(({ version }) => version)).toEqual(events.map((_, n) => n + 1));
  expect(events.at(-1)?.version).toBe((await cases.get(id)).version);
};

describe('a change of many cases', () => {
  it('changes each as if it were changed alone, and is taken back to the last column', async () => {
    const ids = await several(3);
    await core.get(CaseChanges).update(ids[0]!, { tags: ['lama'], priority: 'high' }, rina.id);
    const before = await rows(ids);
    const change: BulkFields = {
      status: 'resolved',
      addTags: ['obral'],
      removeTags: ['lama'],
      agentId: budi.id,
    };
    const { id, changed, unchanged, refused } = await bulk.apply(all(ids, change), 'selesai', agent(rina));
    expect([changed.toSorted(), unchanged, refused]).toEqual([ids.toSorted(), [], []]);
    for (const caseId of ids) {
      expect(await cases.get(caseId)).toMatchObject({
        status: 'resolved',
        tags: ['obral'],
        assignee: { id: budi.id },
        waitingSince: null,
      });
      await versionsAreWhole(caseId);
    }
    const undone = await bulk.undo(id!, agent(rina));
    expect([undone.changed.toSorted(), undone.kept]).toEqual([ids.toSorted(), []]);
    expect(await rows(ids)).toEqual(before);
    for (const caseId of ids) await versionsAreWhole(caseId);
    await expect(bulk.undo(id!, agent(rina))).rejects.toMatchObject({ code: 'undone_already' });
  });

  it('tells which cases refuse, which are so already, and which are gone, and changes the rest', async () => {
    const [fine, done, resolved, merged, into] = await several(5);
    const until = new Date(core.clock.now().getTime() + 3_600_000).toISOString();
    await core.get(CaseChanges).update(done!, { snoozedUntil: until }, rina.id);
    await core.get(CaseChanges).update(resolved!, { status: 'resolved' }, rina.id);
    await core.get(CaseOperations).merge(merged!, { into: into! }, { actorId: rina.id });
    const result = await bulk.apply(
      all([fine!, done!, resolved!, merged!], { snoozedUntil: until }),
      undefined,
      agent(rina),
    );
    expect(result).toMatchObject({ changed: [fine], unchanged: [done] });
    expect(result.refused.toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual([
      { caseId: merged, code: 'case_not_found' },
      { caseId: resolved, code: 'snooze_resolved' },
    ]);
    expect(await bulk.apply(all([fine!], { snoozedUntil: until }), undefined, agent(rina))).toEqual({
      id: null,
      changed: [],
      unchanged: [fine],
      refused: [],
    });
  });

  it('is taken back only where nobody changed the same thing since', async () => {
    const [a, b] = await several(2);
    const { id } = await bulk.apply(
      all([a!, b!], { status: 'resolved', priority: 'low' }),
      undefined,
      agent(rina),
    );
    await core.get(CaseChanges).update(a!, { status: 'open' }, budi.id);
    await core.get(CaseChanges).update(b!, { status: 'open', priority: 'urgent' }, budi.id);
    expect(await bulk.undo(id!, agent(rina))).toEqual({ changed: [a], kept: [b] });
    expect(await cases.get(a!)).toMatchObject({ status: 'open', priority: 'normal' });
    expect(await cases.get(b!)).toMatchObject({ status: 'open', priority: 'urgent' });
  });

  it('changes nothing at all when the person or the team is not there', async () => {
    const ids = await several(2);
    const before = await rows(ids);
    await expect(bulk.apply(all(ids, { agentId: nobody }), undefined, agent(rina))).rejects.toMatchObject({
      code: 'agent_unavailable',
    });
    await expect(bulk.apply(all(ids, { teamId: nobody }), undefined, agent(rina))).rejects.toMatchObject({
      code: 'team_not_found',
    });
    expect(await rows(ids)).toEqual(before);
  });

  it('to another team makes them wait there, and what their people had written stays as notes', async () => {
    const team = await core
      .get(TeamsService)
      .create(rina.id, createTeamSchema.parse({ name: 'Gudang', memberIds: [budi.id] }));
    const ids = await several(2);
    await bulk.apply(all(ids, { agentId: budi.id }), undefined, agent(budi));
    const body = draftBodySchema.parse({ text: 'Sedang saya cek' });
    await core
      .get(DraftsService)
      .save(budi.id, ids[0]!, 'reply', { body, savedAt: new Date().toISOString() });
    const { id } = await bulk.apply(all(ids, { teamId: team.id }), 'barang', agent(rina));
    for (const caseId of ids) {
      expect(await cases.get(caseId)).toMatchObject({ team: { id: team.id }, assignee: null });
      await versionsAreWhole(caseId);
    }
    const { items } = await core.get(TimelineService).ofCase(ids[0]!, { limit: 50 }, nobody);
    expect(items).toContainEqual(
      expect.objectContaining({ type: 'note', text: 'Sedang saya cek', draft: true }),
    );
    const others = { kind: 'forbidden', code: 'bulk_of_another' };
    await expect(bulk.undo(id!, agent(budi))).rejects.toMatchObject(others);
    expect((await bulk.undo(id!, { id: budi.id, supervises: true })).changed.toSorted()).toEqual(
      ids.toSorted(),
    );
    expect(await cases.get(ids[1]!)).toMatchObject({ team: null, assignee: { id: budi.id } });
  });

  it('of five hundred is one step, also for two who do it at once', async () => {
    const [customer] = await core.database.query('SELECT id FROM customers LIMIT 1');
    const made: { id: string }[] = await core.database.query(
      `INSERT INTO cases (id, subject, customer_id, last_message_at, version)
       SELECT gen_random_uuid(), 'x', $1, now(), 0 FROM generate_series(1, 500) RETURNING id`,
      [(customer as { id: string }).id],
    );
    const ids = made.map(({ id }) => id);
    const both = await Promise.all([
      bulk.apply(all(ids, { addTags: ['a'] }), undefined, agent(rina)),
      bulk.apply(all(ids.toReversed(), { addTags: ['b'] }), undefined, agent(budi)),
    ]);
    expect(both.map(({ changed }) => changed.length)).toEqual([500, 500]);
    const [{ n } = { n: 0 }]: { n: number }[] = await core.database.query(
      `SELECT count(*)::int AS n FROM cases WHERE id = ANY($1::uuid[]) AND tags @> '{a,b}' AND version = 2`,
      [ids],
    );
    expect(n).toBe(500);
  });
});

describe('handing over', () => {
  it('gives all that somebody has not finished to a colleague, or back to its teams', async () => {
    const handovers = core.get(Handovers);
    const [leaver, heir] = [await core.addAgent('Wati'), await core.addAgent('Agus')];
    const team = await core
      .get(TeamsService)
      .create(rina.id, createTeamSchema.parse({ name: 'Serah terima', memberIds: [leaver.id] }));
    const [open1, waiting, snoozed, done] = await several(4);
    const ids = [open1!, waiting!, snoozed!, done!];
    await bulk.apply(all(ids, { agentId: leaver.id, teamId: team.id }), undefined, agent(rina));
    const change = core.get(CaseChanges);
    await change.update(waiting!, { status: 'pending' }, rina.id);
    await change.update(
      snoozed!,
      { snoozedUntil: new Date(core.clock.now().getTime() + 3_600_000).toISOString() },
      rina.id,
    );
    await change.update(done!, { status: 'resolved' }, rina.id);
    const boss = { id: rina.id, supervises: true };
    await expect(handovers.handOver(leaver.id, { toId: leaver.id }, boss)).rejects.toMatchObject({
      code: 'handover_to_himself',
    });
    await expect(handovers.handOver(nobody, { toId: null }, boss)).rejects.toMatchObject({
      code: 'agent_not_found',
    });
    expect(await handovers.handOver(leaver.id, { toId: heir.id, reason: 'cuti' }, boss)).toMatchObject({
      cases: 3,
      bulkIds: [expect.any(String)],
    });
    const holders = async () =>
      Promise.all(ids.map(async (id) => (await cases.get(id)).assignee?.id ?? null));
    expect(await holders()).toEqual([heir.id, heir.id, heir.id, leaver.id]);
    expect(await handovers.handOver(heir.id, { toId: null }, boss)).toMatchObject({ cases: 3 });
    expect(await holders()).toEqual([null, null, null, leaver.id]);
    expect(await cases.get(open1!)).toMatchObject({ team: { id: team.id } });
    expect(await handovers.handOver(heir.id, { toId: null }, boss)).toEqual({ cases: 0, bulkIds: [] });
  });
});
