import assert from 'node:assert/strict';
import { hasSource, type ConformanceCheck } from './conformance-harness.js';
import { channelOf, connect, connected, quiet, until, works } from './conformance-scene.js';
import { RecordingHost } from './recording-host.js';

/** Live sources: nothing lost, nothing acknowledged too early. */
export const sourceChecks: readonly ConformanceCheck[] = [
  {
    name: 'without a live source there is nothing to connect to',
    applies: (harness) => !hasSource(harness),
    run: async (harness, adapter) => {
      assert.equal(await adapter.connect(harness.channel(), new RecordingHost(adapter)), null);
    },
  },
  {
    name: 'a source is acknowledged only after the host has the message',
    applies: ({ source }) => source?.acknowledged !== undefined,
    run: (harness, adapter) =>
      connected(harness, adapter, async ({ host, channel, deliver, acknowledged }) => {
        host.hold();
        await deliver();
        await until(harness, () => host.attempts > 0, 'the message is handed over');
        await quiet();
        assert.equal(await acknowledged(), 0, 'not acknowledged while the host has not answered');
        host.release();
        await until(
          harness,
          async () => (await acknowledged()) === 1,
          'acknowledged after the host answered',
        );
        assert.deepEqual(
          host.messages.map(({ channelId }) => channelId),
          [channel.id],
        );
      }),
  },
  {
    name: 'what the host cannot take now comes later, and is not lost or put away',
    applies: hasSource,
    run: (harness, adapter) =>
      connected(harness, adapter, async ({ host, deliver, acknowledged }) => {
        host.failWith();
        for (let count = 0; count < 3; count += 1) await deliver();
        await until(harness, () => host.attempts > 1, 'it tries again');
        assert.equal(await acknowledged(), 0);
        host.recover();
        await until(harness, () => host.messages.length === 3, 'all of them come');
        const all = harness.source?.acknowledged === undefined ? 0 : 3;
        await until(harness, async () => (await acknowledged()) === all, 'and are acknowledged then');
        assert.deepEqual(host.quarantined, []);
      }),
  },
  {
    name: 'what happens to a message is told, and again when the host cannot take it now',
    applies: ({ source }) => source?.happen !== undefined,
    run: (harness, adapter) =>
      connected(harness, adapter, async ({ host, channel }) => {
        const happen = async (): Promise<void> => harness.source?.happen?.(channel);
        await happen();
        await until(harness, () => host.events.length === 1, 'it is told');
        const { attempts } = host;
        host.failWith();
        await happen();
        await until(harness, () => host.attempts > attempts, 'it tries');
        host.recover();
        await until(harness, () => host.events.length === 2, 'it is told once it can be taken');
        for (const event of host.events) assert.equal(channelOf(event), channel.id);
        assert.deepEqual(host.quarantined, []);
      }),
  },
  {
    name: 'what the host has not taken when the connection closes comes with the next',
    applies: hasSource,
    run: async (harness, adapter) => {
      const host = new RecordingHost(adapter);
      const channel = harness.channel();
      const first = await connect(adapter, channel, host);
      await works(harness, adapter, channel, host);
      host.failWith();
      await harness.source?.deliver(harness.source.next(), channel);
      await until(harness, () => host.attempts > 0, 'it tries');
      await first.close();
      host.recover();
      const second = await connect(adapter, channel, host);
      try {
        await until(harness, () => host.messages.length === 1, 'it comes again');
      } finally {
        await second.close();
      }
    },
  },
  {
    name: 'an unreadable original is put away once, and those after it come through',
    applies: (harness) => hasSource(harness) && harness.unreadable.length > 0,
    run: (harness, adapter) =>
      connected(harness, adapter, async ({ host, channel, deliver }) => {
        const [poison] = harness.unreadable;
        if (poison) await harness.source?.deliver(poison, channel);
        await deliver();
        await until(
          harness,
          () => host.messages.length === 1 && host.quarantined.length === 1,
          'one taken, one put away',
        );
        await deliver();
        await until(harness, () => host.messages.length === 2, 'it goes on');
        assert.equal(host.quarantined.length, 1);
      }),
  },
  {
    name: 'says that it is connected; closing is quiet, final and may be repeated',
    applies: hasSource,
    run: async (harness, adapter) => {
      const host = new RecordingHost(adapter);
      const channel = harness.channel();
      const connection = await connect(adapter, channel, host);
      await works(harness, adapter, channel, host);
      await Promise.all([connection.close(), connection.close()]);
      await connection.close();
      const [statuses, attempts] = [host.statuses.length, host.attempts];
      await harness.source?.deliver(harness.source.next(), channel);
      await quiet();
      assert.deepEqual([host.statuses.length, host.attempts], [statuses, attempts], 'nothing after close');
    },
  },
  {
    name: 'a new connection goes on where the last one stopped',
    applies: hasSource,
    run: async (harness, adapter) => {
      const host = new RecordingHost(adapter);
      const channel = harness.channel();
      const deliver = async (): Promise<void> => harness.source?.deliver(harness.source.next(), channel);
      const first = await connect(adapter, channel, host);
      await works(harness, adapter, channel, host);
      await deliver();
      await until(harness, () => host.messages.length === 1, 'the first');
      await first.close();
      await deliver();
      host.statuses.length = 0;
      const second = await connect(adapter, channel, host);
      await until(harness, () => host.messages.length === 2, 'the one from in between');
      await quiet();
      await second.close();
      assert.equal(host.messages.length, 2);
    },
  },
];
