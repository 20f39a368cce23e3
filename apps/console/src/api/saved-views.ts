import { useQuery } from '@tanstack/react-query';
import type { SavedView } from '@loket/contracts/saved-views.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Mine in my order, then shared ones by name. */
export function useSavedViews() {
  return useQuery({
    queryKey: keys.savedViews,
    queryFn: ({ signal }) => api<{ items: SavedView[] }>('/views', { signal }),
    select: (page) => page.items,
  });
}
