import { beforeEach, describe, expect, it } from '@jest/globals';
import { RecordingHost } from '@loket/channel/recording-host.js';
import { AppError } from '@loket/contracts/errors.js';
import { EventQueue, type SessionEvent } from './event-queue.js';
import { SessionMemory } from './session-memory.js';

const channelId = '00000000-0000-7000-8000-000000000001';
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
    const sink = async ({ event }: { event: SessionEvent['event'] }): Promise<void> => {
      const error = fails(event.ref.id);
      if (error) throw error;
      taken.push(event.ref.id);
    };
    queue = new EventQueue(channelId, host, sink, memory, closing.signal, { minMs: 1, maxMs: 2 });
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

  it('drops what is not taken when it closes: it comes again', async () => {
    fails = () => new AppError('unavailable', 'x', 'x');
    queue.push(said('a'));
    queue.push(said('b'));
    closing.abort();
    await queue.settled();
    expect([taken, memory.since, queue.known]).toEqual([[], null, []]);
  });
});
