import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import {
  decidedSuggestionSchema,
  type Suggestion,
  suggestionCountsSchema,
  suggestionPageSchema,
  suggestionSchema,
} from '@loket/contracts/suggestions.js';
import { SuggestionFinder } from '@loket/core/suggestions/suggestion-finder.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { type ApiClient, ApiError } from '../../../../test/support/client.js';
import { signIn } from '../../../../test/support/people.js';
import { until } from '../../../../test/support/until.js';

let server: TestApp;
let agent: ApiClient;
let mail: string;
let chat: string;
beforeAll(async () => {
  server = await startApp();
  agent = await signIn(server, 'agent', 'Rina');
  mail = (await server.admin.createChannel({ kind: 'email', name: 'Surel' })).id;
  chat = (await server.admin.createChannel({ kind: 'whatsapp', name: 'WA' })).id;
});
afterAll(() => server.close());

let count = 0;
interface Pair {
  mailed: { caseId: string; customerId: string };
  chatted: { caseId: string; customerId: string };
}
/** One person with one matter on two channels, told apart by nothing but the number in a signature. */
async function twice(settle = true): Promise<Pair> {
  const n = String(++count).padStart(4, '0');
  const [first, last] = [names[count % names.length] ?? '', names[(count * 7 + 3) % names.length] ?? ''];
  const sentAt = new Date().toISOString();
  const mailed = await server.admin.ingest(mail, {
    externalId: `m${n}@x.example`,
    sender: {
      kind: 'email',
      value: `${first}.${last}${n}@gmail.com`,
      name: `${first} ${last}`,
      proof: 'verified',
    },
    sentAt,
    subject: `Pesanan ORD-88${n}`,
    text: `Pesanan ORD-88${n} belum sampai, mohon dicek.\n\n-- \n${first} ${last}\nHP 0812-9000-${n}`,
  });
  const chatted = await server.admin.ingest(chat, {
    externalId: `w${n}`,
    sender: { kind: 'whatsapp', value: `628129000${n}`, name: first, proof: 'verified' },
    thread: { conversation: `628129000${n}` },
    sentAt,
    text: `min pesanan ORD-88${n} blm sampe nih`,
  });
  if (settle) await server.app.get(SuggestionFinder, { strict: false }).settle();
  const ids = ({ caseId, customerId }: typeof mailed): { caseId: string; customerId: string } => ({
    caseId: caseId ?? '',
    customerId: customerId ?? '',
  });
  return { mailed: ids(mailed), chatted: ids(chatted) };
}
const names = [
  'Wulan',
  'Gilang',
  'Ratih',
  'Satria',
  'Mega',
  'Yoga',
  'Intan',
  'Bagas',
  'Laras',
  'Dimas',
  'Tiara',
];

const list = async (query: string): Promise<Suggestion[]> =>
  (await agent.get(`/suggestions?${query}`, suggestionPageSchema)).items;
const code = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) =>
      error instanceof ApiError ? [error.status, error.problem.code, error.problem.data] : error,
  );

describe('suggestions', () => {
  it('come by themselves, with both sides to compare', async () => {
    const { mailed, chatted } = await twice(false);
    const [work] = await until(
      () => list(`kind=case&case=${mailed.caseId}`),
      (items) => items.length > 0,
    );
    expect(work).toMatchObject({
      kind: 'case',
      state: 'waiting',
      decided: null,
      incident: null,
      cases: [
        {
          id: chatted.caseId,
          excerpts: [{ channelKind: 'whatsapp', text: expect.stringContaining('blm sampe') }],
        },
        { id: mailed.caseId, excerpts: [{ channelKind: 'email', from: expect.any(String) }] },
      ],
      customers: [{ id: chatted.customerId }, { id: mailed.customerId }],
    });
    const [people] = await list(`kind=customer&customer=${chatted.customerId}`);
    expect(people?.customers.map((c) => c.id).sort()).toEqual([mailed.customerId, chatted.customerId].sort());
    expect(await agent.get(`/suggestions/${people?.id ?? ''}`, suggestionSchema)).toEqual(people);
  });

  it('are counted, and come page by page, each once', async () => {
    const before = await agent.get('/suggestions/counts', suggestionCountsSchema);
    for (let i = 0; i < 3; i++) await twice();
    const counts = await agent.get('/suggestions/counts', suggestionCountsSchema);
    expect(counts).toEqual({
      case: before.case + 3,
      customer: before.customer + 3,
      incident: before.incident,
    });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/suggestions?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page: { items: Suggestion[]; nextCursor: string | null } = await agent.get(
        path,
        suggestionPageSchema,
      );
      seen.push(...page.items.map((s) => s.id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual((await list('limit=100')).map((s) => s.id));
    expect(new Set(seen).size).toBe(counts.case + counts.customer + counts.incident);
    expect(await code(list('cursor=abc'))).toEqual([400, 'cursor_invalid', undefined]);
  });

  it('are accepted by one of two agents, who can take it back; then the pair is not suggested again', async () => {
    const { mailed, chatted } = await twice();
    const [work] = await list(`kind=case&case=${mailed.caseId}`);
    const path = `/suggestions/${work?.id ?? ''}`;
    const accept = (): Promise<unknown> =>
      agent.post(`${path}/accept`, { into: chatted.caseId }, decidedSuggestionSchema);
    const answers = await Promise.all([code(accept()), code(accept())]);
    const now = await agent.get(path, suggestionSchema);
    expect(now).toMatchObject({ state: 'accepted', decided: { actor: { name: 'Rina' } } });
    expect(answers.filter((a) => a === 'no error')).toHaveLength(1);
    expect(answers).toContainEqual([409, 'suggestion_settled', now]);
    expect((await agent.get(`/cases/${mailed.caseId}`, caseSchema)).id).toBe(chatted.caseId);
    await agent.send('POST', `/operations/${now.decided?.operationId ?? ''}/undo`, { body: {} });
    await server.app.get(SuggestionFinder, { strict: false }).settle();
    expect((await agent.get(`/cases/${mailed.caseId}`, caseSchema)).id).toBe(mailed.caseId);
    expect((await agent.get(path, suggestionSchema)).state).toBe('dismissed');
    expect(await list(`case=${mailed.caseId}`)).toEqual([]);
  });

  it('are dismissed once', async () => {
    const { mailed } = await twice();
    const [people] = await list(`kind=customer&customer=${mailed.customerId}`);
    const dismiss = (): Promise<Suggestion> =>
      agent.post(`/suggestions/${people?.id ?? ''}/dismiss`, {}, suggestionSchema);
    const dismissed = await dismiss();
    expect(dismissed).toMatchObject({
      state: 'dismissed',
      decided: { actor: { name: 'Rina' }, operationId: null },
    });
    expect(await code(dismiss())).toEqual([409, 'suggestion_settled', dismissed]);
    expect(await list(`kind=customer&customer=${mailed.customerId}`)).toEqual([]);
    expect(await list(`kind=customer&state=dismissed&customer=${mailed.customerId}`)).toEqual([dismissed]);
  });

  it('that do not exist are not found', async () => {
    const path = `/suggestions/${mail}`;
    for (const call of [
      () => agent.get(path, suggestionSchema),
      () => agent.post(`${path}/dismiss`, {}, suggestionSchema),
      () => agent.post(`${path}/accept`, {}, decidedSuggestionSchema),
    ])
      expect(await code(call())).toEqual([404, 'suggestion_not_found', undefined]);
  });
});
