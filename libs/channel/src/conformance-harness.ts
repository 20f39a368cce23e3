import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelCapabilities } from '@loket/contracts/channels.js';
import type { ChannelErrorCode, OutboundMessage } from '@loket/contracts/outbound.js';
import type { ChannelAdapter } from './port.js';

/** One raw original as the channel's source delivers it. */
export interface Original {
  name: string;
  raw: Buffer;
  mediaType: string;
}

/** What the suite needs to know of one kind of channel to try its adapter against a real or scripted other side. */
export interface ConformanceHarness {
  /** a fresh adapter, quick to notice and quick to retry; the suite closes it */
  create(): ChannelAdapter;
  /** a channel with settings that work, new on every call */
  channel(): ChannelRef;
  /** of these settings, the section by which the adapter tells what it can do */
  section?: string;
  /** originals that make messages; a few, each odd in another way */
  originals: readonly Original[];
  /** originals that look like some but make none; may be empty */
  unreadable: readonly Original[];
  /** originals that hold no message, only what happened to one, or what was written elsewhere */
  happenings?: readonly Original[];
  /**
   * What a person does once a channel is connected, before it works: links a phone, for example. Called once for each
   * channel.
   */
  link?(adapter: ChannelAdapter, channel: ChannelRef): Promise<void>;
  /** the live source behind `channel()`; left out when the kind has none and is fed by ingress alone */
  source?: {
    /** a fresh original: a new message on every call */
    next(): Original;
    deliver(original: Original, channel: ChannelRef): Promise<void>;
    /** how many originals the source takes for settled; left out when it keeps no account of that */
    acknowledged?(channel: ChannelRef): Promise<number>;
    /** something happens to a message, or is written elsewhere; for sources that tell of such things */
    happen?(channel: ChannelRef): Promise<void>;
  };
  /** the other side of `send`; required when the adapter can send */
  outbound?: {
    message(): OutboundMessage;
    /** external ids that arrived at the other side, in order */
    arrived(): Promise<string[]>;
    /** makes the next sends fail in this way; null = well again */
    stage: Partial<Record<ChannelErrorCode, () => Promise<void>>>;
    heal(): Promise<void>;
  };
  /** milliseconds that anything may take to come true; 8 s unless told otherwise */
  patienceMs?: number;
  /** settings that cannot work, for adapters that can test */
  badConfig?: Record<string, unknown>;
}

/** A promise of the port. `run` throws when the adapter breaks it. */
export interface ConformanceCheck {
  name: string;
  /** whether the promise concerns this adapter */
  applies(harness: ConformanceHarness, adapter: ChannelAdapter): boolean;
  run(harness: ConformanceHarness, adapter: ChannelAdapter): Promise<void>;
}

/** What the adapter can do for channels as the harness has them. */
export function abilities(
  { section = '' }: ConformanceHarness,
  { bySection, capabilities }: ChannelAdapter,
): ChannelCapabilities {
  return bySection?.[section] ?? capabilities;
}

export const always = (): boolean => true;
export const hasOriginals = ({ originals }: ConformanceHarness): boolean => originals.length > 0;
export const hasSource = ({ source }: ConformanceHarness): boolean => source !== undefined;
export const sends = (harness: ConformanceHarness, adapter: ChannelAdapter): boolean =>
  abilities(harness, adapter).send;
