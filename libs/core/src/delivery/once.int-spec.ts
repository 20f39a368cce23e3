import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { message, startCore, type TestCore } from '../../../../test/support/core.js';
import { Message } from '../messages/message.entity.js';
import { RepliesService } from '../messages/replies.service.js';

let core: TestCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.close());

describe('an answer under an Idempotency-Key', () => {
  it('is found again when the process died before it could say so, and is another one under another key', async () => {
    const channelId = await core.addChannel();
    const agent = await core.addAgent('Rina');
    const { caseId } = await core.receive(message(channelId));
    const write = (once: string, text = 'Baik, Bu.') =>
      core.get(RepliesService).create(caseId, { text, attachments: [] }, agent, once);
    const first = await write('key-1');
    expect((await write('key-1')).id).toBe(first.id);
    expect((await write('key-1', 'Maaf, Bu.')).id).not.toBe(first.id);
    expect((await write('key-2')).id).not.toBe(first.id);
    expect(await core.database.getRepository(Message).countBy({ caseId, direction: 'outbound' })).toBe(3);
  });
});
