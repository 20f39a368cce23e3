import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import { keys } from '../../api/keys.js';
import { isMessage, type Timeline } from '../../api/patch.js';
import { isQuotable } from './useDesk.js';

/** Chooses what to quote without a mouse: from the newest message of the channel to the older ones, and back. */
export function useQuoting(caseId: string) {
  const client = useQueryClient();
  /**
   * @param from id of the message that is quoted now; null: none
   * @param by -1 to an older one, 1 to a newer one
   * @returns null: past the newest, so none
   */
  return useCallback(
    (channelId: string, from: string | null, by: -1 | 1): TimelineMessage | null => {
      const pages = client.getQueryData<Timeline>(keys.timeline(caseId))?.pages ?? [];
      const all = pages
        .toReversed()
        .flatMap((page) => page.items)
        .filter(isMessage)
        .filter((message) => message.channelId === channelId && isQuotable(message));
      const at = all.findIndex((message) => message.id === from);
      if (at < 0)
        return (by < 0 && (all.findLast((one) => one.direction === 'inbound') ?? all.at(-1))) || null;
      return by < 0 ? (all[Math.max(0, at - 1)] ?? null) : (all[at + 1] ?? null);
    },
    [client, caseId],
  );
}
