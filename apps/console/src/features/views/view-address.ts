import type { SavedFilter } from '@loket/contracts/saved-views.js';

/** Fields of a filter that stand in the address under their own names. */
const fields = [
  'status',
  'assignee',
  'team',
  'channel',
  'kind',
  'priority',
  'tag',
  'waitingMinutes',
  'q',
  'sort',
] as const satisfies readonly (keyof SavedFilter)[];

/** Where a list with this filter is. What is usual for a view is left out, as the list itself does. */
export function viewAddress(filter: SavedFilter, savedId?: string): string {
  const query = new URLSearchParams();
  const usual = usualOf(filter.view);
  const values = filter as Record<string, string | number | undefined>;
  for (const field of fields) {
    const value = values[field];
    if (value !== undefined && value !== '' && value !== usual[field]) query.set(field, String(value));
  }
  if (savedId) query.set('saved', savedId);
  const text = query.toString();
  return `/inbox/${filter.view}${text && `?${text}`}`;
}

function usualOf(view: SavedFilter['view']): Record<string, string> {
  return view === 'callback' ? { status: 'all', sort: 'waiting' } : { status: 'open', sort: 'newest' };
}

/** Is this the list that the address leads to? A case may be open in it, and it may be sorted another way. */
export function isAtView(path: string, search: string, filter: SavedFilter, savedId?: string): boolean {
  if (path !== `/inbox/${filter.view}` && !path.startsWith(`/inbox/${filter.view}/`)) return false;
  const query = new URLSearchParams(search);
  const saved = query.get('saved');
  if (savedId !== undefined || saved !== null) return saved === savedId;
  const values = filter as Record<string, string | number | undefined>;
  // a filter that one adds to a view stays within it; the fields that make the view must be as they are
  return (['team', 'waitingMinutes'] as const).every(
    (field) => (query.get(field) ?? '') === String(values[field] ?? ''),
  );
}

/** The filter that the address shows now; null outside of the inbox. */
export function filterAt(path: string, search: string): SavedFilter | null {
  const [, view] = /^\/inbox\/(\w+)/.exec(path) ?? [];
  if (!view) return null;
  const query = new URLSearchParams(search);
  const shown = view as SavedFilter['view'];
  const filter: Record<string, string | number> = { view: shown, ...usualOf(shown) };
  for (const field of fields) {
    const value = query.get(field)?.trim();
    if (value) filter[field] = field === 'waitingMinutes' ? Number(value) : value;
  }
  return filter as SavedFilter;
}
