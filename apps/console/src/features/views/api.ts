import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { SavedView, UpdateSavedView } from '@loket/contracts/saved-views.js';
import { api } from '../../api/client.js';
import { keys } from '../../api/keys.js';
import { hiddenViews } from '../../api/saved-views.js';

interface ViewList {
  items: SavedView[];
}
type NewView = Pick<SavedView, 'name' | 'filter' | 'shared'>;

function patch(client: QueryClient, change: (items: SavedView[]) => SavedView[]): void {
  client.setQueryData<ViewList>(keys.savedViews, (list) => list && { items: change(list.items) });
}

export function useCreateView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewView) => api<SavedView>('/views', { method: 'POST', body }),
    onSuccess: (view) => {
      patch(client, (items) => [
        ...items.filter(({ ownerId }) => ownerId === view.ownerId),
        view,
        ...items.filter(({ ownerId }) => ownerId !== view.ownerId),
      ]);
    },
  });
}

/** Painted when the server has it: names and sharing concern others too. */
export function useUpdateView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: UpdateSavedView & { id: string }) =>
      api<SavedView>(`/views/${id}`, { method: 'PATCH', body }),
    onSuccess: (view) => patch(client, (items) => items.map((one) => (one.id === view.id ? view : one))),
    // somebody else changed or deleted it
    onError: () => void client.invalidateQueries({ queryKey: keys.savedViews }),
  });
}

/** Out of the rail at once; the server is told when it can no longer be undone. */
export function hideView(id: string): void {
  hiddenViews.add(id);
}

/** It was not to be thrown away, or could not be. */
export function showView(client: QueryClient, id: string): void {
  hiddenViews.delete(id);
  refetchViews(client);
}

function refetchViews(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: keys.savedViews });
}

export function deleteView(id: string): Promise<void> {
  return api(`/views/${id}`, { method: 'DELETE', keepalive: true });
}

/** The list with one of my views a place further up (-1) or down (+1). Those that others share stay where they are. */
export function moved(items: readonly SavedView[], id: string, by: -1 | 1, me: string): SavedView[] {
  const mine = items.filter(({ ownerId }) => ownerId === me);
  const at = mine.findIndex((one) => one.id === id);
  const [view, other] = [mine[at], mine[at + by]];
  if (!view || !other) return [...items];
  const next = mine.with(at, other).with(at + by, view);
  return [...next, ...items.filter(({ ownerId }) => ownerId !== me)];
}

export function useMoveView(me: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (_: { id: string; by: -1 | 1 }) => {
      const items = client.getQueryData<ViewList>(keys.savedViews)?.items ?? [];
      const ids = items.filter(({ ownerId }) => ownerId === me).map(({ id }) => id);
      return api<void>('/views/order', { method: 'PUT', body: { ids } });
    },
    scope: { id: 'view-order' },
    onMutate: ({ id, by }) => patch(client, (items) => moved(items, id, by, me)),
    onError: () => refetchViews(client),
  });
}
