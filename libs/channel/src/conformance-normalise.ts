import assert from 'node:assert/strict';
import {
  capabilitiesSchema,
  channelKindSchema,
  type ChannelCapabilities,
} from '@loket/contracts/channels.js';
import { normalizedMessageSchema } from '@loket/contracts/inbound.js';
import { NormaliseError } from './channel-error.js';
import { abilities, always, hasOriginals, type ConformanceCheck } from './conformance-harness.js';
import { hostileOriginals } from './conformance-hostile.js';
import { eachMessage, normalise, stable } from './conformance-scene.js';
import { sanitiseHtml } from './html.js';
import { RecordingHost } from './recording-host.js';

/** What an adapter says of itself, and what it makes of originals. */
export const normaliseChecks: readonly ConformanceCheck[] = [
  {
    name: 'capabilities are complete and do not contradict each other, those of each section too',
    applies: always,
    run: async (harness, adapter) => {
      channelKindSchema.parse(adapter.kind);
      const { bySection = {} } = adapter;
      for (const one of [adapter.capabilities, ...Object.values(bySection)]) {
        assertCapabilities(one);
        const { templates, markRead, session, webhook } = one;
        assert.ok(!templates || adapter.templates, 'templates can be listed');
        assert.ok(!markRead || adapter.markRead, 'messages can be marked as read');
        assert.ok(!session || (adapter.session && adapter.sessionAction), 'a phone can be linked');
        assert.ok(
          webhook === null || bySection[webhook.section] === one,
          'the webhook is that of its section',
        );
      }
      const capabilities = abilities(harness, adapter);
      const { send, rawMediaTypes } = capabilities;
      assert.equal(
        rawMediaTypes.length > 0,
        hasOriginals(harness),
        'raw media types if and only if there are originals',
      );
      for (const { mediaType } of harness.originals) assert.ok(rawMediaTypes.includes(mediaType), mediaType);
      assert.equal(harness.outbound !== undefined, send, 'the harness can try what the adapter can do');
      assert.equal(harness.badConfig !== undefined, capabilities.test, 'the harness has settings that fail');
      const happens = harness.happenings !== undefined || harness.source?.happen !== undefined;
      assert.equal(happens, capabilities.reactions, 'the harness can make happen what the adapter tells');
      assert.equal(
        harness.link !== undefined,
        capabilities.session,
        'the harness links what has to be linked',
      );
    },
  },
  {
    name: 'the same original always gives the same messages',
    applies: hasOriginals,
    run: async (harness, adapter) => {
      const second = harness.create();
      try {
        for (const original of harness.originals) {
          const channel = harness.channel();
          const first = await normalise(adapter, original, channel);
          assert.deepEqual(stable(await normalise(adapter, original, channel)), stable(first), original.name);
          assert.deepEqual(stable(await normalise(second, original, channel)), stable(first), original.name);
          const ids = first.map(({ externalId }) => externalId);
          assert.equal(new Set(ids).size, ids.length, `${original.name}: ids differ within one original`);
          assert.ok(first.length > 0, `${original.name}: at least one message`);
        }
      } finally {
        await second.close();
      }
    },
  },
  {
    name: 'messages are what the contract says, also after JSON, and name their channel and original',
    applies: hasOriginals,
    run: (harness, adapter) =>
      eachMessage(harness, adapter, (message, channel) => {
        normalizedMessageSchema.parse(message);
        const wire: unknown = JSON.parse(JSON.stringify(message));
        assert.deepEqual(JSON.parse(JSON.stringify(normalizedMessageSchema.parse(wire))), wire);
        assert.equal(message.channelId, channel.id);
        assert.ok(message.raw, 'the original is kept with the message');
      }),
  },
  {
    name: 'messages hold no more than the capabilities say',
    applies: hasOriginals,
    run: (harness, adapter) =>
      eachMessage(harness, adapter, (message) => {
        const { subject, html, threading } = abilities(harness, adapter);
        if (!subject) assert.equal(message.subject ?? null, null, 'no subject');
        if (!html) assert.equal(message.html ?? null, null, 'no html');
        if (threading === 'conversation') assert.ok(message.thread.conversation, 'names its conversation');
      }),
  },
  {
    name: 'html has been through the sanitiser, and text is there for everyone',
    applies: hasOriginals,
    run: (harness, adapter) =>
      eachMessage(harness, adapter, (message) => {
        if (message.html) assert.equal(sanitiseHtml(message.html), message.html);
        if (message.html)
          assert.ok(message.text + (message.quoted ?? '') !== '' || message.attachments.length > 0);
        assert.doesNotMatch(message.text, /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/, 'text is legible');
      }),
  },
  {
    name: 'bytes are stored before the message is handed over',
    applies: hasOriginals,
    run: async (harness, adapter) => {
      for (const original of harness.originals) {
        const host = new RecordingHost(adapter);
        const raw = await host.blobs.put(original.raw, original.mediaType);
        await host.ingest(harness.channel(), raw);
        assert.deepEqual(host.blobsMissing, [], original.name);
      }
    },
  },
  {
    name: 'hostile originals make messages or a NormaliseError, nothing else',
    applies: hasOriginals,
    run: async (harness, adapter) => {
      const channel = harness.channel();
      for (const original of [...harness.unreadable, ...hostileOriginals(harness.originals)]) {
        try {
          const messages = await normalise(adapter, original, channel);
          for (const message of messages) normalizedMessageSchema.parse(JSON.parse(JSON.stringify(message)));
        } catch (error) {
          assert.ok(error instanceof NormaliseError, `${original.name}: ${String(error)}`);
          assert.match(error.code, /^[a-z_]+$/, 'the code is stable');
        }
      }
      for (const original of harness.unreadable) {
        await assert.rejects(normalise(adapter, original, channel), NormaliseError, original.name);
      }
    },
  },
];

function assertCapabilities(capabilities: ChannelCapabilities): void {
  assert.deepEqual(capabilitiesSchema.parse(JSON.parse(JSON.stringify(capabilities))), capabilities);
  const { send, sendsTo, attachments, maxAttachmentBytes, maxMessageBytes, rawMediaTypes, webhook } =
    capabilities;
  assert.equal(sendsTo.length > 0, send, 'sendsTo names identities if and only if it can send');
  if (!send) {
    const { templates, receipts, quotes, replyWindowHours } = capabilities;
    assert.deepEqual(
      [attachments, templates, receipts, quotes, replyWindowHours],
      [false, false, [], false, null],
    );
  }
  assert.equal(maxAttachmentBytes > 0, attachments, 'a limit for files if and only if it takes files');
  assert.ok(maxAttachmentBytes <= maxMessageBytes || !attachments, 'one file is not larger than all');
  assert.ok(
    webhook === null || rawMediaTypes.includes(webhook.mediaType),
    'calls of the webhook can be read',
  );
}
