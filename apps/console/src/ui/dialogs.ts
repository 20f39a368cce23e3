import { useSyncExternalStore } from 'react';
import type { SavedFilter, SavedView } from '@loket/contracts/saved-views.js';

/**
 * Dialogs that several screens open. Whoever wants one asks here; the shell knows which feature shows it, so that
 * features need not know one another.
 */
export type DialogRequest =
  | {
      kind: 'merge-cases';
      /** the case in view */
      number: number;
      /** the other one, when it is known already */
      with?: number;
      /** a suggestion that this decides */
      suggestionId?: string;
    }
  | { kind: 'link-incident'; number: number }
  | {
      kind: 'save-view';
      /** what the list shows now */
      filter: SavedFilter;
      /** this one is changed instead of making another */
      view?: SavedView;
    }
  /** a note for one colleague alone */
  | { kind: 'whisper'; caseId: string; number: number; to: { id: string; name: string } }
  | { kind: 'split-case'; number: number; messageIds?: readonly string[] }
  | { kind: 'merge-customers'; customerId: string; with?: string; suggestionId?: string }
  | { kind: 'history'; of: { case: string } | { customer: string }; title: string }
  | {
      kind: 'undo';
      operationId: string;
      /** after it was undone */
      then?: () => void;
    };

let current: DialogRequest | null = null;
const listeners = new Set<() => void>();

export function openDialog(request: DialogRequest | null): void {
  current = request;
  for (const listener of listeners) listener();
}

export function useDialogRequest(): DialogRequest | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
