import assert from 'node:assert/strict';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { InboundEvent, NormalizedMessage } from '@loket/contracts/inbound.js';
import type { ChannelErrorCode } from '@loket/contracts/outbound.js';
import { ChannelError } from './channel-error.js';
import type { ConformanceHarness, Original } from './conformance-harness.js';
import type { ChannelAdapter, ChannelConnection } from './port.js';
import { RecordingHost } from './recording-host.js';

export interface Scene {
  host: RecordingHost;
  channel: ChannelRef;
  deliver(): Promise<void>;
  /** 0 from sources that keep no account of it */
  acknowledged(): Promise<number>;
}

/** Plays a scene on an open connection and closes it, however the scene ends. */
export async function connected(
  harness: ConformanceHarness,
  adapter: ChannelAdapter,
  play: (scene: Scene) => Promise<void>,
): Promise<void> {
  const { source } = harness;
  assert.ok(source);
  const host = new RecordingHost(adapter);
  const channel = harness.channel();
  const connection = await connect(adapter, channel, host);
  try {
    await works(harness, adapter, channel, host);
    await play({
      host,
      channel,
      deliver: () => source.deliver(source.next(), channel),
      acknowledged: async () => (await source.acknowledged?.(channel)) ?? 0,
    });
  } finally {
    host.recover();
    host.release();
    await connection.close();
  }
}

/** Links what has to be linked, and waits until the channel says that it is connected and is at rest. */
export async function works(
  harness: ConformanceHarness,
  adapter: ChannelAdapter,
  channel: ChannelRef,
  host: RecordingHost,
): Promise<void> {
  await harness.link?.(adapter, channel);
  await until(harness, () => host.statuses.some(({ status }) => status === 'connected'), 'status connected');
  await quiet();
}

/** A channel that can send, for as long as the scene lasts: what has to be linked first is connected and linked. */
export async function sending(
  harness: ConformanceHarness,
  adapter: ChannelAdapter,
  play: (channel: ChannelRef) => Promise<void>,
): Promise<void> {
  if (harness.link) await connected(harness, adapter, ({ channel }) => play(channel));
  else await play(harness.channel());
}

export async function connect(
  adapter: ChannelAdapter,
  channel: ChannelRef,
  host: RecordingHost,
): Promise<ChannelConnection> {
  const connection = await adapter.connect(channel, host);
  assert.ok(connection, 'a channel with a source has a connection');
  return connection;
}

export async function normalise(
  adapter: ChannelAdapter,
  original: Original,
  channel: ChannelRef,
): Promise<NormalizedMessage[]> {
  const host = new RecordingHost(adapter);
  return adapter.normalise(await host.blobs.put(original.raw, original.mediaType), channel, host);
}

export async function eachMessage(
  harness: ConformanceHarness,
  adapter: ChannelAdapter,
  look: (message: NormalizedMessage, channel: ChannelRef) => void,
): Promise<void> {
  const channel = harness.channel();
  for (const original of harness.originals) {
    for (const message of await normalise(adapter, original, channel)) look(message, channel);
  }
}

export function channelOf(event: InboundEvent): string {
  return event.type === 'sent_elsewhere' ? event.message.channelId : event.channelId;
}

/** Without a date of its own a message gets that of its arrival. */
export function stable(messages: NormalizedMessage[]): Omit<NormalizedMessage, 'sentAt'>[] {
  return messages.map(({ sentAt: _sentAt, ...message }) => message);
}

export async function rejectsWith(send: Promise<unknown>, code: ChannelErrorCode): Promise<void> {
  await assert.rejects(send, (error) => {
    assert.ok(error instanceof ChannelError, `a ChannelError, not ${String(error)}`);
    assert.equal(error.code, code);
    assert.match(error.reason, /^[a-z_]{1,100}$/, 'the reason is a stable code');
    return true;
  });
}

export async function until(
  { patienceMs = 8000 }: ConformanceHarness,
  holds: () => boolean | Promise<boolean>,
  what: string,
): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await holds()); await pause(10)) {
    assert.ok(Date.now() < end, `did not come true: ${what}`);
  }
}

/** Long enough for what must not happen to happen. */
export const quiet = (): Promise<void> => pause(150);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
