import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { agentSchema } from '@loket/contracts/access.js';
import { caseSchema, timelineMessageSchema } from '@loket/contracts/cases.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import type { ApiClient } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';

let server: TestApp;
let channelId: string;
let rina: ApiClient;
beforeAll(async () => {
  server = await startApp();
  channelId = (await server.admin.createChannel({ kind: 'webchat', name: 'Situs', config: {} })).id;
  rina = await signIn(server, 'agent', 'Rina');
});
afterAll(() => server.close());

let count = 0;
/** A case that nobody has. */
async function open(): Promise<string> {
  const { caseId } = await server.admin.ingest(channelId, {
    externalId: `c${String(++count)}@x.example`,
    sender: { kind: 'visitor', value: `v-${String(count)}`, name: 'Sari', proof: 'claimed' },
    thread: { conversation: `v-${String(count)}` },
    sentAt: new Date().toISOString(),
    text: 'halo',
  });
  return caseId ?? '';
}
const holder = async (caseId: string) =>
  (await server.admin.get(`/cases/${caseId}`, caseSchema)).assignee?.name ?? null;
const answer = (client: ApiClient, caseId: string) =>
  client.post(`/cases/${caseId}/messages`, { text: 'Baik, Bu.' }, timelineMessageSchema);

describe('an answer to a case that nobody has', () => {
  it('gives it to the agent who is signed in and wrote it', async () => {
    const caseId = await open();
    await answer(rina, caseId);
    expect(await holder(caseId)).toBe('Rina');
  });

  it('gives it to nobody when a program wrote it with a token of that agent', async () => {
    const caseId = await open();
    const program = await rina.createToken(['write']);
    const { agent } = await answer(program, caseId);
    expect(agent).toEqual(await rina.get('/me', agentSchema).then(({ id, name }) => ({ id, name })));
    expect(await holder(caseId)).toBeNull();
  });
});
