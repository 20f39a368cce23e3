import { hashKey } from '@tanstack/react-query';
import type { Channel } from '@loket/contracts/channels.js';

/**
 * The version that a save is based on. Switching a channel on or off counts its version up too, but is no conflict for
 * somebody who edits its settings: as long as these are what the form started from, the present version is meant.
 *
 * @param base the channel as the form started from it
 * @param now the channel as it is
 */
export function versionToChange(base: Channel | undefined, now: Channel | undefined): number | undefined {
  if (!base || !now) return base?.version;
  // the database gives the fields back in another order
  const settings = ({ name, config }: Channel) => hashKey([name, config]);
  return settings(base) === settings(now) ? now.version : base.version;
}
