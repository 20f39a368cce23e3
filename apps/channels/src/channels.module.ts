import { type DynamicModule, Module } from '@nestjs/common';
import { emailAdapter } from '@loket/adapter-email';
import { phoneLogAdapter } from '@loket/adapter-phone-log';
import { webchatAdapter } from '@loket/adapter-webchat';
import { whatsappAdapter } from '@loket/adapter-whatsapp';
import type { ChannelAdapter } from '@loket/channel/port.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { AdapterHost, HOST_OPTIONS, type HostOptions } from './adapter-host.js';

export interface WhatsappOptions {
  /** where the Graph API of Meta answers */
  graphUrl: string;
  /** null = no browser may run here: linked phones wait, and say so */
  chromiumPath: string | null;
  /** folder that holds the keys of linked phones, one subfolder a channel */
  dataDir: string;
  /** linked phones at a time; each takes up to 1 GB */
  maxSessions: number;
}

export interface PhoneOptions {
  /** folders whose call logs may be followed; an admin of Loket is no admin of the machine */
  csvFolders: readonly string[];
}

export interface ChannelsOptions extends Omit<HostOptions, 'adapters'> {
  /** all that we have, unless told otherwise */
  adapters?: ChannelAdapter[];
  /** left out: the Cloud API where it is, and no linked phones */
  whatsapp?: WhatsappOptions;
  /** left out: the folder where Asterisk writes its log */
  phone?: PhoneOptions;
}

/**
 * Hosts the adapters: keeps the connections of the channels that core leases to it, and does what core asks of them.
 * Needs BUS, LOGGER and BlobStore from the platform, nothing of core or its database.
 */
@Module({})
export class ChannelsModule {
  /** @param options.hostId the same after a restart, so that the leases of before are its own; different for each process */
  static forRoot({ adapters, whatsapp, phone, ...options }: ChannelsOptions): DynamicModule {
    const useFactory = (bus: Bus): HostOptions => ({
      ...options,
      adapters: adapters ?? [emailAdapter(), whatsappOf(whatsapp), webchatAdapter(), phoneOf(phone, bus)],
    });
    const provider = { provide: HOST_OPTIONS, useFactory, inject: [BUS] };
    return { module: ChannelsModule, providers: [provider, AdapterHost] };
  }
}

function phoneOf(options: PhoneOptions | undefined, bus: Bus): ChannelAdapter {
  return phoneLogAdapter({
    ...options,
    onRinging: async ({ id: channelId }, call) => {
      await bus.request('calls.ringing', { channelId, call });
    },
  });
}

function whatsappOf(whatsapp: WhatsappOptions | undefined): ChannelAdapter {
  if (!whatsapp) return whatsappAdapter();
  const { graphUrl, chromiumPath, dataDir, maxSessions } = whatsapp;
  const cloud = { graph: { baseUrl: graphUrl } };
  const web = chromiumPath === null ? {} : { web: { chromiumPath, dataDir, maxSessions } };
  return whatsappAdapter({ cloud, ...web });
}
