import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { caseSchema } from '@loket/contracts/cases.js';
import { quarantinePageSchema } from '@loket/contracts/quarantine.js';
import type { ApiClient } from './support/client.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { listCases, readCase, readMessages, readTimeline, reply, signInAdmin } from './support/desk.js';
import { mail, type Mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

/** The rules by which mails find their case, through the door that a mail server pipes into. */
describe('mails at the raw ingress', () => {
  let database: TestDatabase;
  let server: TestServer;
  let sink: SmtpSink;
  let admin: ApiClient;
  let feeder: ApiClient;
  let channelId: string;

  beforeAll(async () => {
    database = await freshDatabase();
    sink = await SmtpSink.start();
    server = await startServer({ databaseUrl: database.url });
    admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    const smtp = { host: '127.0.0.1', port: sink.port, security: 'none' as const };
    const config = {
      address: 'help@desk.example',
      plusAddressing: true,
      trustedAuthservIds: ['mx.desk.example'],
      smtp,
    };
    channelId = (await admin.createChannel({ kind: 'email', name: 'Bantuan', config })).id;
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await sink.stop();
    await database.drop();
  });

  const feed = (given: Partial<Mail> = {}): Promise<IntakeResult> => feeder.ingestRaw(channelId, mail(given));
  const newId = (): string => `<${randomUUID()}@customer.example>`;
  const opened = async (given: Partial<Mail> = {}): Promise<{ id: string; number: number; sent: string }> => {
    const sent = newId();
    const { caseId, caseNumber, match } = await feed({ messageId: sent, ...given });
    expect(match?.rule).toBe('new_case');
    return { id: caseId ?? '', number: caseNumber ?? 0, sent };
  };
  const resolve = (caseId: string) => admin.patch(`/cases/${caseId}`, { status: 'resolved' }, caseSchema);

  describe('the same mail', () => {
    it('fed twice is one message', async () => {
      const raw = mail();
      const first = await feeder.ingestRaw(channelId, raw);
      const second = await feeder.ingestRaw(channelId, raw);
      expect(first).toMatchObject({ status: 'accepted', match: { rule: 'new_case' } });
      expect(second).toMatchObject({
        ...first,
        status: 'duplicate',
        match: { rule: 'duplicate_delivery' },
      });
      expect(await readMessages(admin, first.caseId ?? '')).toHaveLength(1);
    });

    it('fed by four feeders at once is one message, every time', async () => {
      for (let n = 0; n < 12; n++) {
        const raw = mail({ from: `empat${String(n)}@customer.example` });
        const results = await Promise.all([1, 2, 3, 4].map(() => feeder.ingestRaw(channelId, raw)));
        expect(results.map((r) => r.status).sort()).toEqual([
          'accepted',
          'duplicate',
          'duplicate',
          'duplicate',
        ]);
        expect(new Set(results.map((r) => r.messageId)).size).toBe(1);
        expect(await readMessages(admin, results[0]?.caseId ?? '')).toHaveLength(1);
      }
    });

    it('without a Message-ID is known by its content, whatever trace fields stand on top', async () => {
      const date = new Date('2026-11-20T03:00:00Z');
      const raw = mail({ messageId: null, date, text: 'Tanpa id.' });
      const again = Buffer.from(
        `Received: from a by b; Fri, 20 Nov 2026 03:00:01 +0000\r\nDelivered-To: help@desk.example\r\n${raw.toString()}`,
      );
      const first = await feeder.ingestRaw(channelId, raw);
      expect(first.status).toBe('accepted');
      for (const delivery of [raw, again]) {
        expect(await feeder.ingestRaw(channelId, delivery)).toMatchObject({
          status: 'duplicate',
          messageId: first.messageId,
        });
      }
      const other = await feed({ messageId: null, date, text: 'Tanpa id, tetapi lain.' });
      expect(other.status).toBe('accepted');
    });
  });

  describe('one thread', () => {
    it('is one case when question and answer to it come at once', async () => {
      for (let n = 0; n < 10; n++) {
        const from = `sekaligus${String(n)}@customer.example`;
        const id = newId();
        const results = await Promise.all([
          feed({ from, messageId: id }),
          feed({ from, subject: 'Re: Printer', inReplyTo: id, references: [id] }),
        ]);
        expect(results.map((r) => r.status)).toEqual(['accepted', 'accepted']);
        expect(new Set(results.map((r) => r.caseId)).size).toBe(1);
      }
    });

    it('is one case for mails that answer one we never saw, also of two people', async () => {
      const unseen = newId();
      const results = await Promise.all(
        ['ani', 'budi', 'citra'].map((who) =>
          feed({ from: `${who}@customer.example`, inReplyTo: unseen, references: [unseen] }),
        ),
      );
      expect(new Set(results.map((r) => r.caseId)).size).toBe(1);
      expect(await readMessages(admin, results[0]?.caseId ?? '')).toHaveLength(3);
    });

    it('opens its case again with an answer, not with an out-of-office', async () => {
      const { id, sent } = await opened({ from: 'wati@customer.example' });
      await resolve(id);
      const away = await feed({
        from: 'wati@customer.example',
        subject: 'Automatic reply: Printer',
        inReplyTo: sent,
        text: 'I am out of office until Monday.',
        headers: { 'Auto-Submitted': 'auto-replied' },
      });
      expect(away).toMatchObject({ caseId: id, match: { rule: 'thread_reference' } });
      expect(await readCase(admin, id)).toMatchObject({ status: 'resolved', waitingSince: null });

      const answer = await feed({ from: 'wati@customer.example', inReplyTo: sent, text: 'Masih rusak.' });
      expect(answer).toMatchObject({ caseId: id, match: { rule: 'thread_reference' } });
      expect(await readCase(admin, id)).toMatchObject({ status: 'open', preview: 'Masih rusak.' });
      expect((await readMessages(admin, id)).map((m) => m.automatic)).toEqual([null, 'auto_reply', null]);
      const said = (await readTimeline(admin, id)).flatMap((item) =>
        item.type === 'event' ? [item.event] : [],
      );
      expect(said.filter((event) => event === 'case.reopened')).toHaveLength(1);
    });
  });

  describe('who may enter a case', () => {
    it('lets its customer in by number, and gives a stranger his own', async () => {
      const { id, number } = await opened({ from: 'pemilik@customer.example' });
      const subject = `Re: pesanan [#${String(number)}]`;
      expect(await feed({ from: 'pemilik@customer.example', subject })).toMatchObject({
        caseId: id,
        match: { rule: 'case_number' },
      });
      const stranger = await feed({ from: 'orang@elsewhere.example', subject });
      expect(stranger.caseId).not.toBe(id);
      expect(stranger.match).toMatchObject({
        rule: 'new_case',
        evidence: [{ code: 'number_of_strangers_case' }],
      });
      expect(await readMessages(admin, id)).toHaveLength(2);
    });

    it('lets nobody in whose domain disowns the mail, and hears only our own mail server', async () => {
      const proof = (by: string, result: string): Mail['headers'] => ({
        'Authentication-Results': `${by}; dmarc=${result} header.from=bank.example`,
      });
      const from = 'nasabah@bank.example';
      const { id, sent } = await opened({ from, headers: proof('mx.desk.example', 'pass') });
      const forged = await feed({ from, inReplyTo: sent, headers: proof('mx.desk.example', 'fail') });
      expect(forged.caseId).not.toBe(id);
      expect(forged.match?.evidence).toEqual([{ code: 'sender_proof_failed' }]);
      expect(forged.customerId).not.toBe((await readCase(admin, id)).customer.id);
      const [message] = await readMessages(admin, forged.caseId ?? '');
      expect(message?.from).toMatchObject({
        proof: 'failed',
        evidence: ['dmarc=fail by mx.desk.example'],
      });

      const believed = await feed({ from, inReplyTo: sent, headers: proof('mx.attacker.example', 'pass') });
      const claimed = (await readMessages(admin, believed.caseId ?? '')).find(
        (m) => m.id === believed.messageId,
      );
      expect(claimed?.from).toMatchObject({ proof: 'claimed', evidence: [] });
    });
  });

  /** An answer of ours as the customer's mail server got it. */
  const answered = async (
    caseId: string,
  ): Promise<{ messageId: string; id: string; plus: string; text: string }> => {
    const text = `Kami periksa. ${randomUUID()}`;
    const { id } = await reply(admin, caseId, { text });
    const sent = await until(() => sink.mails.find((m) => m.raw.includes(`<${id}`)));
    const field = (name: string): string =>
      new RegExp(`^${name}:\\s*(?:.*<)?([^<>\\s]+)>?\\s*$`, 'im').exec(sent?.raw ?? '')?.[1] ?? '';
    await until(
      () => readMessages(admin, caseId),
      (all) => all.some((m) => m.id === id && m.state === 'sent'),
    );
    return { messageId: id, id: field('Message-ID'), plus: field('Reply-To'), text };
  };

  describe('our own marks', () => {
    it('bring an answer back by plus-address alone and by Message-ID alone', async () => {
      const from = 'tanda@customer.example';
      const { id } = await opened({ from });
      const ours = await answered(id);
      expect(ours.plus).toMatch(/^help\+lk\w+-\w{16}@desk\.example$/);
      expect(await feed({ from, subject: 'halo', to: ours.plus })).toMatchObject({
        caseId: id,
        match: { rule: 'signed_token' },
      });
      expect(await feed({ from, subject: 'halo', inReplyTo: `<${ours.id}>` })).toMatchObject({
        caseId: id,
        match: { rule: 'signed_token' },
      });
    });

    it('count neither for a stranger nor when somebody else has made them', async () => {
      const { id, number } = await opened({ from: 'tanda2@customer.example' });
      const { plus } = await answered(id);
      const stranger = await feed({ from: 'maling@elsewhere.example', subject: 'halo', to: plus });
      expect(stranger.caseId).not.toBe(id);
      expect(stranger.match?.evidence).toEqual([{ code: 'token_of_strangers_case' }]);
      const forged = `help+lk${number.toString(36)}-aaaaaaaaaaaaaaaa@desk.example`;
      const guess = await feed({
        from: 'tanda2@customer.example',
        subject: 'Jam buka',
        text: 'Buka hari Minggu?',
        to: forged,
      });
      expect(guess.caseId).not.toBe(id);
    });

    it('show with a bounce which of our messages came back, and close that way', async () => {
      const from = 'pindah@customer.example';
      const { id } = await opened({ from });
      const ours = await answered(id);
      const bounce = await feeder.ingestRaw(channelId, deliveryReport(ours.id, from));
      expect(bounce).toMatchObject({ status: 'accepted', caseId: id, match: { rule: 'bounced_original' } });
      const message = (await readMessages(admin, id)).find((m) => m.id === ours.messageId);
      expect(message).toMatchObject({ state: 'failed', bouncedBy: bounce.messageId });
      expect(message?.stateDetail).toContain('no such user');
      const detail = await readCase(admin, id);
      expect(detail.replyOptions.map((option) => option.blocked)).toEqual(['undeliverable']);
      await expect(reply(admin, id, { text: 'Lagi.' })).rejects.toMatchObject({
        status: 422,
        problem: { code: 'reply_blocked' },
      });
    });
  });

  describe('an answer with an Idempotency-Key', () => {
    it('leaves once, however often it is asked for, and the key serves one body', async () => {
      const { id } = await opened({ from: 'kunci@customer.example' });
      const post = (text: string) =>
        admin.send('POST', `/cases/${id}/messages`, {
          body: { text },
          headers: { 'idempotency-key': `k-${id}` },
        });
      const words = `Sekali saja ${randomUUID()}`;
      const tries = await Promise.allSettled([post(words), post(words), post(words), post(words)]);
      const codes = tries.map((t) =>
        t.status === 'fulfilled' ? 'ok' : (t.reason as { problem?: { code: string } }).problem?.code,
      );
      expect(codes).toContain('ok');
      expect(codes.filter((code) => code !== 'ok' && code !== 'idempotency_in_progress')).toEqual([]);
      const repeated = await post(words);
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      await expect(post('Lain.')).rejects.toMatchObject({
        status: 409,
        problem: { code: 'idempotency_key_reused' },
      });
      const out = (await readMessages(admin, id)).filter((m) => m.direction === 'outbound');
      expect(out).toHaveLength(1);
      expect(((await repeated.json()) as { id: string }).id).toBe(out[0]?.id);
      await until(
        () => readMessages(admin, id),
        (all) => all.some((m) => m.state === 'sent'),
      );
      expect(sink.mails.filter((m) => m.raw.includes(`<${out[0]?.id ?? '-'}`))).toHaveLength(1);
    });
  });

  describe('messages that are normalised already', () => {
    it.each(['whatsapp', 'phone', 'webchat'] as const)(
      'open and continue a case of kind %s, and are cleaned',
      async (kind) => {
        const channel = await admin.createChannel({ kind, name: `Saluran ${kind}`, config: {} });
        const sender = {
          kind: kind === 'webchat' ? ('visitor' as const) : ('phone' as const),
          // each another person's: one number on two channels would be one customer's
          value: { whatsapp: '0812-3456-7890', phone: '0812-3456-7891', webchat: 'v-1' }[kind],
          name: 'Sari 🌸',
        };
        const message = (externalId: string, text: string) => ({
          externalId,
          sender,
          sentAt: '2026-11-20T10:00:00+07:00',
          thread: { conversation: 'chat-1' },
          text,
          html: `<b>${text}</b><script>alert(1)</script><img src=x onerror=alert(1)>`,
        });
        const first = await feeder.ingest(channel.id, message('m1', 'Halo, mug saya retak'));
        expect(first).toMatchObject({ status: 'accepted', match: { rule: 'new_case' } });
        expect(await feeder.ingest(channel.id, message('m2', 'Ini fotonya'))).toMatchObject({
          caseId: first.caseId,
          match: { rule: 'same_conversation' },
        });
        expect(await feeder.ingest(channel.id, message('m2', 'Ini fotonya'))).toMatchObject({
          status: 'duplicate',
        });
        const detail = await readCase(admin, first.caseId ?? '');
        expect(detail).toMatchObject({ channelKinds: [kind], messageCount: 2 });
        // A chat needs nothing to be answered through; the others are not connected to anything here.
        expect(detail.replyOptions.map((o) => o.channelKind)).toEqual(kind === 'webchat' ? [kind] : []);
        expect(detail.customer.name).toBe('Sari 🌸');
        const [stored] = await readMessages(admin, first.caseId ?? '');
        expect(stored?.html).toBe('<b>Halo, mug saya retak</b><img />');
      },
    );
  });

  it('has put nothing away, and counts every message where it stands', async () => {
    const { items } = await admin.get('/quarantine', quarantinePageSchema);
    expect(items).toEqual([]);
    for (const summary of (await listCases(admin, 'status=all&limit=100')).slice(0, 40)) {
      expect(summary.messageCount).toBe((await readMessages(admin, summary.id)).length);
    }
  });
});

/** A bounce for good (RFC 3464), as Postfix writes it. */
function deliveryReport(messageId: string, recipient: string): Buffer<ArrayBuffer> {
  const boundary = `=_${randomUUID()}`;
  const part = (type: string, ...lines: string[]): string[] => [
    `--${boundary}`,
    `Content-Type: ${type}`,
    '',
    ...lines,
  ];
  return Buffer.from(
    [
      'Return-Path: <>',
      'From: Mail Delivery System <MAILER-DAEMON@mx.customer.example>',
      'To: help@desk.example',
      'Subject: Undelivered Mail Returned to Sender',
      'Auto-Submitted: auto-replied',
      `Message-ID: <${randomUUID()}@mx.customer.example>`,
      'Date: Fri, 20 Nov 2026 03:00:00 +0000',
      'MIME-Version: 1.0',
      `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
      '',
      ...part('text/plain; charset=us-ascii', 'I am sorry, but your message could not be delivered.'),
      ...part(
        'message/delivery-status',
        'Reporting-MTA: dns; mx.customer.example',
        '',
        `Final-Recipient: rfc822; ${recipient}`,
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 no such user here',
      ),
      ...part('message/rfc822', `Message-ID: <${messageId}>`, 'Subject: Re: Printer', '', 'text'),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  );
}
