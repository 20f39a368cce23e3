import { ChannelError, NormaliseError } from '@loket/channel/channel-error.js';
import type { ChannelAdapter, ChannelConnection, ChannelHost, ImportReport } from '@loket/channel/port.js';
import type { CallImportPreview, CallImportSettings } from '@loket/contracts/call-imports.js';
import type { ChannelRef, Glimpse } from '@loket/contracts/bus.js';
import {
  phoneConfigSchema,
  type CallRecord,
  type PhoneConfig,
  type RingingCall,
} from '@loket/contracts/calls.js';
import {
  ingressOnlyCapabilities,
  type ChannelCapabilities,
  type ConnectionReport,
} from '@loket/contracts/channels.js';
import type { NormalizedMessage } from '@loket/contracts/inbound.js';
import type { SendResult } from '@loket/contracts/outbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { importCalls, previewCalls } from './csv-import/import-calls.js';
import { testPhone } from './connection-test.js';
import { readCdrCall } from './master-csv/cdr-original.js';
import { CsvFollower, defaultFollowerTiming, type FollowerTiming } from './master-csv/follower.js';
import { cdrMediaType } from './master-csv/handover.js';
import { mayRead } from './master-csv/may-read.js';
import { normaliseCall } from './normalise-call.js';
import { CallDesk } from './webhook/call-desk.js';
import { readGenericCall, type CallReport } from './webhook/call-report.js';
import { readThreeCxCall } from './webhook/three-cx.js';
import { readTwilioForm } from './webhook/twilio.js';

/** Originals that tell of calls, by media type. */
export const callMediaTypes = {
  generic: 'application/vnd.loket.call+json',
  twilio: 'application/vnd.twilio.voice+form',
  '3cx': 'application/vnd.3cx.call+json',
  cdr: cdrMediaType,
} as const;

export interface PhoneLogOptions {
  timing?: Partial<FollowerTiming>;
  /** folders whose files may be followed; an admin of Loket is no admin of the machine */
  csvFolders?: readonly string[];
  /** told of calls that are going on, for the screen pop */
  onRinging?: (channel: ChannelRef, call: RingingCall) => Promise<void>;
}

export const phoneCapabilities: ChannelCapabilities = {
  ...ingressOnlyCapabilities,
  // each call stands alone; what it belongs to is matching's to say (ADR 12)
  threading: 'none',
  test: true,
  rawMediaTypes: Object.values(callMediaTypes),
};

/** A line whose telephone system calls us. */
export const calledCapabilities: ChannelCapabilities = {
  ...phoneCapabilities,
  webhook: {
    section: 'webhook',
    secret: 'secret',
    verifyToken: null,
    signature: 'timed_sha256',
    mediaType: callMediaTypes.generic,
    forms: {
      key: 'format',
      of: {
        generic: { signature: 'timed_sha256', mediaType: callMediaTypes.generic },
        twilio: { signature: 'twilio', mediaType: callMediaTypes.twilio },
        '3cx': { signature: 'bearer', mediaType: callMediaTypes['3cx'] },
      },
    },
  },
};

/** bytes of one original; notes may be 200,000 characters */
const maxBytes = 1_000_000;

/** Telephone calls, however a telephone system tells of them. Nothing can be sent through a log of calls. */
export class PhoneLogAdapter implements ChannelAdapter {
  readonly kind = 'phone';
  readonly capabilities = phoneCapabilities;
  readonly bySection = { webhook: calledCapabilities };
  private readonly desk = new CallDesk();

  constructor(private readonly options: PhoneLogOptions = {}) {}

  /**
   * Makes a message of a call by the customer that is over. Calls that we made go to the host as events, those that
   * are still going on to `onRinging`: neither is a message.
   */
  async normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]> {
    if (raw.size > maxBytes)
      throw new NormaliseError('too_large', `${String(raw.size)} bytes, ${String(maxBytes)} allowed`);
    const config = configOf(channel);
    const report = this.read(await host.blobs.read(raw.sha256), raw.mediaType, channel, config, host);
    if (report === null) return [];
    if (report.type === 'going_on') {
      await this.options.onRinging?.(channel, report.call);
      return [];
    }
    const made = normaliseCall(report.call, { channelId: channel.id, language: config.language, raw });
    if (made.type === 'message') return [made.message];
    await host.event(made.event);
    return [];
  }

  /** What a call says to people stands in its number alone, and that may be private. */
  glimpse(): Promise<Glimpse> {
    return Promise.resolve({ subject: null, from: null });
  }

  async connect(channel: ChannelRef, host: ChannelHost): Promise<ChannelConnection | null> {
    if (channel.config['masterCsv'] === undefined) return null;
    const config = phoneConfigSchema.safeParse(channel.config);
    const csv = config.data?.masterCsv;
    const allowed = csv !== undefined && (await mayRead(csv.path, this.options.csvFolders));
    if (allowed)
      return CsvFollower.open(channel, csv, host, { ...defaultFollowerTiming, ...this.options.timing });
    const code = csv === undefined ? 'config_invalid' : 'csv_not_allowed';
    await host.status({ channelId: channel.id, status: 'paused', code });
    return { close: () => Promise.resolve() };
  }

  send(): Promise<SendResult> {
    return Promise.reject(new ChannelError('rejected', 'phone_cannot_send'));
  }

  test(config: Record<string, unknown>): Promise<ConnectionReport> {
    return testPhone(config, this.options.csvFolders);
  }

  async previewImport(
    file: BlobRef,
    { blobs }: ChannelHost,
    settings: CallImportSettings | undefined,
  ): Promise<CallImportPreview> {
    const preview = await previewCalls(() => blobs.stream(file.sha256), settings);
    const rows = preview.rows.map(({ line, cells, call, problems }) => ({
      ...{ line, cells: cells.map((cell) => cell.slice(0, 200)), taken: call !== null, problems },
    }));
    return { ...preview, rows };
  }

  async runImport(
    file: BlobRef,
    channel: ChannelRef,
    host: ChannelHost,
    settings: CallImportSettings,
    report: (told: ImportReport) => Promise<void>,
  ): Promise<void> {
    const { language } = configOf(channel);
    const source = () => host.blobs.stream(file.sha256);
    const handOver = (call: CallRecord): Promise<unknown> => {
      const made = normaliseCall(call, { channelId: channel.id, language, raw: null });
      if (made.type === 'message') return host.receive({ ...made.message, history: true });
      if (made.event.type !== 'sent_elsewhere') return host.event(made.event);
      return host.event({ ...made.event, message: { ...made.event.message, history: true } });
    };
    // While one batch is being taken the next one is read and handed over behind it, so that nobody waits for the last
    // calls of a batch. No more than two: memory stays what it is.
    let before = Promise.resolve();
    for await (const { calls, problems, progress } of importCalls(source, settings)) {
      const { bytes, rows, failed } = progress;
      const taken = Promise.all(calls.map(handOver));
      taken.catch(() => undefined);
      await before;
      before = taken.then(() => report({ bytes, rows, failed, problems }));
      before.catch(() => undefined);
    }
    await before;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private read(
    bytes: Buffer,
    mediaType: string,
    channel: ChannelRef,
    config: PhoneConfig,
    host: ChannelHost,
  ): CallReport | null {
    const timeZone = config.masterCsv?.timeZone ?? 'Asia/Jakarta';
    switch (mediaType) {
      case callMediaTypes.generic:
        return readGenericCall(bytes);
      case callMediaTypes.twilio:
        return this.desk.take(readTwilioForm(bytes.toString('utf8')), channel.id, host.now());
      case callMediaTypes['3cx']:
        return readThreeCxCall(bytes, timeZone, host.now());
      case callMediaTypes.cdr: {
        const call = readCdrCall(bytes, timeZone);
        return call && { type: 'over', call };
      }
      default:
        throw new NormaliseError('media_type_unknown', 'nothing that tells of calls');
    }
  }
}

/** A setting that cannot be read does not keep calls out: they are told in the usual language. */
function configOf(channel: ChannelRef): PhoneConfig {
  const parsed = phoneConfigSchema.safeParse(channel.config);
  return parsed.success ? parsed.data : phoneConfigSchema.parse({});
}
