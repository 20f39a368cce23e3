import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CreateReply, ReplyOption, TimelineMessage } from '@loket/contracts/cases.js';
import type { NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import { AppError } from '@loket/contracts/errors.js';
import type { Template } from '@loket/contracts/templates.js';
import { newId } from '@loket/platform/ids.js';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { CasesService } from '../cases/cases.service.js';
import { ReplyOptions } from '../cases/reply-options.js';
import { Channel } from '../channels/channel.entity.js';
import { Identity } from '../customers/identity.entity.js';
import { FilesService } from './files.service.js';
import { Message } from './message.entity.js';
import { RepliesService } from './replies.service.js';

const hour = 3_600_000;
const cloudSection = { phoneNumberId: '1065', markRead: false };
const order: Template = {
  name: 'order_ready',
  language: 'id',
  category: 'UTILITY',
  header: null,
  body: 'Halo {{1}}, pesanan {{2}} sudah siap.',
  footer: 'Toko Mug',
  buttons: ['Lacak'],
  blanks: [
    { key: 'body.1', kind: 'text', example: 'Dewi' },
    { key: 'body.2', kind: 'text', example: 'A-17' },
    { key: 'button.0', kind: 'text', example: null },
  ],
};
const photo: Template = {
  ...order,
  name: 'photo',
  body: 'Ini fotonya.',
  footer: null,
  buttons: [],
  blanks: [{ key: 'header.media', kind: 'image', example: null }],
};
const filled = {
  name: 'order_ready',
  language: 'id',
  values: { 'body.1': 'Dewi', 'body.2': 'A-17', 'button.0': 'a17' },
};

let core: TestCore;
let cloud: string;
let web: string;
let mail: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  cloud = await core.addChannel({ address: '+6281100', cloud: cloudSection }, 'whatsapp');
  web = await core.addChannel({ address: '+6281101', web: {} }, 'whatsapp');
  mail = await core.addChannel();
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());
beforeEach(() => {
  core.sent.length = 0;
  core.templates.answer = () => [order, photo];
});

let numbers = 0;
const newNumber = (): string => `+62812700${String(++numbers).padStart(5, '0')}`;
/** a chat message from a number, `agoMs` ago */
function chat(
  channelId: string,
  number: string,
  agoMs = 0,
  over: { sender?: Partial<Sender>; externalId?: string; text?: string } = {},
): NormalizedMessage {
  const at = new Date(core.clock.now().getTime() - agoMs).toISOString();
  return message(channelId, {
    ...(over.externalId ? { externalId: over.externalId } : {}),
    subject: null,
    sentAt: at,
    text: over.text ?? `Halo, pesanan saya ${newId()} belum datang`,
    sender: { kind: 'whatsapp', value: number, proof: 'verified', ...over.sender },
    thread: { conversation: `${channelId}:${number}` },
  });
}
const optionsOf = async (caseId: string): Promise<ReplyOption[]> =>
  (await core.get(CasesService).get(caseId)).replyOptions;
const optionOn = async (caseId: string, channelId: string): Promise<ReplyOption> => {
  const found = (await optionsOf(caseId)).find((o) => o.channelId === channelId);
  if (!found) throw new Error('no such option');
  return found;
};
async function reply(caseId: string, over: Partial<CreateReply> = {}): Promise<TimelineMessage> {
  const item = await core
    .get(RepliesService)
    .create(caseId, { text: over.template ? '' : 'Sebentar ya.', attachments: [], ...over }, rina);
  if (item.type !== 'message') throw new Error('an answer is a message');
  return item;
}
const find = (id: string): Promise<Message> => core.database.getRepository(Message).findOneByOrFail({ id });
const sentOut = (id: string): Promise<Message> =>
  until(
    () => find(id),
    (m) => m.state === 'sent',
  );
const answersIn = (caseId: string): Promise<number> =>
  core.database.getRepository(Message).countBy({ caseId, direction: 'outbound' });

describe('the reply window', () => {
  it('ends a day after the customer last wrote, to the millisecond', async () => {
    const m = chat(cloud, newNumber());
    const { caseId } = await core.receive(m);
    const closes = new Date(Date.parse(m.sentAt) + 24 * hour).toISOString();
    expect(await optionOn(caseId, cloud)).toMatchObject({ windowClosesAt: closes, blocked: null });
  });

  it.each([
    ['one second before its end', 24 * hour - 1_000, null],
    ['one second after its end', 24 * hour + 1_000, 'window_closed'],
  ])('%s', async (_, agoMs, blocked) => {
    const { caseId } = await core.receive(chat(cloud, newNumber(), agoMs));
    expect(await optionOn(caseId, cloud)).toMatchObject({ blocked, preferred: true });
    const attempt = reply(caseId, { channelId: cloud });
    if (blocked === null) expect(await attempt).toMatchObject({ direction: 'outbound' });
    else await expect(attempt).rejects.toMatchObject({ code: 'reply_blocked', data: { blocked } });
    expect(await answersIn(caseId)).toBe(blocked === null ? 1 : 0);
  });

  it('closes while the case is open, and opens again with the next message only', async () => {
    const number = newNumber();
    const { caseId, customerId } = await core.receive(chat(cloud, number, 23 * hour));
    await reply(caseId);
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
    expect(await optionOn(caseId, cloud)).toMatchObject({ blocked: 'window_closed' });
    const again = await core.receive(chat(cloud, number, 0, { text: 'ada kabar?' }));
    expect(again).toMatchObject({ caseId, customerId });
    expect(await optionOn(caseId, cloud)).toMatchObject({ blocked: null });
  });

  it('counts from when it was written, though it came late, and never from a clock that runs ahead', async () => {
    const number = newNumber();
    const { caseId } = await core.receive(chat(cloud, number, hour));
    const { windowClosesAt } = await optionOn(caseId, cloud);
    await core.receive(chat(cloud, number, 50 * hour));
    expect((await optionOn(caseId, cloud)).windowClosesAt).toBe(windowClosesAt);
    await core.receive(chat(cloud, number, -100 * hour));
    const closes = Date.parse((await optionOn(caseId, cloud)).windowClosesAt ?? '');
    expect(closes - core.clock.now().getTime()).toBeLessThanOrEqual(24 * hour);
    expect(closes - core.clock.now().getTime()).toBeGreaterThan(24 * hour - 60_000);
  });

  it('is closed on a channel where the customer has never written', async () => {
    const { caseId } = await core.receive(chat(web, newNumber()));
    expect(await optionOn(caseId, cloud)).toMatchObject({ blocked: 'window_closed', windowClosesAt: null });
    expect(await optionOn(caseId, web)).toMatchObject({
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
    const number = newNumber();
    const { caseId, customerId } = await core.receive(chat(cloud, number, 30 * hour));
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
    const option = (await optionsOf(caseId)).find((o) => o.channelId === cloud && o.address === number);
    expect(option).toMatchObject({ blocked });
  });

  it('is found without reading what else was written, and with one question for all channels', async () => {
    const { caseId } = await core.receive(chat(cloud, newNumber()));
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
    const { caseId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
    const channels = core.database.getRepository(Channel);
    await channels.update(cloud, { enabled: false });
    expect(await optionOn(caseId, cloud)).toMatchObject({ blocked: 'channel_disabled' });
    await channels.update(cloud, { enabled: true });
    const bare = await core.addChannel({ address: '+6281102' }, 'whatsapp');
    expect(await optionOn(caseId, bare)).toMatchObject({ windowClosesAt: null });
    await channels.delete(bare);
  });

  it('leaves a linked phone that is offline usable: what is written to it waits', async () => {
    const { caseId } = await core.receive(chat(web, newNumber(), 90 * hour));
    await core.database.getRepository(Channel).update(web, { status: 'disconnected' });
    expect(await optionOn(caseId, web)).toMatchObject({ blocked: null, preferred: true });
    await core.database.getRepository(Channel).update(web, { status: 'connected' });
  });

  it('is one way to a number, however many channels it is known from', async () => {
    const number = newNumber();
    const { caseId, customerId } = await core.receive(chat(cloud, number));
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
    const options = await optionsOf(caseId);
    expect(options.filter((o) => o.channelId === cloud)).toMatchObject([
      { address: number, preferred: true },
    ]);
    expect(options.filter((o) => o.channelId === web)).toHaveLength(1);
  });

  it('lets the answer go on by mail in the same case', async () => {
    const { caseId, customerId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
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
    expect(await optionOn(caseId, cloud)).toMatchObject({ preferred: true, blocked: 'window_closed' });
    const byMail = await optionOn(caseId, mail);
    const answer = await reply(caseId, { channelId: mail, identityId: byMail.identityId });
    await sentOut(answer.id);
    expect(core.sent[0]).toMatchObject({ to: { kind: 'email', value: address } });
  });
});

describe('a quote', () => {
  it('is of a message of the same case and channel, of either side, and goes out with the answer', async () => {
    const m = chat(cloud, newNumber());
    const { caseId, messageId } = await core.receive(m);
    const first = await reply(caseId, { quoteId: messageId });
    const { externalId } = await sentOut(first.id);
    const second = await reply(caseId, { quoteId: first.id });
    await sentOut(second.id);
    expect(core.sent.map(({ quote }) => quote)).toEqual([m.externalId, externalId]);
    expect(await find(second.id)).toMatchObject({ quotesExternalId: externalId });
  });

  it('says by which channel the answer goes, when the agent does not', async () => {
    const number = newNumber();
    const { caseId, messageId } = await core.receive(chat(cloud, number));
    const elsewhere = await core.receive(chat(web, number));
    await core.database
      .getRepository(Message)
      .update(elsewhere.messageId, { caseId, createdAt: new Date(core.clock.now().getTime() + 1) });
    expect(await optionOn(caseId, web)).toMatchObject({ preferred: true });
    expect(await reply(caseId, { quoteId: messageId })).toMatchObject({ channelId: cloud });
    await expect(reply(caseId, { quoteId: messageId, channelId: web })).rejects.toMatchObject({
      code: 'quote_not_here',
    });
  });

  it('is refused for what the channel does not know', async () => {
    const { caseId, messageId } = await core.receive(
      chat(cloud, newNumber(), 0, { externalId: `sha256:${'a'.repeat(64)}` }),
    );
    const other = await core.receive(chat(cloud, newNumber()));
    core.script.push(() => ({ ok: false, failure: { code: 'rejected', reason: 'no', detail: null } }));
    const failed = await reply(caseId);
    await until(
      () => find(failed.id),
      (m) => m.state === 'failed',
    );
    for (const quoteId of [messageId, other.messageId, failed.id, newId()])
      await expect(reply(caseId, { quoteId })).rejects.toMatchObject({
        kind: 'unprocessable',
        code: 'quote_not_here',
      });
    expect(await answersIn(caseId)).toBe(1);
  });

  it('is refused where a channel has no such thing', async () => {
    const { caseId, messageId } = await core.receive(message(mail));
    await expect(reply(caseId, { quoteId: messageId })).rejects.toMatchObject({ code: 'quotes_unsupported' });
  });
});

describe('a template', () => {
  it('goes out when the window is closed, and reads in the case as the customer reads it', async () => {
    const { caseId, messageId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
    const values = { ...filled.values, 'body.1': ' Dewi\n Lestari ', 'body.9': 'of no blank' };
    const answer = await reply(caseId, { template: { ...filled, values }, quoteId: messageId });
    const text = 'Halo Dewi Lestari, pesanan A-17 sudah siap.\n\nToko Mug';
    expect(answer).toMatchObject({ text, template: 'order_ready', channelId: cloud });
    await sentOut(answer.id);
    expect(core.sent[0]).toMatchObject({
      text,
      html: null,
      template: { ...filled, values: { ...filled.values, 'body.1': 'Dewi Lestari' } },
    });
    expect(Object.keys(core.sent[0]?.template?.values ?? {})).not.toContain('body.9');
    expect((await core.get(CasesService).get(caseId)).preview).toContain('pesanan A-17');
  });

  it.each([
    ['nobody has approved', { ...filled, name: 'other' }, 'template_not_found', undefined],
    ['in another language', { ...filled, language: 'en' }, 'template_not_found', undefined],
    [
      'with a blank left out',
      { ...filled, values: { 'body.1': 'Dewi', 'button.0': 'x' } },
      'template_value_missing',
      { key: 'body.2' },
    ],
    [
      'with an empty blank',
      { ...filled, values: { ...filled.values, 'button.0': ' \n' } },
      'template_value_missing',
      { key: 'button.0' },
    ],
    [
      'without its file',
      { name: 'photo', language: 'id', values: {} },
      'template_file_needed',
      { key: 'header.media', kind: 'image' },
    ],
  ])('%s is refused', async (_, template, code, data) => {
    const { caseId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
    await expect(reply(caseId, { template })).rejects.toMatchObject({
      kind: 'unprocessable',
      code,
      ...(data ? { data } : {}),
    });
    expect(await answersIn(caseId)).toBe(0);
  });

  it('takes one file of its kind, and none where it has no place for it', async () => {
    const { caseId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
    const upload = (name: string, mediaType: string) =>
      core.get(FilesService).upload(Readable.from([Buffer.from(name)]), name, mediaType);
    const [image, sheet] = [
      await upload('mug.jpg', 'image/jpeg'),
      await upload('nota.pdf', 'application/pdf'),
    ];
    const template = { name: 'photo', language: 'id', values: {} };
    for (const attachments of [[sheet], [image, image]])
      await expect(reply(caseId, { template, attachments })).rejects.toMatchObject({
        code: 'template_file_needed',
      });
    await expect(reply(caseId, { template: filled, attachments: [image] })).rejects.toMatchObject({
      code: 'template_takes_no_file',
    });
    const answer = await reply(caseId, { template, attachments: [image] });
    await sentOut(answer.id);
    expect(core.sent[0]).toMatchObject({
      text: 'Ini fotonya.',
      attachments: [{ name: 'mug.jpg' }],
      template,
    });
  });

  it('written to a case that was merged goes to the one that stands for it', async () => {
    const number = newNumber();
    const { caseId: root } = await core.receive(chat(cloud, number, 30 * hour));
    const { caseId: merged } = await core.receive(chat(web, newNumber()));
    await core.database.query('UPDATE cases SET merged_into_id = $1 WHERE id = $2', [root, merged]);
    expect(await reply(merged, { template: filled })).toMatchObject({ caseId: root, channelId: cloud });
    await expect(reply(newId(), { template: filled })).rejects.toMatchObject({ code: 'case_not_found' });
  });

  it('cannot go where there are none, and is offered the channel that has them', async () => {
    const number = newNumber();
    const { caseId } = await core.receive(chat(web, number));
    await expect(reply(caseId, { template: filled, channelId: web })).rejects.toMatchObject({
      code: 'templates_unsupported',
    });
    // The line of the company that has never heard of him may still write first, by template.
    expect(await reply(caseId, { template: filled })).toMatchObject({ channelId: cloud });
  });

  it('waits for no channel while it holds the case, and passes on what the channel says', async () => {
    const fresh = await core.addChannel({ address: '+6281103', cloud: cloudSection }, 'whatsapp');
    const { caseId } = await core.receive(chat(fresh, newNumber(), 30 * hour));
    core.templates.answer = async () => {
      await core.database.transaction(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = '2s'`);
        await tx.query('SELECT FROM cases WHERE id = $1 FOR UPDATE', [caseId]);
      });
      throw new AppError('unprocessable', 'whatsapp_token_invalid', 'the token is not valid');
    };
    await expect(reply(caseId, { template: filled, channelId: fresh })).rejects.toMatchObject({
      code: 'whatsapp_token_invalid',
    });
    await core.database.getRepository(Channel).update(fresh, { enabled: false });
  });

  it('is written once under an Idempotency-Key, also when the channel cannot tell any more what it was', async () => {
    const { caseId } = await core.receive(chat(cloud, newNumber(), 30 * hour));
    const create = () =>
      core.get(RepliesService).create(caseId, { text: '', attachments: [], template: filled }, rina, 'key-1');
    const first = await create();
    core.clock.advanceHours(0.2);
    core.templates.answer = () => {
      throw new AppError('unavailable', 'whatsapp_unreachable', 'away');
    };
    expect((await create()).id).toBe(first.id);
    expect(await answersIn(caseId)).toBe(1);
  });
});
