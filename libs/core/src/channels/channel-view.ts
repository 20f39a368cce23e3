import type {
  Channel as ChannelView,
  ChannelCapabilities,
  ChannelStatus,
} from '@loket/contracts/channels.js';
import { liveSections } from '@loket/contracts/channels.js';
import { maskSecrets } from './channel-secrets.js';
import type { Channel } from './channel.entity.js';

interface ViewContext {
  capabilities: ChannelCapabilities;
  /** paths of the secrets that are stored */
  secretPaths: readonly string[];
  now: Date;
}

/** A channel as admins see it. */
export function channelView(channel: Channel, { capabilities, secretPaths, now }: ViewContext): ChannelView {
  const { id, kind, name, address, enabled, config, statusAt, version, createdAt } = channel;
  return {
    id,
    kind,
    name,
    address,
    enabled,
    config: maskSecrets(config, secretPaths),
    capabilities,
    ...currentStatus(channel, now),
    statusAt: statusAt.toISOString(),
    version,
    createdAt: createdAt.toISOString(),
  };
}

/** What every agent may know: which channels there are and whether they work, not how they are set up. */
export function withoutSettings(view: ChannelView): ChannelView {
  return { ...view, config: {}, statusDetail: null };
}

/** A host that died could not take back its word: without a lease nobody keeps the connection. */
function currentStatus(
  channel: Channel,
  now: Date,
): Pick<ChannelView, 'status' | 'statusCode' | 'statusDetail'> {
  const { status, statusCode, statusDetail, leaseExpiresAt } = channel;
  const orphaned = status === 'connected' && (leaseExpiresAt === null || leaseExpiresAt < now);
  return orphaned
    ? { status: 'disconnected', statusCode: 'no_adapter_host', statusDetail: null }
    : { status, statusCode, statusDetail };
}

/** The status that a channel starts from after it was made or changed. */
export function initialStatus(
  { kind, enabled, config }: Pick<Channel, 'kind' | 'enabled' | 'config'>,
  hasAdapter: boolean,
): ChannelStatus {
  if (!enabled) return 'disabled';
  const live = hasAdapter && liveSections[kind].some((section) => config[section] !== undefined);
  return live ? 'connecting' : 'ingress_only';
}
