import { useSyncExternalStore } from 'react';
import type { TimelineQuote, Upload } from '@loket/contracts/cases.js';

/** The message that an answer quotes, as it is shown above it. */
export type DraftQuote = TimelineQuote & { messageId: string };

export interface Draft {
  text: string;
  /** the same with its looks, where the channel carries them */
  html?: string | null;
  attachments: Upload[];
  quote?: DraftQuote | null;
  /** version of the case when the writing began; the server tells when someone wrote since */
  version: number | null;
  /** instant of what was newest in the case then */
  seenAt?: string | null;
  /** of a note: the only colleague whom it is for */
  toAgentId?: string | null;
  savedAt: string;
  /** `savedAt` of what the server was known to have; left out: nothing of this */
  synced?: string;
}

/** What the draft is for: a channel's id, or `note`. */
export type DraftSlot = string;

const prefix = 'loket-draft:';
const listeners = new Set<() => void>();
let index: ReadonlySet<string> | null = null;

function keyOf(agentId: string, caseId: string, slot: DraftSlot) {
  return `${prefix}${agentId}:${caseId}:${slot}`;
}

function casesWithDrafts(): ReadonlySet<string> {
  if (!index) {
    const found = new Set<string>();
    for (let n = 0; n < localStorage.length; n++) {
      const key = localStorage.key(n);
      if (key?.startsWith(prefix)) found.add(key.slice(prefix.length).split(':').slice(0, 2).join(':'));
    }
    index = found;
  }
  return index;
}

export function readDraft(agentId: string, caseId: string, slot: DraftSlot): Draft | null {
  try {
    const text = localStorage.getItem(keyOf(agentId, caseId, slot));
    return text ? (JSON.parse(text) as Draft) : null;
  } catch {
    return null;
  }
}

/** An empty draft is removed. @returns whether it is stored */
export function writeDraft(agentId: string, caseId: string, slot: DraftSlot, draft: Draft): boolean {
  const key = keyOf(agentId, caseId, slot);
  try {
    if (draft.text.trim() === '' && draft.attachments.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    return false;
  }
  index = null;
  for (const listener of listeners) listener();
  return true;
}

/** What each slot of a case holds here. */
export function draftsHere(agentId: string, caseId: string): Map<DraftSlot, Draft> {
  const found = new Map<DraftSlot, Draft>();
  const start = keyOf(agentId, caseId, '');
  for (let n = 0; n < localStorage.length; n++) {
    const key = localStorage.key(n);
    const slot = key?.startsWith(start) ? key.slice(start.length) : null;
    const draft = slot === null ? null : readDraft(agentId, caseId, slot);
    if (slot !== null && draft) found.set(slot, draft);
  }
  return found;
}

export function useHasDraft(agentId: string, caseId: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => casesWithDrafts().has(`${agentId}:${caseId}`),
  );
}
