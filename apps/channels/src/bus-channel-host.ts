import { NormaliseError } from '@loket/channel/channel-error.js';
import type { AdapterLog, BlobAccess, ChannelAdapter, ChannelHost } from '@loket/channel/port.js';
import type { BusReply, BusRequest, ChannelRef } from '@loket/contracts/bus.js';
import { AppError } from '@loket/contracts/errors.js';
import type { InboundEvent, IntakeResult, NormalizedMessage } from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import type { Bus } from '@loket/platform/bus/bus.js';

const maxTries = 3;

/** What adapters see of the rest of the system: the bus and the blob store. One for each adapter. */
export class BusChannelHost implements ChannelHost {
  constructor(
    private readonly adapter: ChannelAdapter,
    private readonly bus: Bus,
    readonly blobs: BlobAccess,
    readonly log: AdapterLog,
  ) {}

  now(): number {
    return Date.now();
  }

  receive(message: NormalizedMessage): Promise<IntakeResult> {
    return this.bus.request('inbound.receive', message);
  }

  async ingest(channel: ChannelRef, raw: BlobRef): Promise<IntakeResult[]> {
    const results: IntakeResult[] = [];
    const messages = await this.normalise(channel, raw, results);
    if (!Array.isArray(messages)) return [await this.quarantine(messages)];
    for (const message of messages) results.push(await this.receive(message));
    return results;
  }

  async quarantine(request: BusRequest<'inbound.quarantine'>): Promise<IntakeResult> {
    const unread = request.message ? null : request.raw;
    const glimpse = unread ? await this.adapter.glimpse?.(unread, this) : null;
    return this.bus.request('inbound.quarantine', { ...request, glimpse: glimpse ?? null });
  }

  async receipt(receipt: BusRequest<'delivery.receipt'>): Promise<void> {
    await this.bus.request('delivery.receipt', receipt);
  }

  async event(event: InboundEvent): Promise<void> {
    await this.happened(event);
  }

  private async happened(event: InboundEvent): Promise<IntakeResult | null> {
    return (await this.bus.request('inbound.event', event)).result ?? null;
  }

  /**
   * The same host for one original or file: what our own side wrote comes of it too, though it is no message of a
   * customer's.
   */
  noting(results: IntakeResult[], alsoReceived = false): ChannelHost {
    const event = async (happened: InboundEvent): Promise<void> => {
      const result = await this.happened(happened);
      if (result) results.push(result);
    };
    const receive = async (message: NormalizedMessage): Promise<IntakeResult> => {
      const result = await this.receive(message);
      results.push(result);
      return result;
    };
    return Object.assign(Object.create(this) as BusChannelHost, { event, ...(alsoReceived && { receive }) });
  }

  async status(status: BusRequest<'channels.status'>): Promise<void> {
    await this.bus.request('channels.status', status);
  }

  async cursors(channelId: string): Promise<BusReply<'channels.cursors'>['cursors']> {
    return (await this.bus.request('channels.cursors', { channelId })).cursors;
  }

  async saveCursor(request: BusRequest<'channels.saveCursor'>): Promise<void> {
    await this.bus.request('channels.saveCursor', request);
  }

  /**
   * @param results what came of events in it
   * @returns the messages, or what to put into quarantine because there are none to be had
   */
  private async normalise(
    channel: ChannelRef,
    raw: BlobRef,
    results: IntakeResult[],
  ): Promise<NormalizedMessage[] | BusRequest<'inbound.quarantine'>> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        results.length = 0;
        return await this.adapter.normalise(raw, channel, this.noting(results));
      } catch (error) {
        // The blob store is out of order, for example: that says nothing about this original.
        if (error instanceof AppError) throw error;
        if (attempts < maxTries && mayPass(error)) continue;
        const known = error instanceof NormaliseError;
        if (!known)
          this.log.error(
            { channelId: channel.id, sha256: raw.sha256, err: error },
            'adapter failed on an original',
          );
        const code = known ? error.code : 'adapter_defect';
        const reason = known ? error.message : 'the adapter failed on this original';
        return { channelId: channel.id, raw, code, reason: reason.slice(0, 2000), attempts };
      }
    }
  }
}

/** A busy machine makes time-outs; what cannot be read will not be readable in a second either. */
function mayPass(error: unknown): boolean {
  return !(error instanceof NormaliseError) || error.code === 'parse_timeout';
}
