import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Channel, channelSchema } from '@loket/contracts/channels.js';
import { timelineMessageSchema, type TimelineMessage } from '@loket/contracts/cases.js';
import { problemSchema } from '@loket/contracts/errors.js';
import { type Postgres, startPostgres } from '@loket/platform/postgres/launcher.js';
import { type Cable, layCable } from './support/cable.js';
import { ApiError, type ApiClient } from './support/client.js';
import { listCases, readMessages, reply, signInAdmin } from './support/desk.js';
import { Dovecot } from './support/dovecot.js';
import { LiveClient } from './support/live-client.js';
import { mail } from './support/mail.js';
import { startServer, type TestServer } from './support/server.js';
import { smallDisk, type SmallDisk } from './support/small-disk.js';
import { SmtpSink } from './support/smtp-sink.js';
import { until } from './support/until.js';

const user = 'bantuan';
const password = 'rahasia';

/** Everything around one server fails, one after the other; the same process comes back from all of it by itself. */
describe('when something is away', () => {
  const disk: SmallDisk = smallDisk();
  let folder: string;
  let postgres: Postgres;
  let dovecot: Dovecot;
  let sink: SmtpSink;
  let smtpCable: Cable;
  let server: TestServer;
  let admin: ApiClient;
  let feeder: ApiClient;
  let channel: Channel;
  /** an answer that met no SMTP server, and tries again by itself while other things fail */
  let delayed: { id: string; caseId: string };

  const startDatabase = (port?: number): Promise<Postgres> =>
    startPostgres({ dir: join(folder, 'postgres'), ...(port === undefined ? {} : { port }) });
  const config = (imapPassword: string) => ({
    address: 'help@desk.example',
    imap: { host: '127.0.0.1', port: dovecot.port, security: 'none' as const, user, password: imapPassword },
    smtp: { host: '127.0.0.1', port: Number(new URL(smtpCable.url).port), security: 'none' as const },
  });
  const readChannel = () => admin.get(`/channels/${channel.id}`, channelSchema);
  const channelIs = (status: Channel['status'], within = 30_000) =>
    until(readChannel, (now) => now.status === status, within);
  const arrives = (subject: string, within = 40_000) =>
    until(
      () => listCases(admin).catch(() => []),
      (cases) => cases.filter((summary) => summary.subject === subject).length === 1,
      within,
    );
  const deliver = (subject: string) =>
    dovecot.deliver(user, mail({ subject, from: `${subject.toLowerCase()}@customer.example` }));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loket-faults-'));
    [postgres, dovecot, sink] = await Promise.all([
      startDatabase(),
      Dovecot.start({ users: [{ name: user, password }] }),
      SmtpSink.start(),
    ]);
    smtpCable = await layCable(sink.port);
    server = await startServer({ databaseUrl: postgres.url, dataDir: disk.dir });
    admin = await signInAdmin(server);
    feeder = await admin.createToken(['inbound']);
    channel = await admin.createChannel({ kind: 'email', name: 'Bantuan', config: config(password) });
    await channelIs('connected');
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await Promise.all([postgres.stop(), dovecot.stop(), sink.stop(), smtpCable.close()]);
    await rm(folder, { recursive: true, force: true });
    disk.remove();
  });

  /** Says "not now" in every way in, and means it. */
  const expectNotNow = async (code: string, raw: Buffer<ArrayBuffer>): Promise<void> => {
    const response = await feeder
      .send('POST', `/channels/${channel.id}/inbound`, { headers: { 'content-type': 'message/rfc822' } }, raw)
      .catch((error: unknown) => {
        if (error instanceof ApiError) return error.problem;
        throw error;
      });
    expect(response).toMatchObject({ status: 503, code });
  };

  const outbound = async (caseId: string): Promise<TimelineMessage | undefined> =>
    (await readMessages(admin, caseId)).find((m) => m.direction === 'outbound');
  const outboundIs = (caseId: string, state: TimelineMessage['state'], within = 15_000) =>
    until(
      () => outbound(caseId),
      (message) => message?.state === state,
      within,
    );

  describe('the SMTP server', () => {
    const opened = async (name: string): Promise<string> => {
      const { caseId } = await feeder.ingestRaw(channel.id, mail({ from: `${name}@customer.example` }));
      return caseId ?? '';
    };
    it('an answer waits, and says why', async () => {
      const caseId = await opened('menunggu');
      smtpCable.pull();
      const { id } = await reply(admin, caseId, { text: 'Nanti sampai.' });
      const waiting = await until(
        () => outbound(caseId),
        (message) => message?.state === 'pending' && message.stateReason !== null,
      );
      expect(waiting?.stateReason).toMatch(/^smtp_(?:closed|refused|unreachable)$/);
      smtpCable.plugIn();
      delayed = { id, caseId };
    });

    it('refuses the recipient: failed, with the reason and its words, and sent again by hand', async () => {
      const caseId = await opened('ditolak');
      sink.misbehave({ at: 'rcpt', code: 550, text: '5.1.1 tidak ada orang itu' });
      const { id } = await reply(admin, caseId, { text: 'Halo.' });
      const failed = await outboundIs(caseId, 'failed');
      expect(failed).toMatchObject({ stateReason: 'smtp_recipient_refused' });
      expect(failed?.stateDetail).toContain('tidak ada orang itu');
      sink.misbehave(null);
      const retry = () => admin.post(`/messages/${id}/retry`, undefined, timelineMessageSchema);
      expect(['pending', 'sending', 'sent']).toContain((await retry()).state);
      await outboundIs(caseId, 'sent');
      await expect(retry()).rejects.toMatchObject({
        status: 409,
        problem: { code: 'message_not_retryable' },
      });
      expect(sink.mails.filter((m) => m.raw.includes(`<${id}`))).toHaveLength(1);
    });
  });

  it('the mailbox, with a changed password: says so, and catches up with the right one', async () => {
    await dovecot.halt();
    await dovecot.setPassword(user, 'yang baru');
    await dovecot.resume();
    await deliver('Tertahan');
    const paused = await channelIs('paused', 40_000);
    expect(paused).toMatchObject({ statusCode: 'imap_auth_failed' });
    expect(JSON.stringify(paused)).not.toMatch(/rahasia|yang baru/);
    await admin.patch(`/channels/${channel.id}`, { config: config('yang baru') }, channelSchema);
    await channelIs('connected');
    await arrives('Tertahan');
  });

  it('the database: nothing is acknowledged, and all of it comes in when it is back', async () => {
    const live = await LiveClient.open(server.url, admin, null);
    const { port } = postgres;
    await postgres.stop('immediate');
    const raw = mail({ subject: 'Gelap', from: 'gelap@customer.example' });
    await expectNotNow('database_unavailable', raw);
    const list = await fetch(`${server.url}/api/v1/cases`, { headers: { cookie: admin.cookieHeader() } });
    expect(problemSchema.parse(await list.json())).toMatchObject({
      status: 503,
      code: 'database_unavailable',
    });
    expect(Number(list.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await deliver('Lewat');

    postgres = await startDatabase(port);
    await until(async () => (await fetch(`${server.url}/readyz`)).ok);
    expect(await feeder.ingestRaw(channel.id, raw)).toMatchObject({ status: 'accepted' });
    await arrives('Lewat');
    await until(
      () => Object.values(live.state().cases).map((summary) => summary.subject),
      (subjects) => ['Gelap', 'Lewat'].every((subject) => subjects.includes(subject)),
    );
    expect(live.faults).toEqual([]);
    live.close();
    await channelIs('connected');
  });

  it('the room on the disk: nothing is acknowledged, and all of it comes in when there is room', async () => {
    disk.fill();
    const large = mail({ subject: 'Penuh', from: 'penuh@customer.example', text: 'berat '.repeat(30_000) });
    await expectNotNow(disk.code, large);
    const form = new FormData();
    form.set('file', new Blob(['x'.repeat(200_000)]), 'berkas.txt');
    const upload = await fetch(`${server.url}/api/v1/attachments`, {
      method: 'POST',
      headers: { cookie: admin.cookieHeader() },
      body: form,
    });
    expect(problemSchema.parse(await upload.json())).toMatchObject({ status: 503, code: disk.code });
    await deliver('Sesak');
    await until(
      () => server.log(),
      (log) => log.split(disk.code).length > 2,
    );
    expect((await listCases(admin)).map((summary) => summary.subject)).not.toContain('Sesak');

    disk.free();
    expect(await feeder.ingestRaw(channel.id, large)).toMatchObject({ status: 'accepted' });
    await arrives('Sesak');
  });

  it('an answer that found no server leaves once, by itself', async () => {
    await outboundIs(delayed.caseId, 'sent', 60_000);
    expect(sink.mails.filter((m) => m.raw.includes(`<${delayed.id}`))).toHaveLength(1);
  }, 70_000);

  it('never took the process with it, and lost nothing on the way', async () => {
    expect(server.log()).not.toMatch(/request failed by a defect/);
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const subjects = (await listCases(admin)).map((summary) => summary.subject);
    for (const subject of ['Tertahan', 'Gelap', 'Lewat', 'Penuh', 'Sesak']) {
      expect(subjects.filter((other) => other === subject)).toHaveLength(1);
    }
    const { items } = (await (await admin.send('GET', '/quarantine', {})).json()) as { items: unknown[] };
    expect(items).toEqual([]);
  });
});
