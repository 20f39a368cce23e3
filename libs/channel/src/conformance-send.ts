import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connectionReportSchema } from '@loket/contracts/channels.js';
import { sendResultSchema, type ChannelErrorCode } from '@loket/contracts/outbound.js';
import { abilities, always, sends, type ConformanceCheck } from './conformance-harness.js';
import { rejectsWith, sending, until } from './conformance-scene.js';
import { RecordingHost } from './recording-host.js';

/** The way out, the connection test, and the end. */
export const sendChecks: readonly ConformanceCheck[] = [
  {
    name: 'what it sends arrives, under the same external id however often it is sent',
    applies: sends,
    run: (harness, adapter) =>
      sending(harness, adapter, async (channel) => {
        const { outbound } = harness;
        assert.ok(outbound);
        const [host, message] = [new RecordingHost(adapter), outbound.message()];
        const first = sendResultSchema.parse(
          JSON.parse(JSON.stringify(await adapter.send(message, channel, host))),
        );
        const again = await adapter.send({ ...message, attempt: 2 }, channel, host);
        assert.equal(again.externalId, first.externalId);
        const other = await adapter.send(outbound.message(), channel, host);
        assert.notEqual(other.externalId, first.externalId);
        // The other side's own books may be a moment behind its answer.
        const sent = [first.externalId, other.externalId];
        await until(
          harness,
          async () => {
            const arrived = await outbound.arrived();
            return sent.every((id) => arrived.includes(id));
          },
          'both have arrived',
        );
      }),
  },
  {
    name: 'failures of the other side are ChannelErrors that say what to do',
    applies: sends,
    run: (harness, adapter) =>
      sending(harness, adapter, async (channel) => {
        const { outbound } = harness;
        assert.ok(outbound);
        const staged = Object.entries(outbound.stage) as [ChannelErrorCode, () => Promise<void>][];
        assert.ok(staged.length > 0, 'the harness stages failures');
        for (const [code, stage] of staged) {
          await stage();
          try {
            await rejectsWith(adapter.send(outbound.message(), channel, new RecordingHost(adapter)), code);
          } finally {
            await outbound.heal();
          }
        }
        await adapter.send(outbound.message(), channel, new RecordingHost(adapter));
      }),
  },
  {
    name: 'refuses a recipient of a kind that it cannot write to',
    applies: sends,
    run: (harness, adapter) =>
      sending(harness, adapter, async (channel) => {
        const { outbound } = harness;
        assert.ok(outbound);
        const to = { kind: 'external' as const, value: randomUUID() };
        const before = (await outbound.arrived()).length;
        const send = adapter.send({ ...outbound.message(), to }, channel, new RecordingHost(adapter));
        await rejectsWith(send, 'rejected');
        assert.equal((await outbound.arrived()).length, before);
      }),
  },
  {
    name: 'what cannot send says so',
    applies: (harness, adapter) => !sends(harness, adapter),
    run: async (harness, adapter) => {
      const message = { ...emptyMessage, messageId: randomUUID() };
      await rejectsWith(adapter.send(message, harness.channel(), new RecordingHost(adapter)), 'rejected');
    },
  },
  {
    name: 'tests settings and reports what is wrong as steps',
    applies: (harness, adapter) => abilities(harness, adapter).test,
    run: async (harness, adapter) => {
      const good = connectionReportSchema.parse(await adapter.test(harness.channel().config));
      assert.ok(good.ok && good.steps.length > 0 && good.steps.every(({ ok }) => ok), JSON.stringify(good));
      for (const config of [harness.badConfig ?? {}, {}, { nonsense: [1, 2] }]) {
        const bad = connectionReportSchema.parse(await adapter.test(config));
        assert.equal(bad.ok, false, JSON.stringify(config));
        for (const { ok, code } of bad.steps) assert.equal(ok, code === null);
      }
    },
  },
  {
    name: 'can be closed twice',
    applies: always,
    run: async (harness) => {
      const adapter = harness.create();
      await adapter.close();
      await adapter.close();
    },
  },
];

const emptyMessage = {
  caseNumber: 1,
  token: 'token',
  to: { kind: 'external' as const, value: 'somebody' },
  others: [],
  text: 'Halo',
  attachments: [],
  thread: { references: [] },
  automatic: false,
  createdAt: '2026-01-01T00:00:00Z',
  attempt: 1,
};
