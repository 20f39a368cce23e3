import type { ChannelRef } from '@loket/contracts/bus.js';
import type { WhatsappWebConfig } from '@loket/contracts/channels.js';
import type { SessionMemory } from './session-memory.js';
import type { StartSession } from './session-protocol.js';
import type { WebOptions } from './web-options.js';

/** seconds that are looked at again after an absence: clocks differ, and a crash loses what was on its way */
const overlap = 600;

export interface SessionScene {
  channel: ChannelRef;
  config: WhatsappWebConfig;
  options: WebOptions;
  memory: SessionMemory;
  folder: string;
  /** null = it is paired already; `phoneNumber` in digits */
  pairing: { phoneNumber: string | null } | null;
  /** seconds since the epoch */
  startedAt: number;
  /** `fromMe:id` of what was handed over lately */
  known: string[];
}

/** All that the process of a session has to know. */
export function startCommand(scene: SessionScene): StartSession {
  const { channel, config, options, memory, folder, pairing, startedAt, known } = scene;
  return {
    type: 'start',
    channelId: channel.id,
    folder,
    chromiumPath: options.chromiumPath,
    chromiumArgs: [...options.chromiumArgs],
    phoneNumber: pairing?.phoneNumber ?? null,
    pairing: pairing !== null,
    takeoverOnConflict: config.takeoverOnConflict,
    groups: config.groups,
    since: memory.since === null ? startedAt : Math.max(memory.since - overlap, memory.linkedAt ?? 0),
    startedAt,
    account: memory.state.account,
    aliases: memory.aliases,
    known,
    maxMediaBytes: options.maxMediaBytes,
    qrRefreshMs: options.qrRefreshMs,
    mediaMs: options.mediaMs,
  };
}
