import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AppError } from '@loket/contracts/errors.js';
import { newId } from '@loket/platform/ids.js';
import { ChatDesk, cloudSection, filled } from '../../../../test/support/chat-desk.js';
import { message, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { Channel } from '../channels/channel.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { FilesService } from './files.service.js';
import { Message } from './message.entity.js';
import { RepliesService } from './replies.service.js';

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

describe('a quote', () => {
  it('is of a message of the same case and channel, of either side, and goes out with the answer', async () => {
    const m = desk.chat(cloud, desk.newNumber());
    const { caseId, messageId } = await core.receive(m);
    const first = await desk.reply(caseId, { quoteId: messageId });
    const { externalId } = await desk.sentOut(first.id);
    const second = await desk.reply(caseId, { quoteId: first.id });
    await desk.sentOut(second.id);
    expect(core.sent.map(({ quote }) => quote)).toEqual([m.externalId, externalId]);
    expect(await desk.find(second.id)).toMatchObject({ quotesExternalId: externalId });
  });

  it('says by which channel the answer goes, when the agent does not', async () => {
    const number = desk.newNumber();
    const { caseId, messageId } = await core.receive(desk.chat(cloud, number));
    const elsewhere = await core.receive(desk.chat(web, number));
    await core.database
      .getRepository(Message)
      .update(elsewhere.messageId, { caseId, createdAt: new Date(core.clock.now().getTime() + 1) });
    expect(await desk.optionOn(caseId, web)).toMatchObject({ preferred: true });
    expect(await desk.reply(caseId, { quoteId: messageId })).toMatchObject({ channelId: cloud });
    await expect(desk.reply(caseId, { quoteId: messageId, channelId: web })).rejects.toMatchObject({
      code: 'quote_not_here',
    });
  });

  it('is refused for what the channel does not know', async () => {
    const { caseId, messageId } = await core.receive(
      desk.chat(cloud, desk.newNumber(), 0, { externalId: `sha256:${'a'.repeat(64)}` }),
    );
    const other = await core.receive(desk.chat(cloud, desk.newNumber()));
    core.script.push(() => ({ ok: false, failure: { code: 'rejected', reason: 'no', detail: null } }));
    const failed = await desk.reply(caseId);
    await until(
      () => desk.find(failed.id),
      (m) => m.state === 'failed',
    );
    for (const quoteId of [messageId, other.messageId, failed.id, newId()])
      await expect(desk.reply(caseId, { quoteId })).rejects.toMatchObject({
        kind: 'unprocessable',
        code: 'quote_not_here',
      });
    expect(await desk.answersIn(caseId)).toBe(1);
  });

  it('is refused where a channel has no such thing', async () => {
    const { caseId, messageId } = await core.receive(message(mail));
    await expect(desk.reply(caseId, { quoteId: messageId })).rejects.toMatchObject({
      code: 'quotes_unsupported',
    });
  });
});

describe('a template', () => {
  it('goes out when the window is closed, and reads in the case as the customer reads it', async () => {
    const { caseId, messageId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    const values = { ...filled.values, 'body.1': ' Dewi\n Lestari ', 'body.9': 'of no blank' };
    const answer = await desk.reply(caseId, { template: { ...filled, values }, quoteId: messageId });
    const text = 'Halo Dewi Lestari, pesanan A-17 sudah siap.\n\nToko Mug';
    expect(answer).toMatchObject({ text, template: 'order_ready', channelId: cloud });
    await desk.sentOut(answer.id);
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
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    await expect(desk.reply(caseId, { template })).rejects.toMatchObject({
      kind: 'unprocessable',
      code,
      ...(data ? { data } : {}),
    });
    expect(await desk.answersIn(caseId)).toBe(0);
  });

  it('takes one file of its kind, and none where it has no place for it', async () => {
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    const upload = (name: string, mediaType: string) =>
      core.get(FilesService).upload(Readable.from([Buffer.from(name)]), name, mediaType);
    const [image, sheet] = [
      await upload('mug.jpg', 'image/jpeg'),
      await upload('nota.pdf', 'application/pdf'),
    ];
    const template = { name: 'photo', language: 'id', values: {} };
    for (const attachments of [[sheet], [image, image]])
      await expect(desk.reply(caseId, { template, attachments })).rejects.toMatchObject({
        code: 'template_file_needed',
      });
    await expect(desk.reply(caseId, { template: filled, attachments: [image] })).rejects.toMatchObject({
      code: 'template_takes_no_file',
    });
    const answer = await desk.reply(caseId, { template, attachments: [image] });
    await desk.sentOut(answer.id);
    expect(core.sent[0]).toMatchObject({
      text: 'Ini fotonya.',
      attachments: [{ name: 'mug.jpg' }],
      template,
    });
  });

  it('written to a case that was merged goes to the one that stands for it', async () => {
    const number = desk.newNumber();
    const { caseId: root } = await core.receive(desk.chat(cloud, number, 30 * hour));
    const { caseId: merged } = await core.receive(desk.chat(web, desk.newNumber()));
    await core.database.query('UPDATE cases SET merged_into_id = $1 WHERE id = $2', [root, merged]);
    expect(await desk.reply(merged, { template: filled })).toMatchObject({ caseId: root, channelId: cloud });
    await expect(desk.reply(newId(), { template: filled })).rejects.toMatchObject({ code: 'case_not_found' });
  });

  it('cannot go where there are none, and is offered the channel that has them', async () => {
    const number = desk.newNumber();
    const { caseId } = await core.receive(desk.chat(web, number));
    await expect(desk.reply(caseId, { template: filled, channelId: web })).rejects.toMatchObject({
      code: 'templates_unsupported',
    });
    // The line of the company that has never heard of him may still write first, by template.
    expect(await desk.reply(caseId, { template: filled })).toMatchObject({ channelId: cloud });
  });

  it('waits for no channel while it holds the case, and passes on what the channel says', async () => {
    const fresh = await core.addChannel({ address: '+6281103', cloud: cloudSection }, 'whatsapp');
    const { caseId } = await core.receive(desk.chat(fresh, desk.newNumber(), 30 * hour));
    core.templates.answer = async () => {
      await core.database.transaction(async (tx) => {
        await tx.query(`SET LOCAL lock_timeout = '2s'`);
        await tx.query('SELECT FROM cases WHERE id = $1 FOR UPDATE', [caseId]);
      });
      throw new AppError('unprocessable', 'whatsapp_token_invalid', 'the token is not valid');
    };
    await expect(desk.reply(caseId, { template: filled, channelId: fresh })).rejects.toMatchObject({
      code: 'whatsapp_token_invalid',
    });
    await core.database.getRepository(Channel).update(fresh, { enabled: false });
  });

  it('is written once under an Idempotency-Key, also when the channel cannot tell any more what it was', async () => {
    const { caseId } = await core.receive(desk.chat(cloud, desk.newNumber(), 30 * hour));
    const create = () =>
      core
        .get(RepliesService)
        .create(caseId, { text: '', attachments: [], template: filled }, desk.agent, 'key-1');
    const first = await create();
    core.clock.advanceHours(0.2);
    core.templates.answer = () => {
      throw new AppError('unavailable', 'whatsapp_unreachable', 'away');
    };
    expect((await create()).id).toBe(first.id);
    expect(await desk.answersIn(caseId)).toBe(1);
  });
});
