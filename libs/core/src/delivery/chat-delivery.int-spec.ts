import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { AppError } from '@loket/contracts/errors.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { ChannelErrorCode, DeliveryState, SendOutcome } from '@loket/contracts/outbound.js';
import { accepted, message, startCore, type TestCore } from '../../../../test/support/core.js';
import { until } from '../../../../test/support/until.js';
import { Channel } from '../channels/channel.entity.js';
import { Message } from '../messages/message.entity.js';
import { RepliesService } from '../messages/replies.service.js';
import { Outbox } from './outbox.js';
import { Receipts } from './receipts.js';

let core: TestCore;
let channelId: string;
let rina: { id: string; name: string };
beforeAll(async () => {
  core = await startCore();
  channelId = await core.addChannel({ address: '+6281100', cloud: { phoneNumberId: '1' } }, 'whatsapp');
  rina = await core.addAgent('Rina');
});
afterAll(() => core.close());
beforeEach(() => {
  for (const told of [core.sent, core.script, core.marked, core.markReadScript]) told.length = 0;
});

let numbers = 0;
function chat(over: Partial<NormalizedMessage> = {}, number?: string, to = channelId): NormalizedMessage {
  const value = number ?? `+62812800${String(++numbers).padStart(5, '0')}`;
  return message(to, {
    subject: null,
    text: 'Halo kak',
    sentAt: core.clock.now().toISOString(),
    sender: { kind: 'whatsapp', value, proof: 'verified' },
    thread: { conversation: `${to}:${value}` },
    ...over,
  });
}
async function reply(caseId: string): Promise<TimelineMessage> {
  const item = await core.get(RepliesService).create(caseId, { text: 'Sebentar ya.', attachments: [] }, rina);
  if (item.type !== 'message') throw new Error('an answer is a message');
  return item;
}
const find = (id: string): Promise<Message> => core.database.getRepository(Message).findOneByOrFail({ id });
const become = (id: string, state: DeliveryState): Promise<Message> =>
  until(
    () => find(id),
    (m) => m.state === state,
  );
const failing = (code: ChannelErrorCode, reason: string) => (): SendOutcome => ({
  ok: false,
  failure: { code, reason, detail: null },
});
/** Lets everything happen that still might: an answer to somebody else, marked as it should be. */
async function settled(): Promise<void> {
  const m = chat();
  const { caseId } = await core.receive(m);
  await become((await reply(caseId)).id, 'sent');
  await until(() => core.marked.some(({ externalId }) => externalId === m.externalId));
  core.marked.splice(
    core.marked.findIndex(({ externalId }) => externalId === m.externalId),
    1,
  );
}
const markedIds = (): string[] => core.marked.map(({ externalId }) => externalId);

describe('messages of the customer', () => {
  it('show as read once an answer has left: the newest of the chat, once', async () => {
    const number = '+628129000001';
    const [first, second] = [chat({}, number), chat({ text: 'ada?' }, number)];
    const { caseId } = await core.receive(first);
    await core.receive(second);
    expect(core.marked).toEqual([]);
    await become((await reply(caseId)).id, 'sent');
    await until(() => core.marked.length > 0);
    await become((await reply(caseId)).id, 'sent');
    await settled();
    expect(core.marked).toEqual([{ channelId, externalId: second.externalId }]);
    const third = chat({ text: 'ok' }, number);
    await core.receive(third);
    await become((await reply(caseId)).id, 'sent');
    await until(() => core.marked.length > 1);
    expect(markedIds()).toEqual([second.externalId, third.externalId]);
  });

  it('do not, as long as the answer has not left, nor what came in while it waited', async () => {
    const number = '+628129000002';
    const before = chat({}, number);
    const { caseId } = await core.receive(before);
    core.script.push(failing('rejected', 'whatsapp_opted_out'));
    const { id } = await reply(caseId);
    await become(id, 'failed');
    await settled();
    expect(core.marked).toEqual([]);
    await core.receive(chat({ text: 'halo?' }, number));
    await core.get(Receipts).retry(id, rina.id);
    await become(id, 'sent');
    await until(() => core.marked.length > 0);
    expect(markedIds()).toEqual([before.externalId]);
  });

  it.each([
    ['the settings forbid it', { cloud: { phoneNumberId: '2', markRead: false } }],
    ['the channel has no such thing', { web: {} }],
  ])('do not when %s', async (_, config) => {
    const other = await core.addChannel({ address: '+6281109', ...config }, 'whatsapp');
    const { caseId } = await core.receive(chat({}, undefined, other));
    await become((await reply(caseId)).id, 'sent');
    await settled();
    expect(core.marked).toEqual([]);
  });

  it('do not when the channel cannot know which one is meant', async () => {
    const { caseId } = await core.receive(chat({ externalId: `sha256:${'b'.repeat(64)}` }));
    await become((await reply(caseId)).id, 'sent');
    await settled();
    expect(core.marked).toEqual([]);
  });

  it('hold nothing up: the mark may fail, or hang, and the answers leave', async () => {
    let release = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (release = resolve));
    core.markReadScript.push(
      () => hanging,
      () => {
        throw new AppError('unavailable', 'whatsapp_unreachable', 'away');
      },
    );
    const answers: TimelineMessage[] = [];
    for (const _ of [1, 2]) {
      const { caseId } = await core.receive(chat());
      for (const __ of [1, 2]) answers.push(await reply(caseId));
    }
    for (const { id } of answers) expect(await become(id, 'sent')).toMatchObject({ attempts: 1 });
    expect(core.sent).toHaveLength(4);
    release();
  });
});

describe('an answer in a chat', () => {
  it('that comes too late fails with that reason, also when it is tried again', async () => {
    const { caseId } = await core.receive(chat());
    const closed = failing('window_closed', 'whatsapp_window_closed');
    core.script.push(failing('rejected', 'whatsapp_spam_limited'), closed, closed);
    const { id } = await reply(caseId);
    await become(id, 'failed');
    core.clock.advanceHours(25);
    for (const attempt of [2, 3]) {
      await core.get(Receipts).retry(id, rina.id);
      await until(() => core.sent.length === attempt);
      expect(await become(id, 'failed')).toMatchObject({ stateReason: 'whatsapp_window_closed' });
    }
    await core.get(Outbox).sweep();
    expect(core.sent).toHaveLength(3);
  });

  it('pauses a channel without a connection until one gets through', async () => {
    const { caseId } = await core.receive(chat());
    const channels = core.database.getRepository(Channel);
    await channels.update(channelId, { status: 'ingress_only' });
    const { id } = await (async () => {
      core.script.push(failing('auth', 'whatsapp_token_invalid'));
      return reply(caseId);
    })();
    const status = () => channels.findOneByOrFail({ id: channelId });
    expect(await until(status, (c) => c.status === 'paused')).toMatchObject({
      statusCode: 'whatsapp_token_invalid',
    });
    await until(async () => (await find(id)).stateReason !== null);
    core.clock.advanceHours(0.1);
    core.script.push(accepted);
    await core.get(Outbox).sweep();
    await become(id, 'sent');
    expect(await until(status, (c) => c.status === 'ingress_only')).toMatchObject({ statusCode: null });
  });

  it('does not speak for a linked phone, whose own word counts', async () => {
    const other = await core.addChannel({ address: '+6281108', web: {} }, 'whatsapp');
    const { caseId } = await core.receive(chat({}, undefined, other));
    core.script.push(failing('auth', 'whatsapp_logged_out'));
    const { id } = await reply(caseId);
    await until(async () => (await find(id)).stateReason !== null);
    core.clock.advanceHours(0.1);
    await core.get(Outbox).sweep();
    await become(id, 'sent');
    await settled();
    expect(await core.database.getRepository(Channel).findOneByOrFail({ id: other })).toMatchObject({
      status: 'paused',
    });
  });
});
