import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { IntakeResult, NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import { message, startCore, type TestCore, nobody } from '../../../../test/support/core.js';
import { startIntake, type TestIntake } from '../../../../test/support/intake.js';
import { expectWhole } from '../../../../test/support/shape.js';
import { until } from '../../../../test/support/until.js';
import { CaseChanges } from '../cases/case-changes.service.js';
import { CasesService } from '../cases/cases.service.js';
import { EventHistory } from '../cases/event-history.js';
import { TimelineService } from '../cases/timeline.service.js';
import { Customer } from '../customers/customer.entity.js';
import { Event } from '../events/event.entity.js';
import { Message } from '../messages/message.entity.js';
import { RepliesService } from '../messages/replies.service.js';
import { CaseOperations } from '../operations/case-operations.service.js';
import { UndoService } from '../operations/undo.service.js';
import { QuarantineEntry } from '../quarantine/quarantine-entry.entity.js';
import { IntakeService } from './intake.service.js';
import { RawIntakeService } from './raw-intake.service.js';

let core: TestCore;
let twin: TestIntake;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  twin = await startIntake(core.databaseUrl);
  channelId = await twin.addChannel('whatsapp');
  rina = await core.addAgent('Rina');
});
afterAll(async () => {
  await expectWhole(core.database);
  await twin.close();
  await core.close();
});

let people = 0;
const person = (over: Partial<Sender> = {}): Sender => ({
  kind: 'whatsapp',
  value: `62813${String(1_000_000 + ++people)}`,
  name: 'Wati',
  proof: 'verified',
  evidence: [],
  ...over,
});
const own = {
  kind: 'whatsapp' as const,
  value: '628110001',
  name: null,
  proof: 'verified' as const,
  evidence: [],
};
const inChat = (conversation: string | null): NormalizedMessage['thread'] => ({
  conversation,
  references: [],
  tokens: [],
  forwarded: false,
});
/** what a customer says */
const said = (sender: Sender, over: Partial<NormalizedMessage> = {}): NormalizedMessage => ({
  ...message(channelId, { subject: null }),
  sender,
  thread: inChat(sender.value),
  ...over,
});
/** what our own side says on the phone */
const wrote = (to: Sender, over: Partial<NormalizedMessage> = {}): NormalizedMessage => ({
  ...message(channelId, {
    subject: null,
    text: 'Kami kirim penggantinya, ya.',
    sentAt: '2026-11-20T03:05:00Z',
  }),
  sender: own,
  thread: inChat(to.value),
  ...over,
});
const elsewhere = async (m: NormalizedMessage, to: Sender | null): Promise<string> => {
  expect(await core.bus.request('inbound.event', { type: 'sent_elsewhere', message: m, to })).toMatchObject({
    known: true,
  });
  const { id } = await core.database
    .getRepository(Message)
    .findOneByOrFail({ channelId, externalId: m.externalId });
  return id;
};
const item = async (id: string): Promise<TimelineMessage> =>
  (await core.get(TimelineService).message(id)) as TimelineMessage;
const theCase = (id: string) => core.get(CasesService).get(id);
const eventsOf = async (caseId: string): Promise<string[]> =>
  (await core.database.getRepository(Event).find({ where: { caseId }, order: { id: 'ASC' } })).map(
    (e) => e.type,
  );
const textsOf = async (caseId: string): Promise<string[]> => {
  const { items } = await core.get(TimelineService).ofCase(caseId, { limit: 100 }, nobody);
  return items.flatMap((i) =>
    i.type === 'message' ? [`${i.direction === 'inbound' ? '<' : '>'} ${i.text}`] : [],
  );
};

describe('what our own side writes on the phone', () => {
  it('answers the case of its conversation, with its files and what it quotes', async () => {
    const wati = person();
    const first = said(wati);
    const { caseId, customerId } = await core.receive(first);
    const before = await theCase(caseId);
    expect(before.waitingSince).not.toBeNull();
    const photo = {
      sha256: 'b'.repeat(64),
      size: 3,
      name: 'resi.jpg',
      mediaType: 'image/jpeg',
      inline: false,
    };
    const id = await elsewhere(wrote(wati, { attachments: [photo], quote: first.externalId }), wati);
    expect(await item(id)).toMatchObject({
      caseId,
      customerId,
      direction: 'outbound',
      agent: null,
      state: 'sent',
      stateAt: '2026-11-20T03:05:00.000Z',
      sentAt: '2026-11-20T03:05:00.000Z',
      match: null,
      from: { value: own.value },
      recipients: [{ role: 'to', kind: 'whatsapp', value: `+${wati.value}`, name: 'Wati' }],
      quote: { direction: 'inbound', text: first.text },
      attachments: [{ name: 'resi.jpg', mediaType: 'image/jpeg' }],
    });
    expect(await theCase(caseId)).toMatchObject({
      status: 'open',
      waitingSince: null,
      lastDirection: 'outbound',
      preview: 'Kami kirim penggantinya, ya.',
      messageCount: 2,
      version: before.version + 1,
    });
    expect(await eventsOf(caseId)).toEqual(['case.opened', 'message.received', 'message.sent_elsewhere']);
    // a receipt of it moves it on like any message of ours
    const receipt = { channelId, externalId: (await item(id)).externalId ?? '', at: '2026-11-20T03:06:00Z' };
    expect(await core.bus.request('delivery.receipt', { ...receipt, state: 'read' })).toEqual({
      known: true,
    });
    expect((await item(id)).state).toBe('read');
  });

  it('comes live with its item, and answers that were written without having seen it are held', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati));
    const { version } = await theCase(caseId);
    const id = await elsewhere(wrote(wati), wati);
    // the log gives an event out when every transaction before it has ended
    const event = await until(async () => (await allEvents()).find((e) => e.data['messageId'] === id));
    expect(event).toMatchObject({
      type: 'message.sent_elsewhere',
      caseId,
      version: version + 1,
      actorId: null,
      item: { id, direction: 'outbound', agent: null },
      case: { lastDirection: 'outbound' },
    });
    const stale = core.get(RepliesService).create(caseId, { text: 'Baik', attachments: [], version }, rina);
    await expect(stale).rejects.toMatchObject({ code: 'case_changed' });
  });

  it('opens a case, which waits for the customer, only for one who has none', async () => {
    const wati = person({
      also: [{ kind: 'bsuid', value: 'ID.77', proof: 'verified', source: 'bsuid_mapping' }],
    });
    const first = await elsewhere(wrote(wati), wati);
    const { caseId, customerId } = await item(first);
    expect(await theCase(caseId)).toMatchObject({
      status: 'pending',
      waitingSince: null,
      lastDirection: 'outbound',
      customer: { id: customerId, name: 'Wati' },
      messageCount: 1,
    });
    expect(await eventsOf(caseId)).toEqual(['case.opened', 'message.sent_elsewhere']);
    // his answer, by his other address, goes on there
    const answer = said(person({ kind: 'bsuid', value: 'ID.77' }), { thread: inChat(wati.value) });
    expect(await core.receive(answer)).toMatchObject({ caseId, customerId });
    expect(await theCase(caseId)).toMatchObject({ status: 'open', lastDirection: 'inbound' });
    // another chat with him joins the case that he has
    const second = await elsewhere(wrote(wati, { thread: inChat('another-chat') }), wati);
    expect(await item(second)).toMatchObject({ caseId, customerId });
    const later = await core.receive(said(wati, { thread: inChat('another-chat'), text: 'ok kak' }));
    expect(later.caseId).toBe(caseId);
  });

  it('joins the open case that the customer has by mail', async () => {
    const mailbox = await core.addChannel();
    const phone = '6281355500077';
    const mail = message(mailbox, {
      sender: {
        proof: 'verified',
        also: [{ kind: 'whatsapp', value: phone, proof: 'verified', source: 'signed_identity' }],
      },
    });
    const { caseId, customerId } = await core.receive(mail);
    const id = await elsewhere(
      wrote(person({ value: phone, name: null })),
      person({ value: phone, name: null }),
    );
    expect((await item(id)).customerId).toBe(customerId);
    const { channelKinds } = await theCase((await item(id)).caseId);
    expect([(await item(id)).caseId, channelKinds]).toEqual([caseId, ['email', 'whatsapp']]);
  });

  it('stands in a resolved case without opening it, and wakes no wait', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati));
    await core.get(CaseChanges).update(caseId, { status: 'resolved' }, rina.id);
    const resolved = await theCase(caseId);
    core.clock.advanceHours(24 * 30);
    const id = await elsewhere(wrote(wati), wati);
    expect((await item(id)).caseId).toBe(caseId);
    expect(await theCase(caseId)).toMatchObject({
      status: 'resolved',
      resolvedAt: resolved.resolvedAt,
      waitingSince: null,
    });
  });

  it('is no answer to what the customer said after it', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati, { sentAt: '2026-11-20T04:00:00Z' }));
    const { waitingSince } = await theCase(caseId);
    await elsewhere(wrote(wati), wati);
    expect(await theCase(caseId)).toMatchObject({ waitingSince, status: 'open' });
  });

  it('follows a merged case, and comes back with the undo', async () => {
    const [wati, budi] = [person(), person({ name: 'Budi' })];
    const from = await core.receive(said(wati));
    const into = await core.receive(said(budi));
    const early = await elsewhere(wrote(wati), wati);
    const { operation } = await core
      .get(CaseOperations)
      .merge(from.caseId, { into: into.caseId, mergeCustomers: false }, { actorId: rina.id });
    const late = await elsewhere(wrote(wati), wati);
    expect([(await item(early)).caseId, (await item(late)).caseId]).toEqual([into.caseId, into.caseId]);
    await core.get(UndoService).undo(operation.id, rina.id);
    expect((await item(early)).caseId).toBe(from.caseId);
    await expectWhole(core.database);
    expect((await item(await elsewhere(wrote(wati), wati))).caseId).toBe((await item(late)).caseId);
  });

  it('is split off and put back by its id', async () => {
    const wati = person();
    const { caseId, messageId } = await core.receive(said(wati));
    const id = await elsewhere(wrote(wati), wati);
    await core.receive(said(wati, { text: 'terima kasih' }));
    const { operation } = await core
      .get(CaseOperations)
      .split(caseId, { messageIds: [messageId, id] }, { actorId: rina.id });
    const apart = (await item(id)).caseId;
    expect(apart).not.toBe(caseId);
    expect(await theCase(apart)).toMatchObject({
      lastDirection: 'outbound',
      waitingSince: null,
      messageCount: 2,
    });
    await expectWhole(core.database);
    await core.get(UndoService).undo(operation.id, rina.id);
    expect((await item(id)).caseId).toBe(caseId);
  });

  it('is nothing new when we sent it ourselves, or when it is told again', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati));
    const queued = await core.get(RepliesService).create(caseId, { text: 'Baik', attachments: [] }, rina);
    const sent = await until(
      () => item(queued.id),
      (m) => m.state === 'sent',
    );
    const echo = wrote(wati, { externalId: sent.externalId ?? '', text: 'Baik' });
    expect(await elsewhere(echo, wati)).toBe(queued.id);
    expect((await item(queued.id)).agent).toEqual(rina);
    const phone = wrote(wati);
    const id = await elsewhere(phone, wati);
    expect(await elsewhere(phone, wati)).toBe(id);
    expect(await textsOf(caseId)).toHaveLength(3);
  });

  it('finds whom it is for by its conversation when the channel does not say', async () => {
    const wati = person();
    const { caseId, customerId } = await core.receive(said(wati, { thread: inChat('a-group') }));
    const id = await elsewhere(wrote(wati, { thread: inChat('a-group') }), null);
    expect(await item(id)).toMatchObject({ caseId, customerId });
    const lost = wrote(wati, { thread: inChat('a group of nobody') });
    expect(
      await core.bus.request('inbound.event', { type: 'sent_elsewhere', message: lost, to: null }),
    ).toEqual({ known: false, result: null });
  });

  it('that cannot be taken in waits in quarantine, and is replayed as what it is', async () => {
    const wati = person();
    const { caseId } = await core.receive(said(wati));
    // a number that the column cannot hold
    const odd = wrote(wati, {
      attachments: [{ sha256: 'c'.repeat(64), size: 1e30, name: 'x', mediaType: 'a/b', inline: false }],
    });
    const result = (await core.get(IntakeService).sentElsewhere(odd, wati)) as IntakeResult;
    expect(result).toMatchObject({ status: 'quarantined' });
    const entries = core.database.getRepository(QuarantineEntry);
    const entry = await entries.findOneByOrFail({ id: result.quarantineId ?? '' });
    expect(entry.code).toBe('sent_elsewhere_failed');
    const whole = { ...(entry.message as NormalizedMessage), attachments: [] };
    await entries.update(entry.id, { message: whole });
    const replayed = await core.get(RawIntakeService).replay(entry.id, rina.id);
    expect(replayed).toMatchObject({ status: 'accepted', caseId });
    expect(await item(replayed.messageId ?? '')).toMatchObject({ direction: 'outbound', agent: null });
  });
});

describe('two processes at once', () => {
  const counts = async (values: readonly string[]): Promise<{ customers: number; cases: number }> => {
    const [row]: { customers: number; cases: number }[] = await core.database.query(
      `SELECT count(DISTINCT i.customer_id)::int AS customers, count(DISTINCT c.id)::int AS cases
       FROM identities i LEFT JOIN cases c ON c.customer_id = i.customer_id WHERE i.value = ANY($1)`,
      [values.map((v) => `+${v}`)],
    );
    return row ?? { customers: -1, cases: -1 };
  };

  it('write what is told to both once', async () => {
    const wati = person();
    const phone = wrote(wati);
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        (n % 2 ? core.get(IntakeService) : twin.intake).sentElsewhere(phone, wati),
      ),
    );
    expect(results.map((r) => r?.status).toSorted()).toEqual([
      'accepted',
      ...Array.from({ length: 11 }, () => 'duplicate'),
    ]);
    expect(new Set(results.map((r) => r?.messageId)).size).toBe(1);
    expect(await counts([wati.value])).toEqual({ customers: 1, cases: 1 });
  });

  it('make one customer and one case of our message and his first one', async () => {
    const crowd = Array.from({ length: 40 }, () => person());
    await Promise.all(
      crowd.flatMap((one, n) => {
        const [a, b] =
          n % 2 ? [core.get(IntakeService), twin.intake] : [twin.intake, core.get(IntakeService)];
        // told by one process under the chat, by the other perhaps under the address alone
        const chat = n % 3 === 0 ? inChat(null) : inChat(one.value);
        return [
          a.sentElsewhere(wrote(one, { thread: chat }), one),
          b.receive(said(one)),
          a.receive(said(one, { text: 'sudah sampai mana?' })),
        ];
      }),
    );
    expect(await counts(crowd.map((p) => p.value))).toEqual({ customers: 40, cases: 40 });
    expect(await core.database.getRepository(Customer).count()).toBeGreaterThanOrEqual(40);
    await expectWhole(core.database);
  });

  it('keep the order of a chat in which both sides write', async () => {
    const wati = person();
    const telling: Promise<unknown>[] = [];
    for (let n = 0; n < 20; n++) {
      const sentAt = new Date(Date.UTC(2026, 10, 20, 5, n)).toISOString();
      const intake = core.get(IntakeService);
      telling.push(
        n % 2
          ? intake.sentElsewhere(wrote(wati, { text: String(n), sentAt }), wati)
          : intake.receive(said(wati, { text: `pesan ${String(n)}`, sentAt })),
      );
    }
    await Promise.all(telling);
    const { caseId } = await core.database
      .getRepository(Message)
      .findOneByOrFail({ channelId, text: 'pesan 0' });
    expect(await textsOf(caseId)).toEqual(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? `> ${String(n)}` : `< pesan ${String(n)}`)),
    );
    expect(await theCase(caseId)).toMatchObject({ waitingSince: null, messageCount: 20 });
  });
});

async function allEvents() {
  const all: Awaited<ReturnType<EventHistory['page']>>['items'] = [];
  for (let after: string | undefined; ;) {
    const page = await core
      .get(EventHistory)
      .page({ ...(after === undefined ? {} : { after }), limit: 500 }, true);
    all.push(...page.items);
    if (page.nextCursor === after) return all;
    after = page.nextCursor;
  }
}
