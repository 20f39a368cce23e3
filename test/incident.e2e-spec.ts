import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import {
  type IncidentDetail,
  incidentDetailSchema,
  incidentPageSchema,
  incidentReachSchema,
  incidentUpdateSchema,
} from '@loket/contracts/incidents.js';
import { undoneOperationSchema } from '@loket/contracts/operations.js';
import {
  decidedSuggestionSchema,
  type Suggestion,
  suggestionPageSchema,
} from '@loket/contracts/suggestions.js';
import { simpleParser } from 'mailparser';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { addColleague, readMessages, signInAdmin } from './support/desk.js';
import { freePort } from './support/dovecot.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

const people = [
  { name: 'Dewi Anggraini', address: 'dewi@satu.example', text: 'internet mati di kotagede min, dari jam 7' },
  {
    name: 'Slamet',
    address: 'slamet@dua.example',
    text: 'Internet saya di Kotagede mati sejak pukul 19.00.',
  },
  { name: 'Irfan Hakim', address: 'irfan@tiga.example', text: 'internet down di kotagede, ada gangguan?' },
];

/** One cause, three customers: found, linked, told once each, resolved together; over a kill in the middle. */
describe('an outage', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let agent: ApiClient;
  let feeder: ApiClient;
  let channelId: string;
  let dataDir: string;
  let port: number;
  let password: { email: string; password: string };
  const caseIds: string[] = [];
  let incident: IncidentDetail;

  beforeAll(async () => {
    [database, sink, port] = await Promise.all([freshDatabase(), SmtpSink.start(), freePort()]);
    dataDir = await mkdtemp(join(tmpdir(), 'loket-incident-'));
    server = await startServer({ databaseUrl: database.url, dataDir, port });
    const admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'help@desk.example', smtp };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Bantuan', config })).id;
    const rina = await addColleague(admin, 'Rina');
    agent = rina.client;
    password = rina;
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await sink.stop();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const suggested = async (): Promise<Suggestion[]> =>
    (await agent.get('/suggestions?kind=incident', suggestionPageSchema)).items;
  const read = (): Promise<IncidentDetail> => agent.get(`/incidents/${incident.id}`, incidentDetailSchema);

  it('is suggested once three customers have told of it, and not before', async () => {
    for (const [n, { name, address, text }] of people.entries()) {
      const from = `${name} <${address}>`;
      const subject = `Gangguan ${String(n + 1)}`;
      const { caseId, match } = await feeder.ingestRaw(channelId, mail({ from, subject, text }));
      expect(match?.rule).toBe('new_case');
      caseIds.push(caseId ?? '');
      if (n === 1) expect(await suggested()).toEqual([]);
    }
    // something else in the same hour
    const from = 'Sari Dewi <sari@empat.example>';
    await feeder.ingestRaw(
      channelId,
      mail({ from, subject: 'Faktur', text: 'Mohon kirim faktur pajak Oktober.' }),
    );
    const [found, ...more] = await until(suggested, (all) => all.length > 0);
    expect(more).toEqual([]);
    expect(found?.cases.map(({ id }) => id)).toEqual(caseIds);
    expect(found).toMatchObject({ kind: 'incident', incident: null, evidence: [{ code: 'customers' }, {}] });
  });

  it('becomes an incident by one accept, whose link can be undone and made again', async () => {
    const [found] = await suggested();
    const title = 'Internet mati di Kotagede';
    const decided = await agent.post(
      `/suggestions/${found?.id ?? ''}/accept`,
      { title },
      decidedSuggestionSchema,
    );
    const [operation] = decided.operations;
    expect(operation).toMatchObject({ kind: 'link_incident', moved: { cases: 3 } });
    const [listed] = (await agent.get('/incidents', incidentPageSchema)).items;
    incident = await agent.get(`/incidents/${listed?.id ?? ''}`, incidentDetailSchema);
    expect(incident).toMatchObject({ title, caseCount: 3, openCaseCount: 3, status: 'open' });

    const undone = await agent.post(`/operations/${operation?.id ?? ''}/undo`, {}, undoneOperationSchema);
    expect(undone.operation.undone).not.toBeNull();
    expect((await read()).cases).toEqual([]);
    for (const id of caseIds) await agent.send('PUT', `/incidents/${incident.id}/cases/${id}`, {});
    incident = await read();
    expect(incident.cases.map(({ id }) => id)).toEqual(caseIds);
    const { number } = await agent.get(`/cases/${caseIds[0] ?? ''}`, caseSchema);
    await agent.send('DELETE', `/incidents/${incident.id}/cases/${String(number)}`, {});
    expect((await read()).caseCount).toBe(2);
    await agent.send('PUT', `/incidents/${incident.id}/cases/${String(number)}`, {});
  });

  it('shows whom an update reaches, and tells each customer once, over a kill of the server', async () => {
    const reach = await agent.get(`/incidents/${incident.id}/reach`, incidentReachSchema);
    expect(reach.deliveries.map((d) => [d.customerName, d.address, d.channelKind, d.blocked])).toEqual(
      people.map(({ name, address }) => [name, address, 'email', null]),
    );
    const text = 'Halo {{name}}, jaringan di wilayah Anda sedang kami perbaiki.';
    const headers = { 'idempotency-key': 'kabar-1' };
    const path = `/incidents/${incident.id}/updates`;
    const told = await agent.post(path, { text }, incidentUpdateSchema, { headers });
    await server.kill('SIGKILL');
    server = await startServer({ databaseUrl: database.url, dataDir, port });
    await agent.signIn(password.email, password.password);
    const again = await agent.post(path, { text }, incidentUpdateSchema, { headers });
    expect(again.id).toBe(told.id);
    // one that was on its way to the mail server when ours died is not sent again by itself
    await until(
      async () => (await read()).updates[0]?.deliveries ?? [],
      (all) => all.every(({ state }) => state !== null && state !== 'pending'),
      45_000,
    );
    expect((await read()).updates).toHaveLength(1);
    for (const [n, { name, address }] of people.entries()) {
      const answers = (await readMessages(agent, caseIds[n] ?? '')).filter((m) => m.direction === 'outbound');
      expect(answers.map((m) => [m.text, m.recipients.map((r) => r.value)])).toEqual([
        [`Halo ${name}, jaringan di wilayah Anda sedang kami perbaiki.`, [address]],
      ]);
      const mails = sink.mails.filter((one) => one.to.includes(address));
      expect(mails.length).toBeLessThanOrEqual(1);
      const [only] = mails;
      if (!only) continue;
      expect(only.to).toEqual([address]);
      const parsed = await simpleParser(only.raw);
      expect(parsed.text).toContain(`Halo ${name},`);
      expect(parsed.subject).toContain(`Gangguan ${String(n + 1)}`);
      for (const other of people) if (other.name !== name) expect(only.raw).not.toContain(other.name);
      expect(only.raw).not.toContain(incident.title);
    }
  }, 90_000);

  it('is resolved with its cases, after it has said how many are open', async () => {
    const alone = await agent.patch(
      `/incidents/${incident.id}`,
      { status: 'resolved' },
      incidentDetailSchema,
    );
    expect(alone).toMatchObject({ status: 'resolved', openCaseCount: 3 });
    const all = { status: 'resolved', resolveCases: true, version: alone.version };
    const done = await agent.patch(`/incidents/${incident.id}`, all, incidentDetailSchema);
    expect(done.openCaseCount).toBe(0);
    for (const id of caseIds) expect((await agent.get(`/cases/${id}`, caseSchema)).status).toBe('resolved');
    const stale = agent.patch(`/incidents/${incident.id}`, { ...all, title: 'Lain' }, incidentDetailSchema);
    await expect(stale).rejects.toMatchObject({ status: 409, problem: { code: 'version_conflict' } });
  });
});
