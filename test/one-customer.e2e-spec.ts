import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import { customerSchema } from '@loket/contracts/customers.js';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { caseOperationSchema, undoPreviewSchema } from '@loket/contracts/operations.js';
import {
  decidedSuggestionSchema,
  suggestionPageSchema,
  type Suggestion,
} from '@loket/contracts/suggestions.js';
import { z } from 'zod';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { listCases, readCase, readMessages, reply, signInAdmin } from './support/desk.js';
import { mail, type Mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

/** A person who writes a mail, then a WhatsApp message, then telephones about one problem: one customer, one case. */
describe('one customer, one case', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let feeder: ApiClient;
  const channels = { mail: '', whatsapp: '', phone: '' };

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = { address: 'halo@toko.example', plusAddressing: true, smtp };
    channels.mail = (await admin.createChannel({ kind: 'email', name: 'Surel', config })).id;
    channels.whatsapp = (await admin.createChannel({ kind: 'whatsapp', name: 'WhatsApp' })).id;
    channels.phone = (await admin.createChannel({ kind: 'phone', name: 'Telepon' })).id;
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await sink.stop();
    await database.drop();
  });

  const byMail = (given: Partial<Mail>): Promise<IntakeResult> =>
    feeder.ingestRaw(channels.mail, mail({ from: 'Budi Santoso <budi.santoso@mail.example>', ...given }));
  const byLine = (kind: 'whatsapp' | 'phone', text: string): Promise<IntakeResult> =>
    feeder.ingest(channels[kind], {
      externalId: randomUUID(),
      sentAt: new Date().toISOString(),
      thread: kind === 'phone' ? { conversation: randomUUID() } : {},
      sender: {
        kind,
        value: kind === 'phone' ? '0812-3456-7890' : '6281234567890@c.us',
        name: kind === 'phone' ? null : 'Budi S.',
        proof: kind === 'phone' ? 'claimed' : 'verified',
      },
      text,
    });
  const waiting = async (kind: Suggestion['kind']): Promise<Suggestion[]> =>
    (await admin.get(`/suggestions?kind=${kind}`, suggestionPageSchema)).items;
  const accept = (id: string, body: object = {}) =>
    admin.post(`/suggestions/${id}/accept`, body, decidedSuggestionSchema);

  let first: IntakeResult;
  let second: IntakeResult;
  let mergeId: string;

  it('begins as two strangers when nothing but a signature ties them', async () => {
    first = await byMail({
      subject: 'Paket rusak',
      text: `Selamat siang,\n\npaket pesanan ORD-55121 saya datang pecah. Mohon diganti.\n\nSalam,\nBudi Santoso\nHP 0812-3456-7890\n`,
    });
    second = await byLine('whatsapp', 'siang min, tadi saya email soal paket ORD-55121 yg pecah, gmn ya?');
    expect(second.customerId).not.toBe(first.customerId);
    expect(second.caseId).not.toBe(first.caseId);
  });

  it('is suggested within moments, with the reasons', async () => {
    const [people] = await until(
      () => waiting('customer'),
      (found) => found.length > 0,
    );
    expect(people?.customers.map((c) => c.id).sort()).toEqual([first.customerId, second.customerId].sort());
    expect(people?.evidence.map((e) => e.code)).toContain('same_number');
    const [cases] = await until(
      () => waiting('case'),
      (found) => found.length > 0,
    );
    expect(cases?.cases.map((c) => c.number).sort()).toEqual([first.caseNumber, second.caseNumber].sort());
    expect(cases?.cases.every((c) => c.excerpts.length > 0)).toBe(true);
  });

  it('becomes one with one key', async () => {
    const [cases] = await waiting('case');
    const decided = await accept(cases?.id ?? '', { into: first.caseId, mergeCustomers: true });
    mergeId = decided.operations[0]?.id ?? '';
    const merged = await readCase(admin, first.caseId ?? '');
    expect(merged).toMatchObject({ messageCount: 2, channelKinds: ['email', 'whatsapp'] });
    expect(merged.merged).toMatchObject([{ number: second.caseNumber }]);
    const customer = await admin.get(`/customers/${String(second.customerId)}`, customerSchema);
    expect(customer.id).toBe(first.customerId);
    expect(customer.identities.map((i) => i.kind)).toEqual(expect.arrayContaining(['email', 'whatsapp']));
    await until(
      () => waiting('customer'),
      (found) => found.length === 0,
    );
  });

  it('takes the telephone call in by itself, and says why', async () => {
    const call = await byLine('phone', 'Menanyakan penggantian paket ORD-55121 yang pecah');
    expect(call).toMatchObject({
      caseId: first.caseId,
      customerId: first.customerId,
      match: { rule: 'duplicate_text' },
    });
    expect(call.match?.evidence.map((e) => e.code)).toContain('same_entity');
  });

  it('is reached under the number that was merged away: API, search, mail', async () => {
    const old = String(second.caseNumber);
    expect((await admin.get(`/cases/${old}`, caseSchema)).id).toBe(first.caseId);
    const shown = await listCases(admin, 'status=all');
    expect(shown.map((c) => c.id)).toEqual([first.caseId]);
    expect(
      (await listCases(admin, `status=all&q=${encodeURIComponent(`#${old}`)}`)).map((c) => c.id),
    ).toEqual([first.caseId]);
    const byNumber = await byMail({ subject: `Re: [#${old}] apa kabar`, text: 'Apakah sudah dikirim?' });
    expect(byNumber).toMatchObject({ caseId: first.caseId, match: { rule: 'case_number' } });
    const sent = await reply(admin, second.caseId ?? '', { text: 'Pengganti kami kirim hari ini.' });
    expect(sent.caseId).toBe(first.caseId);
  });

  it('comes apart again exactly, and what was written since goes with its thread', async () => {
    const since = await byLine('whatsapp', 'ok min makasih, ditunggu ya');
    expect(since.caseId).toBe(first.caseId);
    const preview = await admin.get(`/operations/${mergeId}/undo-preview`, undoPreviewSchema);
    expect(preview).toMatchObject({ blockedBy: [] });
    expect(preview.following).toBeGreaterThanOrEqual(1);
    await admin.post(`/operations/${mergeId}/undo`, {}, z.unknown());
    const own = await readMessages(admin, second.caseId ?? '');
    expect(own.map((m) => m.id)).toEqual(expect.arrayContaining([second.messageId, since.messageId]));
    const rest = await readMessages(admin, first.caseId ?? '');
    expect(rest.map((m) => m.id)).not.toContain(since.messageId);
    expect((await readCase(admin, second.caseId ?? '')).customer.id).toBe(second.customerId);
  });

  it('does not come together again by itself, nor is it suggested again', async () => {
    const again = await byLine('whatsapp', 'tadi saya email soal paket ORD-55121 yg pecah');
    expect(again.caseId).toBe(second.caseId);
    await byMail({
      subject: 'Paket rusak',
      text: 'Tanya lagi soal paket ORD-55121.\n\nBudi Santoso\nHP 0812-3456-7890',
    });
    const merge = { into: String(first.caseNumber), reason: 'orangnya sama' };
    const done = await admin.post(`/cases/${String(second.caseNumber)}/merge`, merge, caseOperationSchema);
    expect(done).toMatchObject({ case: { id: first.caseId }, operation: { reason: 'orangnya sama' } });
    expect((await waiting('case')).filter((s) => s.cases.some((c) => c.id === second.caseId))).toEqual([]);
  });
});
