import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CreateReply, TimelineMessage } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { ChannelErrorCode, DeliveryState, SendOutcome } from '@loket/contracts/outbound.js';
import { accepted, message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { readCaseToken } from '../cases/case-token.js';
import { CasesService } from '../cases/cases.service.js';
import { ThreadRef } from '../cases/thread-ref.entity.js';
import { TimelineService } from '../cases/timeline.service.js';
import { ChannelsService } from '../channels/channels.service.js';
import { Channel } from '../channels/channel.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Event } from '../events/event.entity.js';
import { FilesService } from '../messages/files.service.js';
import { Message } from '../messages/message.entity.js';
import { NotesService } from '../messages/notes.service.js';
import { RepliesService } from '../messages/replies.service.js';
import { testSecret } from '../../../../test/support/intake.js';
import { DeliveryService } from './delivery.service.js';
import { Outbox } from './outbox.js';
import { Receipts } from './receipts.js';

let core: TestCore;
let channelId: string;
let rina: { id: string; name: string };
let budi: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel();
  [rina, budi] = [await core.addAgent('Rina'), await core.addAgent('Budi')];
});
afterAll(() => core.close());
beforeEach(() => {
  core.sent.length = 0;
  core.script.length = 0;
});

const customer = message;
async function reply(caseId: string, over: Partial<CreateReply> = {}): Promise<TimelineMessage> {
  const item = await core
    .get(RepliesService)
    .create(caseId, { text: 'Baik, Bu.', attachments: [], ...over }, rina);
  if (item.type !== 'message') throw new Error('an answer is a message');
  return item;
}
const find = (id: string): Promise<Message> => core.database.getRepository(Message).findOneByOrFail({ id });
const become = (id: string, state: DeliveryState): Promise<Message> =>
  until(
    () => find(id),
    (m) => m.state === state,
  );
const failing = (code: ChannelErrorCode, retryAfterMs?: number) => (): SendOutcome => ({
  ok: false,
  failure: {
    code,
    reason: `test_${code}`,
    detail: 'the words of the server',
    ...(retryAfterMs ? { retryAfterMs } : {}),
  },
});
const upload = (text: string) =>
  core.get(FilesService).upload(Readable.from([Buffer.from(text)]), 'nota.txt', 'text/plain');

describe('an answer', () => {
  it('leaves by itself, tied to the thread and signed, and closes the wait', async () => {
    const first = customer(channelId, { from: 'wati@customer.example', sender: { name: 'Wati' } });
    const { caseId } = await core.receive(first);
    const file = await upload('lunas');
    const queued = await reply(caseId, {
      html: '<p onclick="x()">Baik</p><script>1</script>',
      attachments: [file],
      status: 'pending',
    });
    expect(queued).toMatchObject({ direction: 'outbound', agent: rina });
    const { externalId } = await become(queued.id, 'sent');
    const { number, ...now } = await core.get(CasesService).get(caseId);
    expect(now).toMatchObject({
      status: 'pending',
      waitingSince: null,
      lastDirection: 'outbound',
      preview: 'Baik, Bu.',
    });
    expect(core.sent).toHaveLength(1);
    expect(core.sent[0]).toMatchObject({
      messageId: queued.id,
      caseNumber: number,
      to: { kind: 'email', value: 'wati@customer.example', name: 'Wati' },
      subject: 'Mug retak',
      html: '<p>Baik</p>',
      attachments: [{ name: 'nota.txt', sha256: file.sha256, mediaType: 'text/plain' }],
      thread: { inReplyTo: first.externalId, references: [first.externalId] },
      agentName: 'Rina',
      attempt: 1,
    });
    expect(readCaseToken(testSecret, core.sent[0]?.token ?? '')).toBe(number);
    expect(await core.database.getRepository(ThreadRef).findBy({ ref: externalId ?? '' })).toHaveLength(1);
    // And so the customer's answer to it comes back to the case.
    const answer = customer(channelId, {
      from: 'wati@customer.example',
      thread: { references: [externalId ?? ''] },
    });
    expect((await core.receive(answer)).caseId).toBe(caseId);
    const second = await reply(caseId);
    await become(second.id, 'sent');
    expect(core.sent[1]?.thread).toMatchObject({
      inReplyTo: answer.externalId,
      references: [first.externalId, externalId, answer.externalId],
    });
  });

  it('is refused with the case as it is now when somebody else wrote meanwhile, but not for other changes', async () => {
    const first = customer(channelId);
    const { caseId } = await core.receive(first);
    const { version } = await core.get(CasesService).get(caseId);
    await core.get(NotesService).create(caseId, { text: 'punyaku', attachments: [] }, rina.id);
    const own = await reply(caseId, { version });
    expect(own.agent).toEqual(rina);
    await core.get(NotesService).create(caseId, { text: 'jangan dijawab', attachments: [] }, budi.id);
    const error: unknown = await reply(caseId, { version }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'case_changed', data: await core.get(CasesService).get(caseId) });
    await become(own.id, 'sent');
    expect(core.sent).toHaveLength(1);
  });

  it.each([
    [
      'a channel that cannot reach him',
      { channelId: '01890a5d-ac96-774b-bcce-b302099a8057' },
      'reply_impossible',
    ],
    [
      'a file that was never uploaded',
      { attachments: [{ sha256: 'a'.repeat(64), name: 'x', mediaType: 'a/b', size: 1 }] },
      'attachment_missing',
    ],
  ])('by %s is refused', async (_, over, code) => {
    const { caseId } = await core.receive(customer(channelId));
    await expect(reply(caseId, over)).rejects.toMatchObject({ code });
    expect(await core.database.getRepository(Message).countBy({ caseId })).toBe(1);
  });

  it('may not be larger than the channel takes', async () => {
    const { caseId } = await core.receive(customer(channelId));
    const files = [await upload('x'.repeat(900)), await upload('y'.repeat(900))];
    await expect(reply(caseId, { attachments: files })).rejects.toMatchObject({
      kind: 'too_large',
      code: 'attachments_too_large',
      data: { maxAttachmentBytes: 1_000, maxMessageBytes: 1_500 },
    });
  });

  it('is blocked where it could not arrive, and warned of where the sender is not who he says', async () => {
    const mute = await core.addChannel({ address: 'masuk@toko.example' });
    const gone = customer(channelId, { from: 'pergi@customer.example', sender: { proof: 'verified' } });
    const { caseId } = await core.receive(gone);
    await core.database
      .getRepository(Identity)
      .update({ value: 'pergi@customer.example' }, { undeliverableAt: new Date() });
    const { replyOptions } = await core.get(CasesService).get(caseId);
    const byChannel = new Map(replyOptions.map((o) => [o.channelId, o]));
    expect(byChannel.get(mute)).toMatchObject({ blocked: 'no_smtp' });
    expect(byChannel.get(channelId)).toMatchObject({
      blocked: 'undeliverable',
      preferred: true,
      caution: null,
    });
    await expect(reply(caseId)).rejects.toMatchObject({ code: 'reply_blocked' });
    const spoofed = await core.receive(customer(channelId, { sender: { proof: 'failed' } }));
    const options = (await core.get(CasesService).get(spoofed.caseId)).replyOptions;
    expect(options.find((o) => o.preferred)).toMatchObject({ caution: 'sender_proof_failed', blocked: null });
    await core.database.getRepository(Channel).delete({ id: mute });
  });
});

describe('delivery', () => {
  const start = async (...script: TestCore['script']): Promise<TimelineMessage> => {
    const { caseId } = await core.receive(customer(channelId));
    core.script.push(...script);
    return reply(caseId);
  };

  it('hands a message over once, however many workers try at once', async () => {
    const { id } = await start(async (m) => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return accepted(m);
    });
    await Promise.all(Array.from({ length: 10 }, () => core.get(DeliveryService).deliver(id)));
    await become(id, 'sent');
    await Promise.all(Array.from({ length: 5 }, () => core.get(DeliveryService).deliver(id)));
    await core.get(Outbox).sweep();
    expect(core.sent.map((m) => m.messageId)).toEqual([id]);
  });

  it('keeps the order of a case: what was written later waits for what was written before', async () => {
    const { caseId } = await core.receive(customer(channelId));
    core.script.push(failing('temporary'));
    const texts = ['satu', 'dua', 'tiga', 'empat'];
    const written: TimelineMessage[] = [];
    for (const text of texts) written.push(await reply(caseId, { text }));
    await until(async () => (await find(written[0]?.id ?? '')).stateReason === 'test_temporary');
    expect(core.sent).toHaveLength(1);
    core.clock.advanceHours(0.1);
    await core.get(Outbox).sweep();
    for (const { id } of written) await become(id, 'sent');
    expect(core.sent.map((m) => m.text)).toEqual(['satu', ...texts]);
    expect(core.sent.map((m) => m.attempt)).toEqual([1, 2, 1, 1, 1]);
  });

  it('tries again after a temporary failure, no sooner than asked, and gives up after twelve tries', async () => {
    const { id } = await start(failing('temporary', 7_200_000));
    const waiting = await until(
      () => find(id),
      (m) => m.stateReason === 'test_temporary',
    );
    expect(waiting).toMatchObject({ state: 'pending', attempts: 1, stateDetail: 'the words of the server' });
    expect((waiting.stateAt?.getTime() ?? 0) - core.clock.now().getTime()).toBeGreaterThan(7_100_000);
    await core.get(DeliveryService).deliver(id);
    expect(core.sent).toHaveLength(1);
    for (let attempt = 2; attempt <= 12; attempt++) {
      core.clock.advanceHours(15);
      core.script.push(failing('temporary'));
      await core.get(DeliveryService).deliver(id);
    }
    expect(await find(id)).toMatchObject({ state: 'failed', stateReason: 'gave_up', attempts: 12 });
    expect(core.sent).toHaveLength(12);
    expect(new Set(core.sent.map((m) => m.messageId))).toEqual(new Set([id]));
  });

  it('shows a refusal with its reason, and sends it again when a person says so', async () => {
    const { id } = await start(failing('rejected'));
    const failed = await become(id, 'failed');
    expect(failed).toMatchObject({ stateReason: 'test_rejected', stateDetail: 'the words of the server' });
    await core.get(Receipts).retry(id, rina.id);
    await become(id, 'sent');
    await expect(core.get(Receipts).retry(id, rina.id)).rejects.toMatchObject({
      code: 'message_not_retryable',
    });
    const events = await core.database
      .getRepository(Event)
      .find({ where: { caseId: failed.caseId, type: 'message.state_changed' }, order: { id: 'ASC' } });
    expect(events.map((e) => e.data['state'])).toEqual(['failed', 'pending', 'sent']);
  });

  it.each([
    ['the adapter says so', failing('ambiguous')],
    [
      'the adapter breaks',
      () => {
        throw new Error('broken');
      },
    ],
  ])('does not send again by itself what may have left, when %s', async (_, answer) => {
    const { id } = await start(answer);
    await become(id, 'uncertain');
    core.clock.advanceHours(30);
    await core.get(Outbox).sweep();
    await core.get(DeliveryService).deliver(id);
    expect(core.sent).toHaveLength(1);
    await core.get(Receipts).retry(id, rina.id);
    await become(id, 'sent');
    expect(core.sent.map((m) => m.messageId)).toEqual([id, id]);
  });

  it.each([
    [
      'no adapter runs',
      new AppError('not_found', 'adapter_missing', 'none'),
      'pending',
      'adapter_unavailable',
    ],
    ['a file is gone', new AppError('not_found', 'blob_missing', 'none'), 'failed', 'blob_missing'],
    ['the answer never came', new AppError('unavailable', 'bus_timeout', 'late'), 'uncertain', 'interrupted'],
  ] as const)('knows what to do when %s', async (_, error, state, reason) => {
    const { id } = await start(() => {
      throw error;
    });
    const message = await until(
      () => find(id),
      (m) => m.stateReason !== null,
    );
    expect(message).toMatchObject({ state, stateReason: reason });
  });

  it('pauses the channel on a wrong password, and goes on at once when its settings are mended', async () => {
    const { id } = await start(failing('auth'));
    await until(async () => (await find(id)).stateReason === 'test_auth');
    const channel = await until(
      () => core.database.getRepository(Channel).findOneByOrFail({ id: channelId }),
      (c) => c.status === 'paused',
    );
    expect(channel).toMatchObject({ statusCode: 'test_auth', statusDetail: 'the words of the server' });
    expect(await find(id)).toMatchObject({ state: 'pending', attempts: 0 });
    const admin = {
      agent: { ...rina, role: 'admin', locale: 'id' },
      via: { kind: 'session', sessionId: id },
    } as const;
    await core.get(ChannelsService).update(admin, channelId, { name: 'Surel baru' });
    await become(id, 'sent');
  });

  it('recovers after a crash: what was never taken leaves, what was being sent is uncertain', async () => {
    const { caseId } = await core.receive(customer(channelId));
    const [queued, sending] = [await start(), await start()];
    await become(queued.id, 'sent');
    await become(sending.id, 'sent');
    core.sent.length = 0;
    // As kill -9 leaves them: one whose job was lost, one taken by a process that is gone.
    const messages = core.database.getRepository(Message);
    const past = new Date(core.clock.now().getTime() - 60_000);
    await messages.update(queued.id, { state: 'pending', externalId: null, stateAt: past });
    await messages.update(sending.id, { state: 'sending', externalId: null, stateAt: past });
    await core.get(Outbox).sweep();
    await become(queued.id, 'sent');
    expect(await find(sending.id)).toMatchObject({ state: 'uncertain', stateReason: 'interrupted' });
    expect(core.sent.map((m) => m.messageId)).toEqual([queued.id]);
    expect(caseId).not.toBe(queued.caseId);
  });

  it('writes down what became of a try once the database is back', async () => {
    const { pathname } = new URL(core.databaseUrl);
    const administration = new pg.Client({ connectionString: new URL('/postgres', core.databaseUrl).href });
    await administration.connect();
    const allow = (yes: boolean) =>
      administration.query(`ALTER DATABASE "${pathname.slice(1)}" ALLOW_CONNECTIONS ${String(yes)}`);
    const { id } = await start(async (m) => {
      await allow(false);
      await administration.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
        [pathname.slice(1)],
      );
      setTimeout(() => void allow(true), 1_500);
      return accepted(m);
    });
    await until(() => become(id, 'sent').catch(() => null));
    expect(core.sent.map((m) => m.messageId)).toEqual([id]);
    await administration.end();
  });

  it('believes receipts forward only, also when they are quicker than our own answer', async () => {
    const { id } = await start(async (m) => {
      const outcome = accepted(m);
      if (outcome.ok) {
        const { externalId } = outcome.result;
        await core.database.getRepository(Message).update(m.messageId, { externalId });
        await core.bus.request('delivery.receipt', {
          channelId,
          externalId,
          state: 'delivered',
          at: core.clock.now().toISOString(),
        });
      }
      return outcome;
    });
    const { externalId } = await become(id, 'delivered');
    const report = (state: DeliveryState): Promise<{ known: boolean }> =>
      core.bus.request('delivery.receipt', {
        channelId,
        externalId: externalId ?? '',
        state,
        at: core.clock.now().toISOString(),
      });
    for (const [state, expected] of [
      ['sent', 'delivered'],
      ['failed', 'delivered'],
      ['read', 'read'],
      ['delivered', 'read'],
    ] as const) {
      expect(await report(state)).toEqual({ known: true });
      expect((await find(id)).state).toBe(expected);
    }
    expect(
      await core.bus.request('delivery.receipt', {
        channelId,
        externalId: 'nobody@x',
        state: 'read',
        at: core.clock.now().toISOString(),
      }),
    ).toEqual({ known: false });
  });

  it('leaves the external id with our own copy when that came in first', async () => {
    const { id, caseId } = await start(async (m) => {
      const echo = await core.receive(customer(channelId, { externalId: `${m.messageId}@loket.example` }));
      expect(echo.messageId).not.toBe(m.messageId);
      return accepted(m);
    });
    expect(await become(id, 'sent')).toMatchObject({ externalId: null, caseId });
  });
});

describe('notes', () => {
  it('are in nothing that leaves', async () => {
    const canary = 'CANARY-7f3a';
    const { caseId } = await core.receive(customer(channelId));
    await core
      .get(NotesService)
      .create(caseId, { text: canary, attachments: [await upload(canary)] }, rina.id);
    const { id } = await reply(caseId, { attachments: [await upload('nota')] });
    await become(id, 'sent');
    expect(core.sent).toHaveLength(1);
    expect(JSON.stringify(core.sent)).not.toContain(canary);
    expect((await core.get(CasesService).get(caseId)).preview).toBe('Baik, Bu.');
    const { items } = await core.get(TimelineService).ofCase(caseId, { limit: 10 }, nobody);
    expect(items.filter((item) => item.type === 'note').map((item) => item.text)).toEqual([canary]);
  });
});
