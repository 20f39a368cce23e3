import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { message, nobody, startCore, type TestCore } from '../../../../test/support/core.js';
import { CaseAssignments } from '../cases/case-assignments.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { RepliesService } from './replies.service.js';

let core: TestCore;
let channelId: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore({ background: false });
  channelId = await core.addChannel();
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(() => core.close());

let senders = 0;
const open = async (): Promise<string> => {
  const value = `orang${String(++senders)}@customer.example`;
  return (await core.receive(message(channelId, { sender: { kind: 'email', value } }))).caseId;
};
const answer = (caseId: string, who: { id: string; name: string }, takes: boolean) =>
  core.get(RepliesService).create(caseId, { text: 'Baik, Bu.', attachments: [] }, { ...who, takes });
const hands = async (caseId: string) => {
  const { items } = await core.get(TimelineService).ofCase(caseId, { limit: 50 }, nobody);
  return items.flatMap((item) =>
    item.type === 'event' && item.event === 'case.assigned' ? [item.data['to']] : [],
  );
};

describe('whoever answers', () => {
  it('has the case from then on when nobody had it', async () => {
    const caseId = await open();
    const { version } = await core.get(CasesService).get(caseId);
    await answer(caseId, rina, true);
    const now = await core.get(CasesService).get(caseId);
    expect(now).toMatchObject({ assignee: { id: rina.id }, waitingSince: null, version: version + 2 });
    expect(await hands(caseId)).toEqual([rina.id]);
    await answer(caseId, rina, true);
    expect(await hands(caseId)).toEqual([rina.id]);
  });

  it('does not take it from a colleague', async () => {
    const caseId = await open();
    const { version } = await core.get(CasesService).get(caseId);
    await core.get(CaseAssignments).assign(caseId, { agentId: budi.id, version }, budi.id);
    await answer(caseId, rina, true);
    expect((await core.get(CasesService).get(caseId)).assignee?.id).toBe(budi.id);
  });

  it('does not have it when a program answered in his name', async () => {
    const caseId = await open();
    await answer(caseId, rina, false);
    expect((await core.get(CasesService).get(caseId)).assignee).toBeNull();
    expect(await hands(caseId)).toEqual([]);
  });
});
