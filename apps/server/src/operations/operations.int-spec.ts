import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  casePageSchema,
  caseSchema,
  timelineNoteSchema,
  timelinePageSchema,
} from '@loket/contracts/cases.js';
import { customerSchema } from '@loket/contracts/customers.js';
import {
  caseOperationSchema,
  customerOperationSchema,
  mergeCustomersPreviewSchema,
  mergePreviewSchema,
  operationPageSchema,
  operationSchema,
  undoneOperationSchema,
  undoPreviewSchema,
} from '@loket/contracts/operations.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { type ApiClient, ApiError } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';

let server: TestApp;
let agent: ApiClient;
let channelId: string;
beforeAll(async () => {
  server = await startApp();
  agent = await signIn(server, 'agent', 'Rina');
  channelId = (await server.admin.createChannel({ kind: 'email', name: 'Surel' })).id;
});
afterAll(() => server.close());

let count = 0;
async function open(
  text: string,
): Promise<{ id: string; number: number; messageId: string; customerId: string }> {
  count += 1;
  const result = await server.admin.ingest(channelId, {
    externalId: `op${String(count)}@x.example`,
    sender: { kind: 'email', value: `tamu${String(count)}@x.example`, name: `Tamu ${String(count)}` },
    sentAt: new Date().toISOString(),
    subject: text,
    text,
  });
  const { caseId: id, caseNumber: number, messageId, customerId } = result;
  if (!id || !number || !messageId || !customerId) throw new Error(`the message was ${result.status}`);
  return { id, number, messageId, customerId };
}
const problem = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) =>
      error instanceof ApiError
        ? { status: error.problem.status, code: error.problem.code, data: error.problem.data }
        : error,
  );

describe('operations through the API', () => {
  it('merge by number, redirect, and undo', async () => {
    const [a, b] = [await open('satu'), await open('dua')];
    const preview = await agent.get(
      `/cases/${a.id}/merge-preview?into=${String(b.number)}`,
      mergePreviewSchema,
    );
    expect(preview).toMatchObject({ from: { id: a.id }, into: { id: b.id }, warnings: ['other_customer'] });
    // As a script would write it: a bare number.
    const merged = await agent.post(`/cases/${a.id}/merge`, { into: b.number }, caseOperationSchema);
    expect(merged).toMatchObject({
      operation: { kind: 'merge_cases', actor: { name: 'Rina' } },
      case: { id: b.id, messageCount: 2, merged: [{ number: a.number }] },
      from: { id: a.id, mergedInto: { id: b.id, number: b.number } },
    });
    for (const ref of [a.id, String(a.number), `%23${String(a.number)}`])
      expect((await agent.get(`/cases/${ref}`, caseSchema)).id).toBe(b.id);
    const { items } = await agent.get(`/cases/${String(a.number)}/timeline`, timelinePageSchema);
    expect(
      items.map((item) => (item.type === 'message' ? item.text : item.type === 'event' ? item.event : '')),
    ).toEqual(['case.opened', 'satu', 'case.opened', 'dua', 'case.merged']);
    const note = await agent.post(
      `/cases/${String(a.number)}/notes`,
      { text: 'di sini' },
      timelineNoteSchema,
    );
    expect(note.caseId).toBe(b.id);
    const found = await agent.get(`/cases?q=%23${String(a.number)}`, casePageSchema);
    expect(found.items.map((c) => c.id)).toEqual([b.id]);
    const path = `/operations/${merged.operation.id}`;
    expect(await agent.get(`${path}/undo-preview`, undoPreviewSchema)).toMatchObject({
      following: 0,
      blockedBy: [],
    });
    const undone = await agent.post(`${path}/undo`, {}, undoneOperationSchema);
    expect(undone.cases.map((c) => [c.id, c.messageCount])).toEqual([
      [a.id, 1],
      [b.id, 1],
    ]);
    expect((await agent.get(path, operationSchema)).undone).toMatchObject({ actor: { name: 'Rina' } });
    expect(await problem(agent.post(`${path}/undo`, {}, undoneOperationSchema))).toMatchObject({
      status: 409,
      code: 'already_undone',
    });
  });

  it('split, and tell what stands in the way of undoing it', async () => {
    const [a, b] = [await open('tiga'), await open('empat')];
    await agent.post(`/cases/${b.id}/merge`, { into: a.id }, caseOperationSchema);
    const split = await agent.post(
      `/cases/${String(a.number)}/split`,
      { messageIds: [b.messageId], subject: 'Lain soal' },
      caseOperationSchema,
    );
    expect(split).toMatchObject({
      case: { subject: 'Lain soal', messageCount: 1 },
      from: { id: a.id, messageCount: 1 },
    });
    const { items } = await agent.get(`/operations?case=${a.id}`, operationPageSchema);
    expect(items.map((o) => o.kind)).toEqual(['split_case', 'merge_cases']);
    const [, merged] = items;
    expect(
      await problem(agent.post(`/operations/${merged?.id ?? ''}/undo`, {}, undoneOperationSchema)),
    ).toMatchObject({ status: 409, code: 'undo_blocked', data: { blockedBy: [{ id: split.operation.id }] } });
    const all = { messageIds: [a.messageId] };
    expect(await problem(agent.post(`/cases/${a.id}/split`, all, caseOperationSchema))).toMatchObject({
      status: 422,
      code: 'split_leaves_nothing',
    });
  });

  it('merge customers, take an address away, and undo both', async () => {
    const [a, b] = [await open('lima'), await open('enam')];
    const preview = await agent.get(
      `/customers/${a.customerId}/merge-preview?into=${b.customerId}`,
      mergeCustomersPreviewSchema,
    );
    expect(preview).toMatchObject({ result: { identities: 2, cases: 2 }, warnings: [] });
    const merged = await agent.post(
      `/customers/${a.customerId}/merge`,
      { into: b.customerId, reason: 'suara yang sama' },
      customerOperationSchema,
    );
    expect(merged).toMatchObject({
      operation: { reason: 'suara yang sama' },
      customer: { id: b.customerId },
    });
    expect((await agent.get(`/customers/${a.customerId}`, customerSchema)).id).toBe(b.customerId);
    const own = merged.customer.identities.find((i) => i.value.startsWith('tamu5'));
    const path = `/customers/${b.customerId}/identities/${own?.id ?? ''}`;
    await agent.delete(path);
    expect(await problem(agent.delete(path))).toMatchObject({ status: 404, code: 'identity_not_found' });
    const { items } = await agent.get(`/operations?customer=${b.customerId}&limit=2`, operationPageSchema);
    expect(items.map((o) => o.kind)).toEqual(['unlink_identity', 'merge_customers']);
    for (const { id } of items) await agent.post(`/operations/${id}/undo`, {}, undoneOperationSchema);
    expect((await agent.get(`/customers/${a.customerId}`, customerSchema)).caseCount).toBe(1);
  });

  it('refuse what makes no sense', async () => {
    const a = await open('tujuh');
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const merge = (ref: string, body: object): Promise<unknown> =>
      problem(agent.post(`/cases/${ref}/merge`, body, caseOperationSchema));
    expect(await merge(a.id, { into: a.number })).toMatchObject({ status: 422, code: 'merge_into_itself' });
    expect(await merge(a.id, { into: nowhere })).toMatchObject({ status: 404, code: 'case_not_found' });
    expect(await merge(nowhere, { into: a.id })).toMatchObject({ status: 404, code: 'case_not_found' });
    expect(await merge(a.id, { into: 'somewhere' })).toMatchObject({ status: 400 });
    expect(await merge(a.id, {})).toMatchObject({ status: 400 });
    expect(await problem(agent.get(`/operations/${nowhere}`, operationSchema))).toMatchObject({
      status: 404,
      code: 'operation_not_found',
    });
    expect(await problem(agent.get('/operations?cursor=x', operationPageSchema))).toMatchObject({
      status: 400,
      code: 'cursor_invalid',
    });
  });
});
