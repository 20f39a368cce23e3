import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CaseSummary, listCasesQuery, type ListCases, riskMinutes } from '@loket/contracts/cases.js';
import { createSavedViewSchema } from '@loket/contracts/saved-views.js';
import { createTeamSchema } from '@loket/contracts/teams.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { TeamsService } from '../teams/teams.service.js';
import { SavedViews } from '../views/saved-views.service.js';
import { CaseAssignments } from './case-assignments.service.js';
import { CaseChanges } from './case-changes.service.js';
import { CasesService } from './cases.service.js';

let core: TestCore;
let cases: CasesService;
let changes: CaseChanges;
let assignments: CaseAssignments;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  cases = core.get(CasesService);
  changes = core.get(CaseChanges);
  assignments = core.get(CaseAssignments);
  channelId = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());

let senders = 0;
const open = async (): Promise<string> => {
  const value = `orang${String(++senders)}@customer.example`;
  return (await core.receive(message(channelId, { sender: { kind: 'email', value } }))).caseId;
};
const list = async (query: Partial<ListCases>, agentId: string): Promise<CaseSummary[]> =>
  (await cases.list(listCasesQuery.parse({ status: 'all', limit: 100, ...query }), agentId)).items;
const ids = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

describe('counts beside the views', () => {
  it('count queues of those who see them, and whose customers wait too long', async () => {
    const [siti, budi] = [await core.addAgent('Siti'), await core.addAgent('Budi')];
    await core.database.query(`UPDATE agents SET role = 'supervisor' WHERE id = $1`, [budi.id]);
    const team = async (name: string, memberIds: string[]): Promise<string> =>
      (await core.get(TeamsService).create(budi.id, createTeamSchema.parse({ name, memberIds }))).id;
    const [returns, sales] = [await team('Retur', [siti.id]), await team('Penjualan', [])];
    const give = async (teamId: string): Promise<string> => {
      const id = await open();
      const { version } = await cases.get(id);
      await assignments.assign(id, { teamId, version }, budi.id);
      return id;
    };
    const [waiting, answered, sleeping, done] = [
      await give(returns),
      await give(returns),
      await give(returns),
      await give(returns),
    ];
    await give(sales);
    const hours = (n: number): string => new Date(core.clock.now().getTime() + n * 3_600_000).toISOString();
    await changes.update(sleeping, { snoozedUntil: hours(9) }, budi.id);
    await changes.update(done, { status: 'resolved' }, budi.id);
    expect((await cases.counts(siti.id)).queues).toEqual({ [returns]: 2 });
    expect((await cases.counts(budi.id)).queues).toMatchObject({ [returns]: 2, [sales]: 1 });
    expect((await cases.counts(rina.id)).queues).toEqual({});

    const before = (await cases.counts(siti.id)).atRisk;
    await core.database.query('UPDATE cases SET waiting_since = NULL WHERE id = $1', [answered]);
    await core.database.query(
      `UPDATE cases SET waiting_since = $2::timestamptz - interval '61 minutes' WHERE id = ANY($1)`,
      [[waiting, sleeping, done], core.clock.now()],
    );
    expect((await cases.counts(siti.id)).atRisk).toBe(before + 1);
    const risk = await list({ status: 'open', waitingMinutes: riskMinutes, sort: 'waiting' }, siti.id);
    expect(ids(risk)).toHaveLength(before + 1);
    expect(ids(risk)).toContain(waiting);
  });

  it('count saved views of work that is left, each for whoever asks', async () => {
    const [wati, sri] = [await core.addAgent('Wati'), await core.addAgent('Sri')];
    const views = core.get(SavedViews);
    const save = async (actor: { id: string }, filter: object, shared = false): Promise<string> => {
      const create = createSavedViewSchema.parse({ name: 'Tampilan', filter, shared });
      return (await views.create({ id: actor.id, supervises: shared }, create)).id;
    };
    const tagged = async (owner: { id: string } | null, status: 'open' | 'resolved'): Promise<void> => {
      const id = await open();
      await changes.update(id, { tags: ['langka'], status }, wati.id);
      const { version } = await cases.get(id);
      if (owner) await assignments.assign(id, { agentId: owner.id, version }, wati.id);
    };
    for (const owner of [wati, wati, sri, null]) await tagged(owner, 'open');
    await tagged(wati, 'resolved');
    const mine = await save(wati, { status: 'open', tag: 'langka', assignee: 'me' });
    const shared = await save(sri, { status: 'open', tag: 'langka', assignee: 'me' }, true);
    const everybody = await save(wati, { status: 'open', tag: 'langka' });
    const none = await save(wati, { status: 'pending', tag: 'langka' });
    await save(wati, { status: 'all', tag: 'langka' });
    await save(wati, { status: 'resolved', tag: 'langka' });
    await save(wati, { status: 'open', q: 'langka' });
    await save(sri, { status: 'open', tag: 'langka' });
    expect((await cases.counts(wati.id)).views).toEqual({
      [mine]: 2,
      [shared]: 2,
      [everybody]: 4,
      [none]: 0,
    });
    expect((await cases.counts(rina.id)).views).toEqual({ [shared]: 0 });
    await views.remove({ id: sri.id, supervises: true }, shared);
    expect((await cases.counts(rina.id)).views).toEqual({});
  });
});
