import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineMessage } from '@loket/contracts/cases.js';
import type { DraftQuote } from '../../../api/drafts.js';
import { keys } from '../../../api/keys.js';
import { isMessage, type Timeline } from '../../../api/patch.js';
import { isQuotable, quoteOf } from '../useDesk.js';

/** Chooses what to quote without a mouse: from the newest message of the channel to the older ones, and back. */
function useQuoting(caseId: string) {
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

/**
 * Steps through what can be quoted, by keys.
 * @param channelId null where nothing can be quoted
 */
export function useQuoteKeys(
  caseId: string,
  channelId: string | null,
  quote: DraftQuote | null,
  onQuote: (next: DraftQuote | null) => void,
): (by: -1 | 1) => void {
  const { t } = useTranslation();
  const step = useQuoting(caseId);
  // keys may come faster than what they change is drawn
  const quoted = useRef(quote);
  quoted.current = quote;
  return (by) => {
    if (channelId === null) return;
    const next = step(channelId, quoted.current?.messageId ?? null, by);
    quoted.current = next && quoteOf(next, t('case.us'));
    onQuote(quoted.current);
  };
}
