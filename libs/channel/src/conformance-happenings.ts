import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AppError } from '@loket/contracts/errors.js';
import { abilities, type ConformanceCheck } from './conformance-harness.js';
import { channelOf } from './conformance-scene.js';
import { RecordingHost } from './recording-host.js';

/** What happens besides messages: edits, revokes, reactions, what is written elsewhere, phones that are linked. */
export const happeningChecks: readonly ConformanceCheck[] = [
  {
    name: 'originals of what happened to messages are told as events, the same each time',
    applies: ({ happenings }) => happenings !== undefined,
    run: async (harness, adapter) => {
      for (const { name, raw, mediaType } of harness.happenings ?? []) {
        const host = new RecordingHost(adapter);
        const channel = harness.channel();
        const original = await host.blobs.put(raw, mediaType);
        await host.ingest(channel, original);
        const first = [...host.events];
        assert.ok(first.length > 0, `${name}: at least one event`);
        for (const event of first) assert.equal(channelOf(event), channel.id, name);
        await host.ingest(channel, original);
        assert.deepEqual(host.events.slice(first.length), first, name);
        assert.deepEqual([host.messages, host.quarantined], [[], []], name);
      }
    },
  },
  {
    name: 'an original whose events the host cannot take now is not taken either',
    applies: ({ happenings }) => happenings !== undefined,
    run: async (harness, adapter) => {
      for (const { name, raw, mediaType } of harness.happenings ?? []) {
        const host = new RecordingHost(adapter);
        const channel = harness.channel();
        const original = await host.blobs.put(raw, mediaType);
        host.failWith();
        await assert.rejects(
          host.ingest(channel, original),
          (error) => error instanceof AppError && error.kind === 'unavailable',
          name,
        );
        host.recover();
        assert.deepEqual(host.quarantined, [], name);
        await host.ingest(channel, original);
        assert.ok(host.events.length > 0, name);
      }
    },
  },
  {
    name: 'a phone that is not linked here is nobody’s',
    applies: (harness, adapter) => abilities(harness, adapter).session,
    run: async (_harness, adapter) => {
      const isNotHere = (error: unknown): boolean =>
        error instanceof AppError && error.kind === 'not_found' && error.code === 'session_not_here';
      assert.throws(() => adapter.session?.(randomUUID()), isNotHere);
      await assert.rejects(
        async () => adapter.sessionAction?.(randomUUID(), { action: 'restart' }),
        isNotHere,
      );
    },
  },
];
