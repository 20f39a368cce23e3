import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listIncidentsQuery } from '@loket/contracts/incidents.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { Event } from '../events/event.entity.js';
import { OperationMove } from '../operations/operation-move.entity.js';
import { Operation } from '../operations/operation.entity.js';
import { IncidentsService } from './incidents.service.js';

let core: TestCore;
let incidents: IncidentsService;
let cases: CasesService;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  incidents = core.get(IncidentsService);
  cases = core.get(CasesService);
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());

let opened = 0;
const open = async (): Promise<string> => {
  opened += 1;
  const n = String(opened);
  const told = message(channelId, { from: `orang${n}@pelanggan${n}.example`, subject: `Soal ${n}` });
  return (await core.receive(told)).caseId;
};
const why = (): { actorId: string } => ({ actorId: rina.id });
const events = async (caseId: string): Promise<string[]> =>
  (await core.database.getRepository(Event).find({ where: { caseId }, order: { id: 'ASC' } })).map(
    (e) => e.type,
  );

describe('an incident', () => {
  it('has a number of its own, its cases, and is in the list with how many are open', async () => {
    const [a, b] = [await open(), await open()];
    const made = await incidents.create({ title: 'Internet mati di Depok', caseIds: [a, b] }, rina.id);
    expect(made).toMatchObject({
      title: 'Internet mati di Depok',
      status: 'open',
      caseCount: 2,
      openCaseCount: 2,
      createdBy: rina,
      version: 1,
      updates: [],
    });
    expect(made.cases.map(({ id }) => id)).toEqual([a, b]);
    expect((await cases.get(a)).incident).toEqual({ id: made.id, number: made.number, title: made.title });
    const next = await incidents.create({ title: 'Lain', caseIds: [] }, rina.id);
    expect(next.number).toBe(made.number + 1);
    const first = await incidents.list(listIncidentsQuery.parse({ limit: 1 }));
    expect(first.items.map(({ id }) => id)).toEqual([next.id]);
    const second = await incidents.list(
      listIncidentsQuery.parse({ limit: 1, cursor: first.nextCursor ?? '' }),
    );
    expect(second.items).toMatchObject([{ id: made.id, caseCount: 2, openCaseCount: 2 }]);
    await expect(incidents.list(listIncidentsQuery.parse({ cursor: 'WyJ4Il0' }))).rejects.toMatchObject({
      code: 'cursor_invalid',
    });
  });

  it('is renamed, and says when what one saw is stale; saying the same again is no change', async () => {
    const { id, version } = await incidents.create({ title: 'Lama', caseIds: [] }, rina.id);
    const renamed = await incidents.update(id, { title: 'Baru', version, resolveCases: false }, rina.id);
    expect(renamed).toMatchObject({ title: 'Baru', version: version + 1 });
    await expect(
      incidents.update(id, { title: 'Lain', version, resolveCases: false }, rina.id),
    ).rejects.toMatchObject({ code: 'version_conflict', data: renamed });
    expect(await incidents.update(id, { title: 'Baru', resolveCases: false }, rina.id)).toEqual(renamed);
    await expect(
      incidents.update(newId(), { title: 'x', resolveCases: false }, rina.id),
    ).rejects.toMatchObject({ code: 'incident_not_found' });
  });

  it('is resolved alone and says how many cases are open; or with them, which then are; and comes back', async () => {
    const [a, b, c] = [await open(), await open(), await open()];
    await core.get(CaseChanges).update(c, { status: 'resolved' }, rina.id);
    const before = await cases.get(c);
    const { id } = await incidents.create({ title: 'Mati', caseIds: [a, b, c] }, rina.id);
    const alone = await incidents.update(id, { status: 'resolved', resolveCases: false }, rina.id);
    expect(alone).toMatchObject({ status: 'resolved', caseCount: 3, openCaseCount: 2 });
    expect(alone.resolvedAt).not.toBeNull();
    expect((await cases.get(a)).status).toBe('open');

    const both = await incidents.update(id, { status: 'resolved', resolveCases: true }, rina.id);
    expect(both).toMatchObject({ openCaseCount: 0, resolvedAt: alone.resolvedAt });
    expect(await cases.get(a)).toMatchObject({ status: 'resolved', waitingSince: null });
    expect((await events(a)).at(-1)).toBe('case.updated');
    // resolved by hand before: only the link has changed it
    expect(await cases.get(c)).toMatchObject({ resolvedAt: before.resolvedAt, version: before.version + 1 });

    const again = await incidents.update(id, { status: 'open', resolveCases: false }, rina.id);
    expect(again).toMatchObject({ status: 'open', resolvedAt: null, openCaseCount: 0 });
  });
});

describe('a link', () => {
  it('is an operation with what it moved, tells of itself on the case, and is none when it stands already', async () => {
    const { id, number } = await incidents.create({ title: 'Mati', caseIds: [] }, rina.id);
    const caseId = await open();
    const { version } = await cases.get(caseId);
    const linked = await incidents.link(id, [caseId], why());
    expect(linked.incident.cases).toMatchObject([{ id: caseId, version: version + 1 }]);
    const operationId = linked.operationId ?? '';
    expect(await core.database.getRepository(Operation).findOneByOrFail({ id: operationId })).toMatchObject({
      kind: 'link_incident',
      actorId: rina.id,
      caseIds: [caseId],
      moved: { cases: 1 },
    });
    expect(await core.database.getRepository(OperationMove).findBy({ operationId })).toMatchObject([
      { tableName: 'cases', columnName: 'incident_id', ids: [caseId], before: null, after: id },
    ]);
    const told = await core.database
      .getRepository(Event)
      .findOneByOrFail({ caseId, type: 'case.linked', version: version + 1 });
    expect(told.data).toEqual({ operationId, incidentId: id, number });

    expect((await incidents.link(id, [caseId], why())).operationId).toBeNull();
    const gone = await incidents.unlink(id, [caseId], why());
    expect(gone).toMatchObject({ operationId: expect.any(String), incident: { caseCount: 0 } });
    expect((await events(caseId)).slice(-2)).toEqual(['case.linked', 'case.unlinked']);
    expect((await incidents.unlink(id, [caseId], why())).operationId).toBeNull();
  });

  it('to a second incident is refused with the first, and so is a case that does not exist; nothing is half done', async () => {
    const [a, b] = [await open(), await open()];
    const first = await incidents.create({ title: 'Satu', caseIds: [a] }, rina.id);
    const second = await incidents.create({ title: 'Dua', caseIds: [] }, rina.id);
    await expect(incidents.link(second.id, [b, a], why())).rejects.toMatchObject({
      kind: 'conflict',
      code: 'case_in_other_incident',
      data: { caseId: a, incident: { id: first.id, number: first.number, title: 'Satu' } },
    });
    await expect(incidents.link(second.id, [b, newId()], why())).rejects.toMatchObject({
      code: 'case_not_found',
    });
    expect((await cases.get(b)).incident).toBeNull();
    const count = (await incidents.list(listIncidentsQuery.parse({ status: 'all', limit: 100 }))).items
      .length;
    await expect(incidents.create({ title: 'Tiga', caseIds: [b, a] }, rina.id)).rejects.toMatchObject({
      code: 'case_in_other_incident',
    });
    expect(
      (await incidents.list(listIncidentsQuery.parse({ status: 'all', limit: 100 }))).items,
    ).toHaveLength(count);
    await expect(incidents.link(newId(), [b], why())).rejects.toMatchObject({ code: 'incident_not_found' });
  });

  it('of the same cases to two incidents at once, in opposite orders, goes to one of them and never hangs', async () => {
    for (let round = 0; round < 8; round++) {
      const ids = [await open(), await open(), await open()];
      const [one, two] = await Promise.all(
        ['Satu', 'Dua'].map((title) => incidents.create({ title, caseIds: [] }, rina.id)),
      );
      if (!one || !two) throw new Error('two were made');
      const answers = await Promise.allSettled([
        incidents.link(one.id, ids, why()),
        incidents.link(two.id, ids.toReversed(), why()),
      ]);
      expect(answers.map((a) => a.status).sort()).toEqual(['fulfilled', 'rejected']);
      const owners = await Promise.all(ids.map(async (id) => (await cases.get(id)).incident?.id));
      expect(new Set(owners).size).toBe(1);
    }
  });
});
