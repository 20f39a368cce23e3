import { beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { AppError } from '@loket/contracts/errors.js';
import { EventQueue, type SessionEvent } from './event-queue.js';
import { SessionMemory } from './session-memory.js';

const channelId = '00000000-0000-7000-8000-000000000001';
const messageId = '00000000-0000-7000-8000-000000000002';
const start = 1_767_225_600;

const said = (id: string, seconds = 0): SessionEvent => ({
  type: 'event',
  event: {
    type: 'message',
    ref: { account: '62811', id, fromMe: false, participant: null },
    chat: '62812@c.us',
    from: { kind: 'whatsapp', value: '62812', name: null, also: [] },
    at: new Date((start + seconds) * 1000).toISOString(),
    kind: 'text',
    text: id,
    media: null,
    location: null,
    contacts: [],
    quoted: null,
    forwarded: false,
    group: null,
    unsupported: null,
  },
  media: null,
  raw: null,
});

describe('handing over what a session tells', () => {
  let host: RecordingHost;
  let memory: SessionMemory;
  let taken: string[];
  let fails: (id: string) => Error | null;
  let closing: AbortController;
  let queue: EventQueue;
  beforeEach(() => {
    host = new RecordingHost();
    memory = new SessionMemory(host, channelId);
    taken = [];
    fails = () => null;
    closing = new AbortController();
    const receive = host.receive.bind(host);
    host.receive = async (message) => {
      const error = fails(message.text);
      if (error) throw error;
      taken.push(message.text);
      return receive(message);
    };
    const ours = (id: string): string | null => (id === 'ours' ? messageId : null);
    queue = new EventQueue(channelId, host, memory, ours, closing.signal, { minMs: 1, maxMs: 2 });
  });

  it('is in order, and until it is taken', async () => {
    let refusals = 20;
    fails = (id) => (id === 'b' && (refusals -= 1) > 0 ? new AppError('unavailable', 'x', 'x') : null);
    for (const id of ['a', 'b', 'c']) queue.push(said(id));
    await queue.settled();
    expect(taken).toEqual(['a', 'b', 'c']);
    expect(host.quarantined).toEqual([]);
    expect(queue.known).toEqual(['false:a', 'false:b', 'false:c']);
  });

  it('puts aside what can never be taken, and goes on', async () => {
    fails = (id) => (id === 'b' ? new TypeError('a defect') : null);
    for (const id of ['a', 'b', 'c']) queue.push(said(id));
    await queue.settled();
    expect(taken).toEqual(['a', 'c']);
    expect(host.quarantined).toMatchObject([
      { externalId: '62811:i:b', code: 'intake_failed', reason: 'TypeError', attempts: 3 },
    ]);
  });

  it('notes how far it is only once the past is in', async () => {
    queue.begin();
    queue.push(said('live', 50));
    await queue.settled();
    expect(memory.since).toBeNull();
    queue.push(said('past', 10));
    queue.past(start);
    await queue.settled();
    expect(memory.since).toBe(start + 50);
    queue.begin();
    queue.push(said('after a restart', 90));
    await queue.settled();
    expect(memory.since).toBe(start + 50);
  });

  it('tells all that is not a message of a customer as events and receipts, in the order of the chat', async () => {
    const { event } = said('a');
    const about = { ref: event.ref, chat: '62812@c.us', at: new Date(start * 1000).toISOString() };
    const by = { kind: 'whatsapp' as const, value: '62812', name: 'Siti', also: [] };
    const told = (happened: SessionEvent['event']): void =>
      queue.push({ type: 'event', event: happened, media: null, raw: null });
    const ours = { ...event.ref, id: 'ours', fromMe: true };
    queue.push(said('a'));
    told({ type: 'edit', ...about, by, text: 'nul\u0000 baru' });
    told({ type: 'reaction', ...about, by, emoji: '👍' });
    told({ type: 'revoke', ...about, by });
    told({ ...event, ref: ours, to: by } as SessionEvent['event']);
    told({ type: 'receipt', ref: ours, state: 'read', at: about.at, reason: null, messageId: null });
    await queue.settled();
    const externalId = '62811:i:a';
    const sender = { kind: 'whatsapp', value: '62812', name: 'Siti', proof: 'verified' };
    expect(host.events).toMatchObject([
      { type: 'edited', channelId, externalId, by: sender, text: 'nul baru' },
      { type: 'reacted', channelId, externalId, by: sender, emoji: '👍' },
      { type: 'revoked', channelId, externalId, by: sender },
      { type: 'sent_elsewhere', message: { externalId: '62811:o:ours', text: 'a' }, to: sender },
    ]);
    expect(host.receipts).toMatchObject([{ externalId: '62811:o:ours', messageId, state: 'read' }]);
    expect(taken).toEqual(['a']);
  });

  it('offers an event again that core cannot take, and nothing overtakes it', async () => {
    let refusals = 5;
    const event = host.event.bind(host);
    host.event = (told) =>
      (refusals -= 1) > 0 ? Promise.reject(new AppError('unavailable', 'x', 'x')) : event(told);
    const { ref } = said('a').event;
    const revoke = { type: 'revoke' as const, ref, chat: 'c', by: null, at: new Date(0).toISOString() };
    queue.push({ type: 'event', event: revoke, media: null, raw: null });
    queue.push(said('b'));
    await queue.settled();
    expect([refusals, host.events.length, taken, host.quarantined]).toEqual([0, 1, ['b'], []]);
  });

  it('drops what is not taken when it closes: it comes again', async () => {
    fails = () => new AppError('unavailable', 'x', 'x');
    queue.push(said('a'));
    queue.push(said('b'));
    closing.abort();
    await queue.settled();
    expect([taken, memory.since, queue.known]).toEqual([[], null, []]);
  });
});
