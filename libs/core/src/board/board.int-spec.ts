import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTeamSchema } from '@loket/contracts/teams.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { BulkChanges } from '../bulk/bulk.service.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CustomersService } from '../customers/customers.service.js';
import { AgentWorkService } from '../teams/agent-work.service.js';
import { Availabilities } from '../teams/availability.service.js';
import { TeamsService } from '../teams/teams.service.js';
import { BoardService } from './board.service.js';

let core: TestCore;
let board: BoardService;
let teamId: string;
let [rina, budi, siti]: { id: string; name: string }[] = [];
beforeAll(async () => {
  core = await startCore({ background: false });
  board = core.get(BoardService);
  const channelId = await core.addChannel();
  [rina, budi, siti] = [
    await core.addAgent('Rina'),
    await core.addAgent('Budi'),
    await core.addAgent('Siti'),
  ];
  const members = [rina, budi, siti].map(({ id }) => id);
  const team = createTeamSchema.parse({ name: 'Layanan', memberIds: members, channelIds: [channelId] });
  teamId = (await core.get(TeamsService).create(rina.id, team)).id;
  for (const id of members)
    await core.get(AgentWorkService).update(id, id, { limits: { total: 10, byChannel: {} } });
  await core.get(Availabilities).active([rina.id, budi.id]);
  for (let n = 0; n < 7; n++) {
    const { caseId } = await core.receive(
      message(channelId, { sender: { kind: 'email', value: `orang${n}@customer.example` } }),
    );
    const to = n < 4 ? rina.id : n === 4 ? siti.id : null;
    const { version } = await core.get(CasesService).get(caseId);
    if (to) await core.get(CaseAssignments).assign(caseId, { agentId: to, version }, to);
  }
});
afterAll(() => core.close());

describe('the board', () => {
  it('shows everybody with what they carry, and every queue with who waits longest', async () => {
    const { agents, queues } = await board.read();
    expect(
      agents.map(({ agent, availability, load, cases }) => [agent.name, availability, load, cases.length]),
    ).toEqual([
      ['Budi', 'online', 0, 0],
      ['Rina', 'online', 4, 4],
      ['Siti', 'offline', 1, 1],
    ]);
    expect(queues).toHaveLength(1);
    const [queue] = queues;
    expect(queue).toMatchObject({ team: { id: teamId }, waiting: 2, inHand: 5, arrived: 7, online: 2 });
    expect(queue!.oldest).toBe(queue!.next[0]!.createdAt);
    expect(queue!.next.map(({ assignee }) => assignee)).toEqual([null, null]);
  });

  it('shows what a case is called now, though nothing in it changed', async () => {
    const first = (await board.read()).queues[0]!.next[0]!;
    expect(first.team).toEqual({ id: teamId, name: 'Layanan' });
    const [teams, customers] = [core.get(TeamsService), core.get(CustomersService)];
    const { version } = await teams.get(teamId);
    await teams.update(siti!.id, teamId, { name: 'Retur', version });
    await customers.update(first.customer.id, { name: 'Bu Ratna' }, siti!.id);
    await until(async () => {
      const now = (await board.read()).queues[0]!.next[0]!;
      return now.team?.name === 'Retur' && now.customer.name === 'Bu Ratna';
    });
    expect((await board.read()).queues[0]!.next[0]!.version).toBe(first.version);
  });

  it('counts what came in the last hour, also what is done already, and nothing older', async () => {
    const arrived = async () => {
      const [queue] = (await board.read()).queues;
      return [queue!.arrived, queue!.waiting, queue!.arrivals.at(-1), queue!.arrivals.length];
    };
    const before = await board.read();
    const done = before.queues[0]!.next[0]!.id;
    await core.get(CaseChanges).update(done, { status: 'resolved' }, rina!.id);
    expect(await arrived()).toEqual([7, 1, 7, 12]);
    await core.get(CaseChanges).update(done, { status: 'open' }, rina!.id);
    await core.database.query(`UPDATE cases SET created_at = created_at - interval '2 hours' WHERE id = $1`, [
      done,
    ]);
    expect(await arrived()).toEqual([6, 2, 6, 12]);
  });

  it('proposes how to load a team evenly, and what it proposes can be done and undone', async () => {
    const { moves } = await board.rebalance(teamId);
    expect(moves.map(({ from, to }) => `${from.name} → ${to.name}`)).toEqual(['Siti → Budi', 'Rina → Budi']);
    expect((await board.read()).agents.map(({ load }) => load)).toEqual([0, 4, 1]);
    const bulk = core.get(BulkChanges);
    const boss = { id: siti!.id, supervises: true };
    const { id } = await bulk.apply(
      new Map(moves.map(({ caseId, to }) => [caseId, { agentId: to.id }])),
      'merata',
      boss,
    );
    expect((await board.read()).agents.map(({ load }) => load)).toEqual([2, 3, 0]);
    expect((await board.rebalance(teamId)).moves).toEqual([]);
    await bulk.undo(id!, boss);
    expect((await board.read()).agents.map(({ load }) => load)).toEqual([0, 4, 1]);
  });
});
