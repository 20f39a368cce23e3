import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type IntakeResult, intakeResultSchema } from '@loket/contracts/inbound.js';
import { visitorKeySchema } from '@loket/contracts/visitor-cards.js';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases, readCase } from '../../../../test/support/desk.js';
import { newToken, signIdentity, type Site, VisitorClient } from '../../../../test/support/visitor.js';

/** A visitor who telephones: whose call it is depends on who says that the number is his. */
let app: TestApp;
let site: Site;
let phoneId: string;
beforeAll(async () => {
  app = await startApp();
  const origin = 'https://toko.example';
  const config = {
    allowedOrigins: [origin],
    preChat: [{ id: 'phone', kind: 'phone' as const, label: { id: 'Nomor telepon' } }],
  };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  site = { url: app.url, channelId: id, origin };
  phoneId = (await app.admin.createChannel({ kind: 'phone', name: 'Telepon', config: {} })).id;
});
afterAll(() => app.close());

async function call(number: string): Promise<IntakeResult> {
  const told = { callId: randomUUID(), direction: 'inbound', number, outcome: 'answered' };
  const body = JSON.stringify({ ...told, startedAt: new Date().toISOString() });
  const headers = { 'content-type': 'application/vnd.loket.call+json' };
  const answer = await app.admin.send('POST', `/channels/${phoneId}/inbound`, { headers }, body);
  return intakeResultSchema.parse(await answer.json());
}
const caseOf = async (preview: string) =>
  readCase(app.admin, (await listCases(app.admin)).find((c) => c.preview.includes(preview))!.id);

describe('a call', () => {
  it('from the number that the visitor’s site has signed comes into his case', async () => {
    const { secret } = await app.admin.post(`/channels/${site.channelId}/visitor-key`, {}, visitorKeySchema);
    const exp = Math.floor(Date.now() / 1000) + 600;
    const claims = { sub: 'dewi', aud: site.channelId, exp, name: 'Dewi', phone: '+6281255500001' };
    const token = await newToken(site, { identity: signIdentity(secret, claims) });
    const visitor = await VisitorClient.arrive(site, token);
    await visitor.send('Mug saya retak, bisa diganti?');
    const chat = await caseOf('Mug saya retak');
    const told = await call('+6281255500001');
    expect(told).toMatchObject({ caseId: chat.id, customerId: chat.customer.id });
    visitor.leave();
  });

  it('from a number that somebody typed into the form is not his, whoever calls', async () => {
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Pesanan saya belum sampai', { preChat: { phone: '0812-5550-0002' } });
    const chat = await caseOf('Pesanan saya belum');
    const told = await call('+6281255500002');
    expect(told.customerId).not.toBe(chat.customer.id);
    expect(told.caseId).not.toBe(chat.id);
    // and the visitor sees nothing of the caller
    expect((await visitor.history()).map(({ text }) => text)).toHaveLength(1);
    visitor.leave();
  });
});
