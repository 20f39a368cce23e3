import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { SavedView } from '@loket/contracts/saved-views.js';
import { api } from './client.js';
import { keys } from './keys.js';

let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function setHidden(ids: Iterable<string>) {
  hidden = new Set(ids);
  for (const listener of listeners) listener();
}

/** Those that were thrown away, as long as that can be undone: the server still has them, and may be asked meanwhile. */
export const hiddenViews = {
  add: (id: string) => setHidden([...hidden, id]),
  delete: (id: string) => setHidden([...hidden].filter((one) => one !== id)),
};

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Mine in my order, then shared ones by name. */
export function useSavedViews() {
  const gone = useSyncExternalStore(subscribe, () => hidden);
  return useQuery({
    queryKey: keys.savedViews,
    queryFn: ({ signal }) => api<{ items: SavedView[] }>('/views', { signal }),
    select: (page) => page.items.filter(({ id }) => !gone.has(id)),
  });
}
