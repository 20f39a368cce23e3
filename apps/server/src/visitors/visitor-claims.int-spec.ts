import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseSchema } from '@loket/contracts/cases.js';
import { customerSchema, type Customer } from '@loket/contracts/customers.js';
import { Message } from '@loket/core/messages/message.entity.js';
import { MailContinuation } from '@loket/core/visitors/mail-continuation.js';
import { VisitorCode } from '@loket/core/visitors/visitor-code.entity.js';
import { DataSource } from 'typeorm';
import { type TestApp, startApp } from '../../../../test/support/app.js';
import { listCases, readMessages, reply } from '../../../../test/support/desk.js';
import { mail } from '../../../../test/support/mail.js';
import { SmtpSink, type SunkMail } from '../../../../test/support/smtp-sink.js';
import { agentSocket } from '../../../../test/support/live-client.js';
import { until } from '../../../../test/support/until.js';
import { type Site, VisitorClient } from '../../../../test/support/visitor.js';

let app: TestApp;
let sink: SmtpSink;
let site: Site;
let mailId: string;
beforeAll(async () => {
  sink = await SmtpSink.start();
  app = await startApp();
  const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
  const address = 'halo@toko.example';
  mailId = (
    await app.admin.createChannel({
      kind: 'email',
      name: 'Surel',
      config: { address, plusAddressing: true, smtp },
    })
  ).id;
  const origin = 'https://toko.example';
  const config = { allowedOrigins: [origin], continuity: { on: true, afterSeconds: 0 } };
  const { id } = await app.admin.createChannel({ kind: 'webchat', name: 'Toko', config });
  site = { url: app.url, channelId: id, origin };
});
afterAll(async () => {
  await app.close();
  await sink.stop();
});

const database = (): DataSource => app.app.get(DataSource, { strict: false });
const mailsTo = (address: string): SunkMail[] => sink.mails.filter(({ to }) => to.includes(address));
async function codeFor(address: string, after = 0): Promise<string> {
  const [found] = await until(
    () => mailsTo(address).slice(after),
    (mails) => mails.length > 0,
  );
  return /\b(\d{6})\b/.exec(found!.raw.replace(/^[\s\S]*?\r\n\r\n/, ''))![1]!;
}
async function customerOf(caseId: string): Promise<Customer> {
  const { customer } = await app.admin.get(`/cases/${caseId}`, caseSchema);
  return app.admin.get(`/customers/${customer.id}`, customerSchema);
}
const caseOf = async (preview: string): Promise<string> =>
  (await listCases(app.admin)).find((c) => c.preview.includes(preview))!.id;
const byMail = (from: string, text: string, more: object = {}) =>
  app.admin.ingestRaw(mailId, mail({ from, to: 'halo@toko.example', text, ...more }));
let people = 0;
const person = (): string => `orang${String(++people)}@customer.example`;

describe('an address that a visitor types', () => {
  it('is a claim, opens nobody’s history, and leaves its owner alone', async () => {
    const address = person();
    const owner = await byMail(`Pemilik <${address}>`, 'Surat rahasia pemilik');
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Saya pemilik, sungguh');
    expect(await visitor.claim({ email: address })).toEqual({ ok: true });
    await visitor.send('Percaya saja');
    expect(JSON.stringify(await visitor.history())).not.toContain('rahasia');
    const mine = await customerOf(await caseOf('Percaya saja'));
    expect(mine.id).not.toBe(owner.customerId);
    expect(mine.identities.find(({ kind }) => kind === 'email')).toMatchObject({
      value: address,
      proof: 'claimed',
      resolves: false,
      source: 'form',
    });
    visitor.leave();
  });

  it('gets a mail with a code and nothing of the visitor’s words, whether it is known or not', async () => {
    const [known, unknown] = [person(), person()];
    await byMail(`Dikenal <${known}>`, 'Halo');
    for (const address of [known, unknown]) {
      const visitor = await VisitorClient.arrive(site);
      await visitor.send('KATA-KATA-SAYA');
      expect(await visitor.claim({ email: address })).toEqual({ ok: true });
      await codeFor(address);
      const { raw } = mailsTo(address)[0]!;
      expect(raw).toMatch(/auto-submitted: auto-generated/i);
      expect(raw).not.toContain('KATA-KATA');
      visitor.leave();
    }
  });

  it('is proven by the code, once, and joins the customer', async () => {
    const address = person();
    const owner = await byMail(`Dewi <${address}>`, 'Mug retak, pesanan ORD-77');
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Bagaimana mug saya?');
    const caseId = await caseOf('Bagaimana mug saya');
    await visitor.claim({ email: address.toUpperCase() });
    const code = await codeFor(address);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(await visitor.confirm(wrong)).toEqual({ ok: false, code: 'not_proven' });
    expect(await visitor.confirm(code)).toEqual({ ok: true });
    expect(await visitor.confirm(code)).toEqual({ ok: false, code: 'not_proven' });
    const customer = await customerOf(caseId);
    expect(customer.id).toBe(owner.customerId);
    expect(customer.identities.map(({ kind, proof }) => [kind, proof])).toEqual(
      expect.arrayContaining([
        ['email', 'verified'],
        ['visitor', 'verified'],
      ]),
    );
    // Of the customer's other case he sees nothing: he never chatted in it.
    expect((await visitor.history()).map(({ text }) => text)).toEqual(['Bagaimana mug saya?']);
    visitor.leave();
  });

  it('is not, with another visitor’s code, after five tries, or after ten minutes', async () => {
    const [one, two] = [await VisitorClient.arrive(site), await VisitorClient.arrive(site)];
    const address = person();
    await one.claim({ email: address });
    const code = await codeFor(address);
    expect(await two.confirm(code)).toEqual({ ok: false, code: 'not_proven' });
    const wrong = code === '000000' ? '000001' : '000000';
    for (let i = 0; i < 5; i++) expect(await one.confirm(wrong)).toEqual({ ok: false, code: 'not_proven' });
    expect(await one.confirm(code)).toEqual({ ok: false, code: 'not_proven' });
    await two.claim({ email: address });
    const late = await codeFor(address, 1);
    await database().getRepository(VisitorCode).update({ visitorId: two.id }, { expiresAt: new Date() });
    expect(await two.confirm(late)).toEqual({ ok: false, code: 'not_proven' });
    one.leave();
    two.leave();
  });

  it('gets three codes an hour, from however many visitors; and a visitor has three', async () => {
    const address = person();
    for (let i = 0; i < 3; i++) {
      const visitor = await VisitorClient.arrive(site);
      expect(await visitor.claim({ email: address })).toEqual({ ok: true });
      visitor.leave();
    }
    const last = await VisitorClient.arrive(site);
    expect(await last.claim({ email: address })).toMatchObject({ ok: false, code: 'rate_limited' });
    for (let i = 0; i < 3; i++) expect(await last.claim({ email: person() })).toEqual({ ok: true });
    expect(await last.claim({ email: person() })).toMatchObject({ ok: false, code: 'rate_limited' });
    expect(await last.claim({ phone: '0812 3456 7890' })).toEqual({ ok: true });
    last.leave();
  });

  it('that is proven does not make two people one', async () => {
    const [mine, other] = [person(), person()];
    await byMail(`Lain <${other}>`, 'Saya orang lain');
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Berdua di satu komputer');
    const caseId = await caseOf('Berdua di satu');
    await visitor.claim({ email: mine });
    await visitor.confirm(await codeFor(mine));
    const before = await customerOf(caseId);
    await visitor.claim({ email: other });
    expect(await visitor.confirm(await codeFor(other))).toEqual({ ok: true });
    expect((await customerOf(caseId)).id).toBe(before.id);
    const typed = (await customerOf(caseId)).identities.find(({ value }) => value === other);
    expect(typed).toMatchObject({ proof: 'claimed', resolves: false });
    visitor.leave();
  });
});

describe('an answer to a visitor who has left', () => {
  const sweep = () => app.app.get(MailContinuation, { strict: false }).sweep();
  const proven = async (
    text: string,
  ): Promise<{ visitor: VisitorClient; address: string; caseId: string }> => {
    const address = person();
    const visitor = await VisitorClient.arrive(site);
    await visitor.send(text);
    const caseId = await caseOf(text);
    await visitor.claim({ email: address });
    await visitor.confirm(await codeFor(address));
    return { visitor, address, caseId };
  };

  it('goes on by mail, once; what he writes back is in the case and in the chat', async () => {
    const { visitor, address, caseId } = await proven('Saya tinggal dulu');
    visitor.leave();
    const answer = await reply(app.admin, caseId, { text: 'Mug baru sudah dikirim.' });
    await until(() => mailsTo(address).length === 2);
    await sweep();
    const { raw } = mailsTo(address)[1]!;
    expect(raw).toContain('Mug baru sudah dikirim.');
    const [, , copy] = await until(
      () => readMessages(app.admin, caseId),
      (items) => items.at(-1)?.state === 'sent' && items.length === 3,
    );
    expect(copy).toMatchObject({ channelKind: 'email', copyOf: answer.id });
    const id = /^message-id:\s*(<[^>]+>)/im.exec(raw)![1]!;
    const back = await byMail(`Dewi <${address}>`, 'Terima kasih banyak!', {
      subject: 'Re: Toko',
      inReplyTo: id,
      references: [id],
    });
    expect(back).toMatchObject({ caseId, status: 'accepted' });
    const again = await VisitorClient.arrive(site, visitor.token);
    expect((await again.history()).map(({ from, text, via }) => [from, text.trim(), via])).toEqual([
      ['visitor', 'Terima kasih banyak!', 'email'],
      ['agent', 'Mug baru sudah dikirim.', 'webchat'],
      ['visitor', 'Saya tinggal dulu', 'webchat'],
    ]);
    // And an answer by mail shows in the chat at once.
    await reply(app.admin, caseId, { text: 'Sama-sama, lewat surel.' });
    await until(() =>
      again.heard.some(({ via, text }) => via === 'email' && text === 'Sama-sama, lewat surel.'),
    );
    await app.admin.post(`/cases/${caseId}/notes`, { text: 'CATATAN RAHASIA' }, {
      parse: (x: unknown) => x,
    } as never);
    expect(JSON.stringify([await again.history(), again.heard])).not.toContain('RAHASIA');
    // What he wrote by mail is read like the rest, once an agent has the case before him.
    const agent = agentSocket(app.url, { cookie: app.admin.cookieHeader() });
    await new Promise<void>((resolve) => agent.once('connect', () => resolve()));
    agent.emit('presence', { caseId, state: 'viewing' });
    const own = async () => (await again.history()).filter(({ from }) => from === 'visitor');
    await until(async () => (await own()).every(({ state }) => state === 'read'));
    expect(again.states).toContainEqual({ messageId: (await own())[0]!.id, state: 'read' });
    agent.close();
    again.leave();
  });

  it('does not, when his screen has shown it', async () => {
    const { visitor, address, caseId } = await proven('Saya masih di sini');
    const messages = database().getRepository(Message);
    visitor.socket.on('message', ({ id, from }) => {
      if (from === 'agent') visitor.say('seen', { messageId: id, state: 'delivered' });
    });
    // Quicker than the sweep, as a minute usually is.
    await database().query(
      `UPDATE channels SET config = jsonb_set(config, '{continuity,afterSeconds}', '5')`,
    );
    const { id } = await reply(app.admin, caseId, { text: 'Baik.' });
    await until(async () => (await messages.findOneByOrFail({ id })).state === 'delivered');
    await database().query(`UPDATE channels SET config = jsonb_set(config, '{continuity,afterSeconds}', '0')
                            WHERE config ? 'continuity'`);
    await sweep();
    expect(mailsTo(address)).toHaveLength(1);
    visitor.leave();
  });

  it('does not, when he has only typed an address', async () => {
    const address = person();
    const visitor = await VisitorClient.arrive(site);
    await visitor.send('Alamat saya belum terbukti');
    const caseId = await caseOf('belum terbukti');
    await visitor.claim({ email: address });
    await codeFor(address);
    visitor.leave();
    await reply(app.admin, caseId, { text: 'Rahasia untuk pengunjung.' });
    await until(async () => (await readMessages(app.admin, caseId)).at(-1)?.state === 'sent');
    await sweep();
    expect(mailsTo(address)).toHaveLength(1);
    expect(await readMessages(app.admin, caseId)).toHaveLength(2);
  });
});
