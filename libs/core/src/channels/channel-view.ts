import type {
  Channel as ChannelView,
  ChannelCapabilities,
  ChannelStatus,
} from '@loket/contracts/channels.js';
import { liveSections, neededSecrets } from '@loket/contracts/channels.js';
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
    ...currentStatus(channel, secretPaths, now),
    statusAt: statusAt.toISOString(),
    version,
    createdAt: createdAt.toISOString(),
  };
}

/** What every agent may know: which channels there are and whether they work, not how they are set up. */
export function withoutSettings(view: ChannelView): ChannelView {
  return { ...view, config: {}, statusDetail: null };
}

/**
 * What can be told from the rest of the row goes before what the host last said: a host that died could not take back its
 * word, for without a lease nobody keeps the connection; and a channel that waits at its ingress for calls which it could
 * not check, or could not answer, is not ready.
 */
function currentStatus(
  channel: Channel,
  secretPaths: readonly string[],
  now: Date,
): Pick<ChannelView, 'status' | 'statusCode' | 'statusDetail'> {
  const { kind, config, status, statusCode, statusDetail, leaseExpiresAt } = channel;
  if (status === 'connected' && (leaseExpiresAt === null || leaseExpiresAt < now))
    return { status: 'disconnected', statusCode: 'no_adapter_host', statusDetail: null };
  const lacking = neededSecrets[kind].some(
    (path) => config[path.split('.')[0] ?? ''] !== undefined && !secretPaths.includes(path),
  );
  if (status === 'ingress_only' && lacking)
    return { status: 'paused', statusCode: 'secrets_missing', statusDetail: null };
  return { status, statusCode, statusDetail };
}

/**
 * The status that a channel starts from after it was made or changed. One that is fed by calls of the other side is
 * `ingress_only` from the first moment: there is nothing to connect, and a wrong token shows with the first answer, which
 * pauses it until one gets through.
 */
export function initialStatus(
  { kind, enabled, config }: Pick<Channel, 'kind' | 'enabled' | 'config'>,
  hasAdapter: boolean,
): ChannelStatus {
  if (!enabled) return 'disabled';
  const live = hasAdapter && liveSections[kind].some((section) => config[section] !== undefined);
  return live ? 'connecting' : 'ingress_only';
}
