import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { AcceptSuggestion, Suggestion } from '@loket/contracts/suggestions.js';
import { errorText } from '../../api/error-text.js';
import {
  acceptSuggestion,
  countSuggestion,
  dismissSuggestion,
  dropSuggestion,
  refetchSuggestions,
} from '../../api/suggestions.js';
import { openDialog } from '../../ui/dialogs.js';
import { showToast } from '../../ui/toasts.js';

/**
 * Decided here, but the server does not show it yet: an answer is on its way, or a “no” can still be taken back. There
 * is no way back from a dismissal on the server, where it holds for ever; so it is told only when its toast has gone.
 */
let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function hide(id: string, on: boolean) {
  const next = new Set(hidden);
  if (on) next.add(id);
  else next.delete(id);
  hidden = next;
  for (const listener of listeners) listener();
}

/** Those that still wait for a decision, as this person sees it. */
export function useWaiting(suggestions: readonly Suggestion[]): Suggestion[] {
  const gone = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hidden,
  );
  return suggestions.filter((one) => !gone.has(one.id));
}

export interface Decide {
  accept: (suggestion: Suggestion, choice?: Partial<AcceptSuggestion>) => Promise<void>;
  dismiss: (suggestion: Suggestion) => void;
}

/** @param onBack a decision was undone: the suggestion is there again */
export function useDecide(onBack?: (id: string) => void): Decide {
  const { t } = useTranslation();
  const client = useQueryClient();
  const accept = useCallback(
    async (suggestion: Suggestion, choice: Partial<AcceptSuggestion> = {}) => {
      const { id, kind } = suggestion;
      hide(id, true);
      try {
        const { operations } = await acceptSuggestion(id, choice);
        dropSuggestion(client, id, kind);
        // the newest first: each stands on the one before
        const undo = operations.reduce<(() => void) | undefined>(
          (then, { id: operationId }) =>
            () =>
              openDialog({ kind: 'undo', operationId, ...(then && { then: () => setTimeout(then) }) }),
          undefined,
        );
        showToast({ text: t(`suggestions.accepted.${kind}`), ...(undo && { undo }) });
      } catch (error) {
        showToast({ tone: 'danger', text: errorText(t, error) });
      } finally {
        hide(id, false);
        refetchSuggestions(client);
      }
    },
    [client, t],
  );
  const dismiss = useCallback(
    ({ id, kind }: Suggestion) => {
      hide(id, true);
      countSuggestion(client, kind, -1);
      const tell = async () => {
        try {
          await dismissSuggestion(id);
          dropSuggestion(client, id, kind);
        } catch (error) {
          showToast({ tone: 'danger', text: errorText(t, error) });
        } finally {
          hide(id, false);
          refetchSuggestions(client);
        }
      };
      showToast({
        text: t('suggestions.dismissed'),
        undo: () => {
          hide(id, false);
          countSuggestion(client, kind, 1);
          onBack?.(id);
        },
        gone: () => void tell(),
      });
    },
    [client, t, onBack],
  );
  return { accept, dismiss };
}
