import { useQuery, type QueryClient } from '@tanstack/react-query';
import type { Draft as ServerDraft, SaveDraft } from '@loket/contracts/drafts.js';
import { api } from './client.js';
import type { Draft, DraftQuote, DraftSlot } from './drafts.js';
import { keys } from './keys.js';

type List = { items: ServerDraft[] };

/** What I have written in this case in any browser. Asked again when one comes back to the window. */
export function useServerDrafts(caseId: string) {
  return useQuery({
    queryKey: keys.drafts(caseId),
    queryFn: ({ signal }) => api<List>(`/cases/${caseId}/drafts`, { signal }),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
    select: (list) => list.items,
  });
}

/** Whether the server has something that I wrote in this case, asked right now. */
export async function hasDrafts(caseId: string): Promise<boolean> {
  return (await api<List>(`/cases/${caseId}/drafts`)).items.length > 0;
}

/** Saves and drops of one slot reach the server in the order in which they were made. */
const turns = new Map<string, Promise<unknown>>();
function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const next = (turns.get(key) ?? Promise.resolve()).then(work, work);
  turns.set(key, next);
  const done = () => void (turns.get(key) === next && turns.delete(key));
  next.then(done, done);
  return next;
}

const path = (caseId: string, slot: DraftSlot) => `/cases/${caseId}/drafts/${serverSlot(slot)}`;

/** @param leaving the page is about to go: there is no time to wait for what is under way */
export function saveDraft(caseId: string, slot: DraftSlot, draft: Draft, leaving = false): Promise<unknown> {
  const { text, html, attachments, quote, version, seenAt, toAgentId, savedAt } = draft;
  const body: SaveDraft = {
    savedAt,
    body: {
      text,
      attachments,
      quoteId: quote?.messageId ?? null,
      version,
      ...(html && { html }),
      ...(seenAt && { seenAt }),
      ...(toAgentId && { toAgentId }),
    },
  };
  const save = () => api(path(caseId, slot), { method: 'PUT', body, keepalive: leaving });
  return leaving ? save() : inTurn(`${caseId} ${slot}`, save);
}

/** It was sent, or emptied. What the server told before is forgotten, so that it does not come back. */
export function dropDraft(client: QueryClient, caseId: string, slot: DraftSlot): Promise<unknown> {
  const key = keys.drafts(caseId);
  void client.cancelQueries({ queryKey: key });
  client.setQueryData<List>(
    key,
    (list) => list && { items: list.items.filter((draft) => draft.slot !== serverSlot(slot)) },
  );
  return inTurn(`${caseId} ${slot}`, () => api(path(caseId, slot), { method: 'DELETE' }));
}

function serverSlot(slot: DraftSlot): string {
  return slot === 'note' ? slot : `reply:${slot}`;
}

function hereSlot(slot: string): DraftSlot {
  return slot.replace(/^reply:/, '');
}

/** @param quoteOf the quoted message as it is shown, where it is loaded */
export function fromServer(
  { slot, body, savedAt }: ServerDraft,
  quoteOf: (messageId: string) => DraftQuote | null,
): [DraftSlot, Draft] {
  const { text, html, attachments, quoteId, version, seenAt, toAgentId } = body;
  const draft: Draft = {
    text,
    html: html ?? null,
    attachments,
    quote: quoteId === null ? null : quoteOf(quoteId),
    version,
    seenAt: seenAt ?? null,
    toAgentId: toAgentId ?? null,
    savedAt,
    synced: savedAt,
  };
  return [hereSlot(slot), draft];
}

/**
 * Which of two is right. The newer one; what the server had and has no more was sent, or dropped, elsewhere.
 * @returns `take` the server's, `push` ours, `drop` ours, or nothing to do
 */
export function reconcile(
  here: Pick<Draft, 'savedAt' | 'synced'> | null,
  there: Pick<Draft, 'savedAt'> | null,
): 'take' | 'push' | 'drop' | null {
  if (!here) return there ? 'take' : null;
  if (!there) return here.synced === here.savedAt ? 'drop' : 'push';
  const [ours, theirs] = [Date.parse(here.savedAt), Date.parse(there.savedAt)];
  if (ours === theirs) return null;
  return theirs > ours ? 'take' : 'push';
}
