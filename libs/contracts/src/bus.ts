import { z } from 'zod';
import {
  capabilitiesSchema,
  channelKindSchema,
  channelStatusSchema,
  connectionReportSchema,
} from './channels.js';
import {
  importPreviewSchema,
  importProblemSchema,
  importProgressSchema,
  importSettingsSchema,
} from './call-imports.js';
import { ringingCallSchema } from './calls.js';
import { channelSessionSchema, sessionActionSchema } from './channel-sessions.js';
import {
  externalIdSchema,
  inboundEventSchema,
  intakeResultSchema,
  normalizedMessageSchema,
} from './inbound.js';
import {
  deliveryStateSchema,
  outboundMessageSchema,
  outboundPreviewSchema,
  sendOutcomeSchema,
} from './outbound.js';
import { blobRefSchema, idSchema, instantSchema } from './primitives.js';
import { templateSchema } from './templates.js';

/** A channel as the adapter host sees it. `config` holds the secrets; it never leaves the bus. */
export const channelRefSchema = z.strictObject({
  id: idSchema,
  kind: channelKindSchema,
  name: z.string(),
  version: z.number().int(),
  config: z.record(z.string(), z.unknown()),
});
export type ChannelRef = z.infer<typeof channelRefSchema>;

const done = z.strictObject({});
const jsonValue = z.json();

/** What little an adapter can tell of an original that it could not read. */
export const glimpseSchema = z.strictObject({
  subject: z.string().max(1000).nullable(),
  from: z.string().max(320).nullable(),
});
export type Glimpse = z.infer<typeof glimpseSchema>;

/** What could not be made into a message is kept with its reason, and can be replayed. */
export const quarantineRequestSchema = z.strictObject({
  channelId: idSchema,
  externalId: externalIdSchema.nullish(),
  raw: blobRefSchema.nullish(),
  message: normalizedMessageSchema.nullish(),
  glimpse: glimpseSchema.nullish(),
  /** stable code: `parse_failed` `parse_timeout` `too_large` `intake_failed` … */
  code: z.string().max(100),
  reason: z.string().max(2000),
  attempts: z.number().int(),
});
export type QuarantineRequest = z.infer<typeof quarantineRequestSchema>;

/**
 * Every request between `apps/channels` and core: subject → request and reply. Nothing else crosses, and all of it
 * survives JSON (a test sends each through it and back).
 */
export const busContracts = {
  // adapters → core
  'inbound.receive': { request: normalizedMessageSchema, reply: intakeResultSchema },
  'inbound.quarantine': { request: quarantineRequestSchema, reply: intakeResultSchema },
  'delivery.receipt': {
    request: z.strictObject({
      channelId: idSchema,
      externalId: externalIdSchema,
      /** our own id of the message, where the channel tells: finds one whose external id core does not know yet */
      messageId: idSchema.nullish(),
      state: deliveryStateSchema,
      at: instantSchema,
      reason: z.string().nullish(),
    }),
    reply: z.strictObject({ known: z.boolean() }),
  },
  /** `known`: the message that it is about has come in; what is told before that is kept for it */
  'inbound.event': {
    request: inboundEventSchema,
    reply: z.strictObject({
      known: z.boolean(),
      /** of `sent_elsewhere`: what became of it; null when nobody knows whom it is for */
      result: intakeResultSchema.nullish(),
    }),
  },
  /** how far the work on a file has come; what stands in `progress` is all of it, `problems` only what is new */
  'imports.report': {
    request: z.strictObject({
      importId: idSchema,
      progress: importProgressSchema,
      problems: z.array(importProblemSchema),
    }),
    reply: done,
  },
  /** a telephone rings, or was taken up; nothing is lost when nobody hears it */
  'calls.ringing': {
    request: z.strictObject({ channelId: idSchema, call: ringingCallSchema }),
    reply: done,
  },
  'adapters.announce': {
    request: z.strictObject({
      hostId: z.string(),
      adapters: z.array(
        z.strictObject({
          kind: channelKindSchema,
          capabilities: capabilitiesSchema,
          /** what a channel can do whose settings have this section, in the place of `capabilities` */
          bySection: z.record(z.string(), capabilitiesSchema).default({}),
        }),
      ),
    }),
    reply: done,
  },
  /** Renews the host's leases and tells all channels that it owns now. Call at least every ttlMs / 3. */
  'channels.lease': {
    request: z.strictObject({ hostId: z.string(), kinds: z.array(channelKindSchema) }),
    reply: z.strictObject({ channels: z.array(channelRefSchema), ttlMs: z.number().int() }),
  },
  'channels.release': { request: z.strictObject({ hostId: z.string() }), reply: done },
  'channels.status': {
    request: z.strictObject({
      channelId: idSchema,
      status: channelStatusSchema,
      code: z.string().nullish(),
      detail: z.string().max(1000).nullish(),
    }),
    reply: done,
  },
  'channels.cursors': {
    request: z.strictObject({ channelId: idSchema }),
    reply: z.strictObject({ cursors: z.record(z.string(), jsonValue) }),
  },
  'channels.saveCursor': {
    request: z.strictObject({ channelId: idSchema, key: z.string().max(300), value: jsonValue }),
    reply: done,
  },
  // core → adapters
  'channel.ingest': {
    request: z.strictObject({ channel: channelRefSchema, raw: blobRefSchema, receivedAt: instantSchema }),
    /** one result per message in the original: a mail holds one, a webhook call may hold several */
    reply: z.strictObject({ results: z.array(intakeResultSchema) }),
  },
  /** how a file would be read; throws AppError `unprocessable` when it cannot be */
  'channel.previewImport': {
    request: z.strictObject({
      channel: channelRefSchema,
      file: blobRefSchema,
      settings: importSettingsSchema.optional(),
    }),
    reply: importPreviewSchema,
  },
  /** reads all of it; takes as long as it takes, and tells `imports.report` meanwhile */
  'channel.runImport': {
    request: z.strictObject({
      importId: idSchema,
      channel: channelRefSchema,
      file: blobRefSchema,
      settings: importSettingsSchema,
    }),
    reply: importProgressSchema,
  },
  'channel.send': {
    request: z.strictObject({ channel: channelRefSchema, message: outboundMessageSchema }),
    reply: sendOutcomeSchema,
  },
  /** what `channel.send` would send; throws AppError `unprocessable` with the failure's reason when it could not */
  'channel.preview': {
    request: z.strictObject({ channel: channelRefSchema, message: outboundMessageSchema }),
    reply: outboundPreviewSchema,
  },
  'channel.test': {
    request: z.strictObject({ kind: channelKindSchema, config: z.record(z.string(), z.unknown()) }),
    reply: connectionReportSchema,
  },
  /** throws AppError `unprocessable` with the failure's reason when the channel cannot say */
  'channel.templates': {
    request: z.strictObject({ channel: channelRefSchema }),
    reply: z.strictObject({ templates: z.array(templateSchema) }),
  },
  /** shows the customer that a message of his was read; best effort */
  'channel.markRead': {
    request: z.strictObject({ channel: channelRefSchema, externalId: externalIdSchema }),
    reply: done,
  },
  /** the linked phone of a channel that is connected here; not_found `session_not_here` otherwise */
  'channel.session': {
    request: z.strictObject({ channelId: idSchema, kind: channelKindSchema }),
    reply: channelSessionSchema,
  },
  'channel.sessionAction': {
    request: z.strictObject({ channelId: idSchema, kind: channelKindSchema, action: sessionActionSchema }),
    reply: channelSessionSchema,
  },
  /** a channel was created, changed or removed: lease again now */
  'channels.changed': { request: z.strictObject({ channelId: idSchema }), reply: done },
} as const;

export type BusSubject = keyof typeof busContracts;
export type BusRequest<S extends BusSubject> = z.infer<(typeof busContracts)[S]['request']>;
export type BusReply<S extends BusSubject> = z.infer<(typeof busContracts)[S]['reply']>;
