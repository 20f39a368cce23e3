import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { VisitorSend, VisitorSendAck } from '@loket/contracts/visitors.js';
import { Refusal } from '../api/rest.js';
import { Outbox, type Queued } from './outbox.js';
import { Sender } from './sender.js';

// Node 20 has none
globalThis.navigator ??= {} as Navigator;

const queued = (text: string, files = 0): Queued => ({
  clientId: randomUUID(),
  writtenAt: 0,
  text,
  failed: null,
  files: Array.from({ length: files }, () => ({
    clientId: randomUUID(),
    blob: new Blob(['x']),
    name: 'x.txt',
    uploaded: null,
  })),
});

/** A sender on an outbox in memory, as where storage is blocked. */
function desk(answer: (message: VisitorSend, nth: number) => VisitorSendAck | null) {
  const outbox = new Outbox('test');
  const sent: string[] = [];
  const scene = { online: true, uploads: 0, uploadFails: null as Refusal | null };
  let nth = 0;
  let idle = (): void => undefined;
  const sender = new Sender({
    outbox,
    lock: 'test',
    ready: () => scene.online,
    send: async (message) => answer(message, nth++),
    upload: async (file) => {
      scene.uploads += 1;
      if (scene.uploadFails) throw scene.uploadFails;
      return { id: randomUUID(), name: file.name, mediaType: 'text/plain', size: 1, url: '/files/x' };
    },
    sent: ({ text }) => void sent.push(text),
    changed: async () => {
      if ((await outbox.list()).every(({ failed }) => failed !== null)) idle();
    },
  });
  const done = new Promise<void>((resolve) => (idle = resolve));
  return { outbox, sender, sent, scene, done };
}
const taken = ({ clientId }: VisitorSend): VisitorSendAck => ({
  ok: true,
  clientId,
  messageId: randomUUID(),
  at: '2026-01-01T00:00:00Z',
});

describe('Sender', () => {
  it('sends one after the other, and again from the one that was not acknowledged', async () => {
    const order: string[] = [];
    const { outbox, sender, sent, done } = desk((message, nth) => {
      order.push(message.text);
      return nth === 1 ? null : taken(message);
    });
    for (const text of ['a', 'b', 'c']) await outbox.add(queued(text));
    sender.flush();
    await done;
    expect(order).toEqual(['a', 'b', 'b', 'c']);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(await outbox.list()).toEqual([]);
  });

  it('waits as long as it is told, and lets nothing pass meanwhile', async () => {
    const times: number[] = [];
    const { outbox, sender, done } = desk((message, nth) => {
      times.push(performance.now());
      return nth === 0 ? { ok: false, code: 'rate_limited', retryAfter: 700 } : taken(message);
    });
    await outbox.add(queued('a'));
    sender.flush();
    await done;
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(690);
  });

  it('sets aside what is refused for good, and goes on', async () => {
    const { outbox, sender, sent, done } = desk((message, nth) =>
      nth === 0 ? { ok: false, code: 'blocked' } : taken(message),
    );
    await outbox.add(queued('a'));
    await outbox.add(queued('b'));
    sender.flush();
    await done;
    expect(sent).toEqual(['b']);
    expect((await outbox.list()).map(({ text, failed }) => [text, failed])).toEqual([['a', 'blocked']]);
  });

  it('uploads a file once, however often its message is sent', async () => {
    const { outbox, sender, scene, done } = desk((message, nth) => (nth === 0 ? null : taken(message)));
    await outbox.add(queued('a', 2));
    sender.flush();
    await done;
    expect(scene.uploads).toBe(2);
  });

  it('sets aside a file that the server does not take', async () => {
    const { outbox, sender, scene, done } = desk(taken);
    scene.uploadFails = new Refusal('file_type');
    await outbox.add(queued('a', 1));
    sender.flush();
    await done;
    expect((await outbox.list())[0]?.failed).toBe('file_type');
  });

  it('does nothing without a connection', async () => {
    const { outbox, sender, sent, scene, done } = desk(taken);
    scene.online = false;
    await outbox.add(queued('a'));
    sender.flush();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual([]);
    scene.online = true;
    sender.flush();
    await done;
    expect(sent).toEqual(['a']);
  });
});
