import { useSyncExternalStore } from 'react';
import type { CaseSummary } from '@loket/contracts/cases.js';

/**
 * How far each case was read in this browser: case id → instant of the newest message seen. Kept beside the browser's
 * other settings because the server does not keep it.
 */
const storageKey = 'loket-seen';
const limit = 3000;

function load(): Map<string, string> {
  try {
    return new Map(JSON.parse(localStorage.getItem(storageKey) ?? '[]') as [string, string][]);
  } catch {
    return new Map();
  }
}

let seen = load();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function save() {
  timer = undefined;
  try {
    localStorage.setItem(storageKey, JSON.stringify([...seen].slice(-limit)));
  } catch {
    // storage full or forbidden: reading marks last until the page is closed
  }
}

export function seenUntil(caseId: string): string | undefined {
  return seen.get(caseId);
}

export function markSeen(caseId: string, at: string): void {
  const before = seen.get(caseId);
  if (before !== undefined && Date.parse(before) >= Date.parse(at)) return;
  const next = new Map(seen);
  next.delete(caseId);
  seen = next.set(caseId, at);
  for (const listener of listeners) listener();
  timer ??= setTimeout(save, 500);
}

/** The customer spoke last, and that was not shown here yet. */
export function useUnread(summary: CaseSummary): boolean {
  const until = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => seen.get(summary.id),
  );
  if (summary.lastDirection !== 'inbound') return false;
  return until === undefined || Date.parse(until) < Date.parse(summary.lastMessageAt);
}
