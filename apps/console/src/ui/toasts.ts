import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  tone?: 'danger';
  /** shown as a button, also on Z */
  undo?: () => void;
  /** milliseconds for which it can be undone; 10 s unless told */
  undoMs?: number;
  /** called once it can no longer be undone: it lapsed, was closed, or another took its place */
  gone?: () => void;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  const left = toasts.filter((toast) => !next.includes(toast));
  toasts = next;
  for (const toast of left) toast.gone?.();
  for (const listener of listeners) listener();
}

/** One notice at the foot of the screen for 10 s (with undo) or 6 s. A newer one takes its place. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  const id = nextId++;
  set([{ ...toast, id }]);
  setTimeout(() => dismissToast(id), toast.undo ? (toast.undoMs ?? 10_000) : 6_000);
}

export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id));
}

/** Nobody can undo any more on a page that is left. */
window.addEventListener('pagehide', () => set([]));

/** @returns whether there was something to undo */
export function undoLatest(): boolean {
  const latest = toasts.findLast((toast) => toast.undo);
  if (!latest?.undo) return false;
  delete latest.gone;
  dismissToast(latest.id);
  latest.undo();
  return true;
}

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}
