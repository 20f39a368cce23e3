import { type DynamicModule, Module } from '@nestjs/common';
import { emailAdapter } from '@loket/adapter-email';
import type { ChannelAdapter } from '@loket/channel/port.js';
import { AdapterHost, HOST_OPTIONS, type HostOptions } from './adapter-host.js';

/**
 * Hosts the adapters: keeps the connections of the channels that core leases to it, and does what core asks of them.
 * Needs BUS, LOGGER and BlobStore from the platform, nothing of core or its database.
 */
@Module({})
export class ChannelsModule {
  /**
   * @param options.hostId the same after a restart, so that the leases of before are its own; different for each process
   * @param options.adapters all that we have, unless told otherwise
   */
  static forRoot(options: Omit<HostOptions, 'adapters'> & { adapters?: ChannelAdapter[] }): DynamicModule {
    const useFactory = (): HostOptions => ({ ...options, adapters: options.adapters ?? [emailAdapter()] });
    return { module: ChannelsModule, providers: [{ provide: HOST_OPTIONS, useFactory }, AdapterHost] };
  }
}
