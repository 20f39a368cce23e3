import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IntakeResult } from '@loket/contracts/inbound.js';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { message, startIntake, testSecret, type TestIntake } from '../../../../test/support/intake.js';
import { Case } from '../cases/case.entity.js';
import { mintCaseToken } from '../cases/case-token.js';
import { Customer } from '../customers/customer.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Event } from '../events/event.entity.js';
import { Message } from '../messages/message.entity.js';
import { Thread } from '../cases/thread.entity.js';
import { newId } from '@loket/platform/ids.js';

let url: TestDatabase;
let t: TestIntake;
let support: string;

beforeAll(async () => {
  url = await freshDatabase();
  t = await startIntake(url.url);
  support = await t.addChannel();
});
afterAll(async () => {
  await t.close();
  await url.drop();
});

const caseOf = (r: IntakeResult): Promise<Case> =>
  t.database.getRepository(Case).findOneByOrFail({ id: r.caseId ?? '' });

describe('a message', () => {
  it('from somebody new opens a case, a customer and a thread, and says why', async () => {
    const result = await t.intake.receive(
      message(support, { from: 'Rani@Shop.Example', sender: { name: 'Rani K' } }),
    );
    expect(result).toMatchObject({ status: 'accepted', match: { rule: 'new_case', score: 1 } });
    const opened = await caseOf(result);
    expect(opened).toMatchObject({
      subject: 'Mug retak',
      status: 'open',
      messageCount: 1,
      version: 2,
      channelKinds: ['email'],
    });
    expect(opened.number).toBeGreaterThan(1000);
    expect(opened.waitingSince).not.toBeNull();
    const [identity] = await t.database.getRepository(Identity).findBy({ customerId: opened.customerId });
    expect(identity).toMatchObject({
      value: 'rani@shop.example',
      verbatim: 'Rani@Shop.Example',
      proof: 'claimed',
      resolves: true,
    });
    const events = await t.database
      .getRepository(Event)
      .find({ where: { caseId: opened.id }, order: { id: 'ASC' } });
    expect(events.map((e) => [e.type, e.version])).toEqual([
      ['case.opened', 1],
      ['message.received', 2],
    ]);
  });

  it('delivered again is known, also by four feeders at once', async () => {
    const one = message(support);
    const results = await Promise.all([1, 2, 3, 4].map(() => t.intake.receive({ ...one })));
    expect(results.map((r) => r.status).sort()).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate']);
    expect(new Set(results.map((r) => r.messageId)).size).toBe(1);
    expect(await t.database.getRepository(Message).countBy({ externalId: one.externalId })).toBe(1);
  });

  it('with NUL and half a surrogate pair is stored all the same', async () => {
    const result = await t.intake.receive(message(support, { text: 'a\u0000b\ud800', subject: 's\u0000' }));
    const stored = await t.database.getRepository(Message).findOneByOrFail({ id: result.messageId ?? '' });
    expect(stored.text).toBe('ab\ufffd');
  });
});

describe('two deliveries at once', () => {
  it('of one mail through two processes store it once', async () => {
    const other = await startIntake(url.url);
    try {
      const mails = Array.from({ length: 40 }, () => message(support));
      const results = await Promise.all(
        mails.flatMap((m) => [
          t.intake.receive({ ...m }),
          other.intake.receive({ ...m }),
          t.intake.receive({ ...m }),
        ]),
      );
      expect(results.filter((r) => r.status === 'accepted')).toHaveLength(40);
      expect(results.filter((r) => r.status === 'duplicate')).toHaveLength(80);
    } finally {
      await other.close();
    }
  });

  it('of two mails of one thread, by two people, open one case', async () => {
    const other = await startIntake(url.url);
    try {
      for (let round = 0; round < 10; round++) {
        const root = `root-${newId()}@elsewhere.example`;
        const [a, b] = await Promise.all([
          t.intake.receive(message(support, { thread: { references: [root], inReplyTo: root } })),
          other.intake.receive(message(support, { thread: { references: [root], inReplyTo: root } })),
        ]);
        expect(a.caseId).toBe(b.caseId);
        expect([a.match?.rule, b.match?.rule].sort()).toEqual(['new_case', 'thread_reference']);
      }
    } finally {
      await other.close();
    }
  });

  it('from one newcomer make one customer', async () => {
    const from = `burst-${newId()}@customer.example`;
    const results = await Promise.all(
      Array.from({ length: 12 }, () => t.intake.receive(message(support, { from }))),
    );
    expect(new Set(results.map((r) => r.customerId)).size).toBe(1);
    expect(await t.database.getRepository(Identity).countBy({ value: from })).toBe(1);
  });

  it('to one case keep its versions and counters whole', async () => {
    const first = message(support);
    const opened = await t.intake.receive(first);
    await Promise.all(
      Array.from({ length: 30 }, () =>
        t.intake.receive(
          message(support, { thread: { inReplyTo: first.externalId, references: [first.externalId] } }),
        ),
      ),
    );
    const state = await caseOf(opened);
    expect(state.messageCount).toBe(31);
    const events = await t.database
      .getRepository(Event)
      .find({ where: { caseId: state.id }, order: { id: 'ASC' } });
    expect(events.map((e) => e.version)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
    expect(state.version).toBe(32);
    const messages = await t.database
      .getRepository(Message)
      .find({ where: { caseId: state.id }, order: { createdAt: 'ASC' } });
    expect(new Set(messages.map((m) => m.createdAt.getTime())).size).toBe(31);
  });
});

describe('an answer', () => {
  it('reopens a resolved case; an out-of-office does not', async () => {
    const first = message(support, { from: `ooo-${newId()}@customer.example` });
    const from = first.sender.value;
    const opened = await t.intake.receive(first);
    await t.database
      .getRepository(Case)
      .update(opened.caseId ?? '', { status: 'resolved', resolvedAt: new Date(), waitingSince: null });
    const thread = { inReplyTo: first.externalId, references: [first.externalId] };
    const away = await t.intake.receive(
      message(support, { from, thread, automatic: 'auto_reply', text: 'Saya cuti' }),
    );
    expect(away.caseId).toBe(opened.caseId);
    expect(await caseOf(opened)).toMatchObject({ status: 'resolved', waitingSince: null, messageCount: 2 });
    const back = await t.intake.receive(message(support, { from, thread }));
    expect(back).toMatchObject({ caseId: opened.caseId, match: { rule: 'thread_reference' } });
    const reopened = await caseOf(opened);
    expect(reopened).toMatchObject({ status: 'open', resolvedAt: null });
    expect(reopened.waitingSince).not.toBeNull();
    const types = (
      await t.database.getRepository(Event).find({ where: { caseId: reopened.id }, order: { id: 'ASC' } })
    ).map((e) => e.type);
    expect(types).toEqual([
      'case.opened',
      'message.received',
      'message.received',
      'case.reopened',
      'message.received',
    ]);
  });

  it('by our token joins for a participant and not for a stranger', async () => {
    const first = message(support);
    const opened = await t.intake.receive(first);
    const tokens = [mintCaseToken(testSecret, opened.caseNumber ?? 0)];
    const own = await t.intake.receive(message(support, { from: first.sender.value, thread: { tokens } }));
    expect(own).toMatchObject({ caseId: opened.caseId, match: { rule: 'signed_token' } });
    const stranger = await t.intake.receive(message(support, { thread: { tokens } }));
    expect(stranger.caseId).not.toBe(opened.caseId);
    const forged = await t.intake.receive(
      message(support, {
        from: first.sender.value,
        subject: 'Jam buka',
        text: 'Apakah toko buka hari Minggu?',
        thread: { tokens: [mintCaseToken(`${testSecret}!`, opened.caseNumber ?? 0)] },
      }),
    );
    expect(forged.caseId).not.toBe(opened.caseId);
  });

  it('by number joins for a participant and not for a stranger (zammad#2444)', async () => {
    const first = message(support);
    const opened = await t.intake.receive(first);
    const subject = `Re: Mug retak [#${String(opened.caseNumber)}]`;
    const own = await t.intake.receive(message(support, { from: first.sender.value, subject }));
    expect(own).toMatchObject({ caseId: opened.caseId, match: { rule: 'case_number' } });
    const stranger = await t.intake.receive(message(support, { subject }));
    expect(stranger.caseId).not.toBe(opened.caseId);
    expect(stranger.match?.evidence).toContainEqual({ code: 'number_of_strangers_case' });
  });

  it('that overtakes what it answers brings both into one case', async () => {
    const original = message(support);
    const answer = await t.intake.receive(
      message(support, { thread: { inReplyTo: original.externalId, references: [original.externalId] } }),
    );
    const late = await t.intake.receive(original);
    expect(late).toMatchObject({
      status: 'accepted',
      caseId: answer.caseId,
      match: { rule: 'thread_reference' },
    });
  });

  it('to the same mail in two mailboxes: two messages, one case (zammad#4485)', async () => {
    const sales = await t.addChannel();
    const mail = message(support);
    const [a, b] = await Promise.all([
      t.intake.receive(mail),
      t.intake.receive({ ...mail, channelId: sales }),
    ]);
    expect(a.messageId).not.toBe(b.messageId);
    expect(a.caseId).toBe(b.caseId);
  });

  it('whose sender is disowned by his domain joins nothing and nobody', async () => {
    const first = message(support, { sender: { proof: 'verified' } });
    const opened = await t.intake.receive(first);
    const forged = (): ReturnType<typeof message> =>
      message(support, {
        from: first.sender.value,
        sender: { proof: 'failed' },
        subject: `[#${String(opened.caseNumber)}]`,
        thread: {
          references: [first.externalId],
          tokens: [mintCaseToken(testSecret, opened.caseNumber ?? 0)],
        },
      });
    const one = await t.intake.receive(forged());
    expect(one.caseId).not.toBe(opened.caseId);
    expect(one.customerId).not.toBe(opened.customerId);
    expect(one.match?.evidence).toContainEqual({ code: 'sender_proof_failed' });
    const two = await t.intake.receive(forged());
    expect(two.customerId).toBe(one.customerId);
    const honest = await t.intake.receive(
      message(support, { from: first.sender.value, sender: { proof: 'verified' } }),
    );
    expect(honest.customerId).toBe(opened.customerId);
  });

  it('proves an address that was only claimed', async () => {
    const first = message(support);
    const opened = await t.intake.receive(first);
    await t.intake.receive(
      message(support, {
        from: first.sender.value,
        sender: { proof: 'verified', evidence: ['dmarc=pass by mx.example.com'] },
      }),
    );
    const [identity] = await t.database
      .getRepository(Identity)
      .findBy({ customerId: opened.customerId ?? '' });
    expect(identity).toMatchObject({ proof: 'verified', evidence: ['dmarc=pass by mx.example.com'] });
  });
});

describe('a bounce', () => {
  it('marks the message that it is about and the address that does not exist', async () => {
    const first = message(support);
    const opened = await t.intake.receive(first);
    const incoming = await t.database.getRepository(Message).findOneByOrFail({ id: opened.messageId ?? '' });
    const sentId = newId();
    const externalId = `${sentId}.lk@shop.example`;
    await t.database.getRepository(Message).insert({
      ...incoming,
      id: sentId,
      direction: 'outbound',
      externalId,
      state: 'sent',
      matchEvidence: null,
      createdAt: new Date(),
    });
    await t.database.query('INSERT INTO thread_refs (ref, thread_id) VALUES ($1, $2)', [
      externalId,
      incoming.threadId,
    ]);
    const bounce = await t.intake.receive(
      message(support, {
        from: 'mailer-daemon@mx.example',
        automatic: 'bounce',
        bounce: {
          about: [externalId],
          tokens: [],
          recipient: first.sender.value,
          status: '5.1.1',
          permanent: true,
          diagnostic: '550 5.1.1 no such user',
        },
      }),
    );
    expect(bounce).toMatchObject({ caseId: opened.caseId, match: { rule: 'bounced_original' } });
    const failed = await t.database.getRepository(Message).findOneByOrFail({ id: sentId });
    expect(failed).toMatchObject({ state: 'failed', stateReason: 'bounced', bouncedById: bounce.messageId });
    const [identity] = await t.database
      .getRepository(Identity)
      .findBy({ customerId: opened.customerId ?? '' });
    expect(identity?.undeliverableAt).not.toBeNull();
  });
});

describe('a conversation', () => {
  it('goes on in its case, and opens a new one long after it was closed', async () => {
    const chat = await t.addChannel('whatsapp');
    const from = '6281288412207@c.us';
    const say = (): ReturnType<typeof message> =>
      message(chat, { sender: { kind: 'whatsapp', value: from, proof: 'verified' }, subject: null });
    const one = await t.intake.receive(say());
    const two = await t.intake.receive(say());
    expect(two).toMatchObject({ caseId: one.caseId, match: { rule: 'same_conversation' } });
    await t.database
      .getRepository(Case)
      .update(one.caseId ?? '', { status: 'resolved', resolvedAt: t.clock.now() });
    t.clock.advanceHours(71);
    const three = await t.intake.receive(say());
    expect(three.caseId).toBe(one.caseId);
    await t.database
      .getRepository(Case)
      .update(one.caseId ?? '', { status: 'resolved', resolvedAt: t.clock.now() });
    t.clock.advanceHours(73);
    const four = await t.intake.receive(say());
    expect(four.caseId).not.toBe(one.caseId);
    expect(four.customerId).toBe(one.customerId);
    const five = await t.intake.receive(say());
    expect(five.caseId).toBe(four.caseId);
    expect(await t.database.getRepository(Thread).countBy({ channelId: chat })).toBe(1);
  });

  it('that begins with a photo is named by the first words that follow', async () => {
    const chat = await t.addChannel('whatsapp');
    const sender = { kind: 'whatsapp' as const, value: '628999000111@c.us', proof: 'verified' as const };
    const say = (text: string) => t.intake.receive(message(chat, { sender, subject: null, text }));
    const photo = await say('');
    expect((await caseOf(photo)).subject).toBe('');
    for (const text of ['lampunya mati total', 'garansi masih ada'])
      expect((await say(text)).caseId).toBe(photo.caseId);
    expect((await caseOf(photo)).subject).toBe('lampunya mati total');
  });

  it('has ids of its own: the same ones on another channel are about something else', async () => {
    const [here, there] = [await t.addChannel('webchat'), await t.addChannel('phone')];
    const say = (channelId: string, from: string): ReturnType<typeof message> =>
      message(channelId, { externalId: '1', sender: { kind: 'external', value: from } });
    const one = await t.intake.receive(say(here, 'visitor-1'));
    const other = await t.intake.receive(say(there, 'caller-1'));
    expect(other).toMatchObject({ status: 'accepted', match: { rule: 'new_case' } });
    expect(other.caseId).not.toBe(one.caseId);
    const mailed = await t.intake.receive(
      message(support, { thread: { inReplyTo: '1', references: ['1'] } }),
    );
    expect([one.caseId, other.caseId]).not.toContain(mailed.caseId);
  });
});

describe('a message that cannot be stored', () => {
  it('is quarantined after three tries, alone, while its neighbours go through', async () => {
    const good = Array.from({ length: 20 }, () => message(support));
    // what no schema would let through, as a stand-in for what nobody has thought of
    const bad = message(support, { sentAt: 'the day before yesterday' });
    const results = await Promise.all(
      [...good.slice(0, 10), bad, ...good.slice(10)].map((m) => t.intake.receive(m)),
    );
    expect(results.filter((r) => r.status === 'accepted')).toHaveLength(20);
    expect(results[10]).toMatchObject({ status: 'quarantined', messageId: null });
  });
});

describe('customers', () => {
  it('are never doubled by the storms above', async () => {
    const doubled: unknown[] = await t.database.query(
      'SELECT kind, value FROM identities WHERE resolves GROUP BY 1, 2 HAVING count(*) > 1',
    );
    expect(doubled).toEqual([]);
    expect(await t.database.getRepository(Customer).count()).toBeGreaterThan(0);
  });
});
