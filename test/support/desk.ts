import { agentSchema, type Agent, type Role } from '@loket/contracts/access.js';
import {
  caseSchema,
  type CaseDetail,
  casePageSchema,
  type CaseSummary,
  type TimelineItem,
  timelineItemSchema,
  type TimelineMessage,
  timelinePageSchema,
} from '@loket/contracts/cases.js';
import { ApiClient } from './client.js';
import type { TestServer } from './server.js';

export const agentPassword = 'pulpen biru di laci kiri';

/** The first admin's client. */
export async function signInAdmin(server: TestServer): Promise<ApiClient> {
  const admin = new ApiClient(server.url);
  await admin.signIn(server.adminEmail, server.adminPassword);
  return admin;
}

export interface Colleague {
  agent: Agent;
  client: ApiClient;
  email: string;
  password: string;
}

/** Somebody who works here, signed in. The console greets him in English unless said otherwise. */
export async function addColleague(
  admin: ApiClient,
  name: string,
  options: { role?: Role; locale?: 'id' | 'en' } = {},
): Promise<Colleague> {
  const email = `${name.toLowerCase().replaceAll(/\W+/g, '.')}@loket.example`;
  const body = { email, name, role: options.role ?? 'agent', password: agentPassword };
  const agent = await admin.post('/agents', { ...body, locale: options.locale ?? 'en' }, agentSchema);
  const client = new ApiClient(admin.url);
  await client.signIn(email, agentPassword);
  return { agent, client, email, password: agentPassword };
}

export const readCase = (client: ApiClient, caseId: string): Promise<CaseDetail> =>
  client.get(`/cases/${caseId}`, caseSchema);

/** @param query e.g. `status=all` */
export async function listCases(client: ApiClient, query = 'status=all'): Promise<CaseSummary[]> {
  return (await client.get(`/cases?${query}`, casePageSchema)).items;
}

/** The whole timeline, oldest first. */
export async function readTimeline(client: ApiClient, caseId: string): Promise<TimelineItem[]> {
  const items: TimelineItem[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(client, caseId, cursor);
    items.unshift(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

function readPage(client: ApiClient, caseId: string, cursor: string) {
  const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  return client.get(`/cases/${caseId}/timeline?limit=100${query}`, timelinePageSchema);
}

export async function readMessages(client: ApiClient, caseId: string): Promise<TimelineMessage[]> {
  return (await readTimeline(client, caseId)).filter((item) => item.type === 'message');
}

/** Answers as an agent does. @returns the message as it was queued */
export async function reply(client: ApiClient, caseId: string, body: object): Promise<TimelineMessage> {
  const item = await client.post(`/cases/${caseId}/messages`, body, timelineItemSchema);
  if (item.type !== 'message') throw new Error('an answer is a message');
  return item;
}
