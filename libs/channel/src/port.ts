import type { Readable } from 'node:stream';
import type { BusReply, BusRequest, ChannelRef, Glimpse } from '@loket/contracts/bus.js';
import type { ChannelCapabilities, ChannelKind, ConnectionReport } from '@loket/contracts/channels.js';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import type { InboundEvent, IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, OutboundPreview, SendResult } from '@loket/contracts/outbound.js';
import type {
  CallImportPreview,
  CallImportProblem,
  CallImportSettings,
} from '@loket/contracts/call-imports.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { Template } from '@loket/contracts/templates.js';

/** Content-addressed bytes, shared by core and adapters. */
export interface BlobAccess {
  /** Stores the bytes durably; the same bytes twice are one blob. */
  put(bytes: Uint8Array | Readable, mediaType: string): Promise<BlobRef>;
  /** @throws AppError not_found `blob_missing` */
  read(sha256: string): Promise<Buffer>;
  stream(sha256: string): Promise<Readable>;
}

export interface AdapterLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What the host offers to an adapter. All calls cross the bus; an adapter knows neither core nor database. */
export interface ChannelHost {
  readonly blobs: BlobAccess;
  readonly log: AdapterLog;
  /** milliseconds since the epoch */
  now(): number;
  /**
   * Hands a message to core. Resolves after core has committed it (also when it was known before, or quarantined):
   * only then may the adapter acknowledge its source.
   * @throws AppError `unavailable` when core cannot take it now: keep it and try again
   */
  receive(message: NormalizedMessage): Promise<IntakeResult>;
  /**
   * Normalises one raw original and hands over what it holds: up to three tries, then quarantine. The usual way for
   * sources that deliver originals (mailboxes, webhooks); same promise as `receive`.
   */
  ingest(channel: ChannelRef, raw: BlobRef): Promise<IntakeResult[]>;
  /** Puts away what could not be normalised. Same promise as `receive`. */
  quarantine(request: BusRequest<'inbound.quarantine'>): Promise<IntakeResult>;
  receipt(receipt: BusRequest<'delivery.receipt'>): Promise<void>;
  /**
   * Tells what happened to a message, or that our own side wrote past Loket. Same promise as `receive`.
   * @throws AppError `unavailable`
   */
  event(event: InboundEvent): Promise<void>;
  status(status: BusRequest<'channels.status'>): Promise<void>;
  /** Durable notes of the adapter about one channel, e.g. how far a mailbox was read. */
  cursors(channelId: string): Promise<BusReply<'channels.cursors'>['cursors']>;
  saveCursor(request: BusRequest<'channels.saveCursor'>): Promise<void>;
}

/** Of the whole file so far, but for the problems, which are those of the last batch. */
export interface ImportReport {
  bytes: number;
  rows: number;
  failed: number;
  problems: CallImportProblem[];
}

/** A live connection to one channel's source. */
export interface ChannelConnection {
  /** Stops taking in new messages, lets what is under way finish, closes. Never throws. */
  close(): Promise<void>;
}

/**
 * One kind of channel. Stateless but for the connections that it opens: every call carries the channel it is for.
 *
 * Errors: `ChannelError` for what the other side did, `NormaliseError` for originals that make no message; anything
 * else is a defect.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly capabilities: ChannelCapabilities;
  /** what a channel can do whose settings have this section, in the place of `capabilities` */
  readonly bySection?: Readonly<Record<string, ChannelCapabilities>>;

  /**
   * Makes messages of one raw original. Pure but for the blobs of attachments: the same original always gives the
   * same external ids.
   * @throws NormaliseError when no message can be made of it
   */
  normalise(raw: BlobRef, channel: ChannelRef, host: ChannelHost): Promise<NormalizedMessage[]>;

  /**
   * What people should know of an original that could not be normalised: never throws, never reads it whole. Left out
   * by adapters whose originals say nothing.
   */
  glimpse?(raw: BlobRef, host: ChannelHost): Promise<Glimpse>;

  /**
   * Keeps the channel's source open until closed: reconnects with backoff by itself, reports its state through
   * `host.status`, acknowledges a message to the source only after `host.receive` or `host.quarantine` resolved.
   * @returns null when the channel has no live source (it is fed by webhook or raw ingress alone)
   */
  connect(channel: ChannelRef, host: ChannelHost): Promise<ChannelConnection | null>;

  /**
   * Sends one message. Calling it again with the same `messageId` gives the same external id.
   * @throws ChannelError
   */
  send(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): Promise<SendResult>;

  /**
   * What `send` would send, made by the same code. Only with the capability `preview`.
   * @throws ChannelError as `send` before anything leaves
   */
  preview?(message: OutboundMessage, channel: ChannelRef, host: ChannelHost): OutboundPreview;

  /** Tries the settings without saving anything. Failures are steps of the report, not exceptions. */
  test(config: Record<string, unknown>): Promise<ConnectionReport>;

  /**
   * Texts that the channel has approved beforehand. Only where `templates` is among the capabilities.
   * @throws ChannelError
   */
  templates?(channel: ChannelRef): Promise<Template[]>;

  /**
   * Shows the customer that a message of his was read. Only with the capability `markRead`.
   * @throws ChannelError
   */
  markRead?(externalId: string, channel: ChannelRef): Promise<void>;

  /**
   * The linked phone of a connected channel, and what a person may do about it. Only with the capability `session`.
   * @throws AppError not_found `session_not_here` when the channel is not connected by this adapter
   */
  session?(channelId: string): ChannelSession;
  sessionAction?(channelId: string, action: SessionAction): Promise<ChannelSession>;

  /**
   * Reads a file of calls. Only with media types of calls among `rawMediaTypes`.
   * @throws AppError `unprocessable` when it cannot be read
   */
  previewImport?(
    file: BlobRef,
    host: ChannelHost,
    settings: CallImportSettings | undefined,
  ): Promise<CallImportPreview>;

  /**
   * Hands over every call of the file through `host`, no faster than they are taken, and tells after each batch how far
   * it is. Done again, the same file gives the same external ids.
   */
  runImport?(
    file: BlobRef,
    channel: ChannelRef,
    host: ChannelHost,
    settings: CallImportSettings,
    report: (told: ImportReport) => Promise<void>,
  ): Promise<void>;

  /** Frees what the adapter holds (pools, workers). */
  close(): Promise<void>;
}
