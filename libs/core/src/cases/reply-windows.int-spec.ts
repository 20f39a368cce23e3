import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@loket/platform/ids.js';
import { ChatDesk, cloudSection } from '../../../../test/support/chat-desk.js';
import type { TestCore } from '../../../../test/support/core.js';
import { Channel } from '../channels/channel.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { Message } from '../messages/message.entity.js';
import { ReplyOptions } from './reply-options.js';

const hour = 3_600_000;

let desk: ChatDesk;
let core: TestCore;
let cloud: string;
let web: string;
let mail: string;
beforeAll(async () => {
  desk = await ChatDesk.open();
  ({ core, cloud, web, mail } = desk);
});
afterAll(() => core.close());
beforeEach(() => desk.clear());

describe('the reply window', () => {
  it('ends a day after the customer last wrote, to the millisecond', async () => {
    const m = desk.chat(cloud, desk.newNumber());
    const { caseId } = await core.receive(m);
    const closes = new Date(Date.parse(m.sentAt) + 24 * hour).toISOString();
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ windowClosesAt: closes, blocked: null });
  });

  it.each([
    ['one second before its end', 24 * hour - 1_000, null],
    ['one second after its end', 24 * hour + 1_000, 'window_closed'],
  ])('%s', async (_, agoMs, blocked) => {
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber(), agoMs));
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ blocked, preferred: true });
    const attempt = desk.reply(caseId, { channelId: cloud });
    if (blocked === null) expect(await attempt).toMatchObject({ direction: 'outbound' });
    else await expect(attempt).rejects.toMatchObject({ code: 'reply_blocked', data: { blocked } });
    expect(await desk.answersIn(caseId)).toBe(blocked === null ? 1 : 0);
  });

  it('closes while the case is open, and opens again with the next message only', async () => {
    const number = desk.newNumber();
    const { caseId, customerId } = await core.receive(desk.chat(cloud, number, 23 * hour));
    await desk.reply(caseId);
    core.clock.advanceHours(1.5);
    // Nothing of ours opens it, whoever wrote it where.
    const own = await core.database.getRepository(Message).findOneByOrFail({ caseId, direction: 'outbound' });
    const now = core.clock.now();
    await core.database.getRepository(Message).insert({
      ...own,
      id: newId(),
      externalId: newId(),
      agentId: null,
      state: 'sent',
      sentAt: now,
      createdAt: now,
    });
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ blocked: 'window_closed' });
    const again = await core.receive(desk.chat(cloud, number, 0, { text: 'ada kabar?' }));
    expect(again).toMatchObject({ caseId, customerId });
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ blocked: null });
  });

  it('counts from when it was written, though it came late, and never from a clock that runs ahead', async () => {
    const number = desk.newNumber();
    const { caseId } = await core.receive(desk.chat(cloud, number, hour));
    const { windowClosesAt } = await desk.optionOn(caseId, cloud);
    await core.receive(desk.chat(cloud, number, 50 * hour));
    expect((await desk.optionOn(caseId, cloud)).windowClosesAt).toBe(windowClosesAt);
    await core.receive(desk.chat(cloud, number, -100 * hour));
    const closes = Date.parse((await desk.optionOn(caseId, cloud)).windowClosesAt ?? '');
    expect(closes - core.clock.now().getTime()).toBeLessThanOrEqual(24 * hour);
    expect(closes - core.clock.now().getTime()).toBeGreaterThan(24 * hour - 60_000);
  });

  it('is closed on a channel where the customer has never written', async () => {
    const { caseId } = await core.receive(desk.chat(web, desk.newNumber()));
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({
      blocked: 'window_closed',
      windowClosesAt: null,
    });
    expect(await desk.optionOn(caseId, web)).toMatchObject({
      blocked: null,
      windowClosesAt: null,
      preferred: true,
    });
  });

  it.each([
    ['his account id', { kind: 'bsuid', value: 'ID.bs1' }, null],
    ['the same number, known from a call', { kind: 'phone' }, null],
    ['another number of his', { kind: 'whatsapp', value: '+628129999901' }, 'window_closed'],
  ] as const)('is opened for a number by what came from %s', async (_, over, blocked) => {
    const number = desk.newNumber();
    const { caseId, customerId } = await core.receive(desk.chat(cloud, number, 30 * hour));
    const { kind, value } = { value: number, ...over };
    const identityId = newId();
    await core.database.getRepository(Identity).insert({
      id: identityId,
      customerId,
      kind,
      value,
      verbatim: value,
      proof: 'verified',
      source: 'test',
    });
    const first = await core.database.getRepository(Message).findOneByOrFail({ caseId });
    const now = core.clock.now();
    await core.database
      .getRepository(Message)
      .insert({ ...first, id: newId(), externalId: newId(), identityId, sentAt: now, createdAt: now });
    const option = (await desk.optionsOf(caseId)).find((o) => o.channelId === cloud && o.address === number);
    expect(option).toMatchObject({ blocked });
  });

  it('is found without reading what else was written, and with one question for all channels', async () => {
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber()));
    const second = await core.addChannel({ address: '+6281104', cloud: cloudSection }, 'whatsapp');
    const asked: string[] = [];
    const plans = await core.database.transaction(async (tx) => {
      // Tables of a test are too small for the planner to care.
      await tx.query('SET LOCAL enable_seqscan = off');
      const explained: string[] = [];
      const spy = new Proxy(tx, {
        get: (target, key) =>
          key !== 'query'
            ? (Reflect.get(target, key) as unknown)
            : async (sql: string, values: unknown[]) => {
                asked.push(sql);
                const rows: { 'QUERY PLAN': string }[] = await target.query(`EXPLAIN ${sql}`, values);
                explained.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
                return target.query<unknown>(sql, values);
              },
      });
      await core.get(ReplyOptions).routes(spy, caseId);
      return explained;
    });
    await core.database.getRepository(Channel).delete(second);
    expect(asked).toHaveLength(2);
    expect(plans[1]).toMatch(/Limit\s.*\n\s*->\s+Index (Only )?Scan Backward using messages_last_inbound/);
  });

  it('hides no stronger reason, and none is asked for where the settings are missing', async () => {
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    const channels = core.database.getRepository(Channel);
    await channels.update(cloud, { enabled: false });
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ blocked: 'channel_disabled' });
    await channels.update(cloud, { enabled: true });
    const bare = await core.addChannel({ address: '+6281102' }, 'whatsapp');
    expect(await desk.optionOn(caseId, bare)).toMatchObject({ windowClosesAt: null });
    await channels.delete(bare);
  });

  it('leaves a linked phone that is offline usable: what is written to it waits', async () => {
    const { caseId } = await core.receive(desk.chat(web, desk.newNumber(), 90 * hour));
    await core.database.getRepository(Channel).update(web, { status: 'disconnected' });
    expect(await desk.optionOn(caseId, web)).toMatchObject({ blocked: null, preferred: true });
    await core.database.getRepository(Channel).update(web, { status: 'connected' });
  });

  it('is one way to a number, however many channels it is known from', async () => {
    const number = desk.newNumber();
    const { caseId, customerId } = await core.receive(desk.chat(cloud, number));
    const identity = {
      customerId,
      value: number,
      verbatim: '0812',
      proof: 'verified',
      source: 'test',
    } as const;
    await core.database
      .getRepository(Identity)
      .insert({ id: newId(), kind: 'phone', ...identity, createdAt: new Date(0) });
    const options = await desk.optionsOf(caseId);
    expect(options.filter((o) => o.channelId === cloud)).toMatchObject([
      { address: number, preferred: true },
    ]);
    expect(options.filter((o) => o.channelId === web)).toHaveLength(1);
  });

  it('lets the answer go on by mail in the same case', async () => {
    const { caseId, customerId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    const address = `dewi${newId()}@mail.example`;
    await core.database.getRepository(Identity).insert({
      id: newId(),
      customerId,
      kind: 'email',
      value: address,
      verbatim: address,
      proof: 'verified',
      source: 'test',
    });
    expect(await desk.optionOn(caseId, cloud)).toMatchObject({ preferred: true, blocked: 'window_closed' });
    const byMail = await desk.optionOn(caseId, mail);
    const answer = await desk.reply(caseId, { channelId: mail, identityId: byMail.identityId });
    await desk.sentOut(answer.id);
    expect(core.sent[0]).toMatchObject({ to: { kind: 'email', value: address } });
  });
});
