import { useSyncExternalStore } from 'react';
import { hashKey } from '@tanstack/react-query';
import type { CaseListParams } from './keys.js';

/**
 * What a list does not show yet. Rows never move under the hand: cases that came in, and rows that would now stand
 * higher, wait here until someone asks for them.
 */
export interface Arrivals {
  arrived: ReadonlySet<string>;
  moved: ReadonlySet<string>;
}

/** Nobody reads further than this; the list is loaded anew anyway. A console that is left open stays as small as it was. */
export const mostArrivals = 500;
/** while many come in; the first is told at once */
const tellMs = 250;

const none: Arrivals = { arrived: new Set(), moved: new Set() };
const byList = new Map<string, Arrivals>();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let toldAt = -tellMs;

function set(params: CaseListParams, next: Arrivals) {
  byList.set(hashKey([params]), next);
  timer ??= setTimeout(tell, Math.max(0, toldAt + tellMs - performance.now()));
}

function tell() {
  clearTimeout(timer);
  timer = undefined;
  toldAt = performance.now();
  for (const listener of listeners) listener();
}

export function arrivalsOf(params: CaseListParams): Arrivals {
  return byList.get(hashKey([params])) ?? none;
}

export function noteArrival(params: CaseListParams, caseId: string, kind: keyof Arrivals): void {
  const now = arrivalsOf(params);
  // beyond that nobody counts, and each of them would be copied again for every next one
  if (now[kind].has(caseId) || now[kind].size >= mostArrivals) return;
  set(params, { ...now, [kind]: new Set(now[kind]).add(caseId) });
}

/** It no longer belongs to the list: nobody needs to hear of it. */
export function dropArrival(params: CaseListParams, caseId: string): void {
  const now = arrivalsOf(params);
  if (!now.arrived.has(caseId) && !now.moved.has(caseId)) return;
  const without = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => id !== caseId));
  set(params, { arrived: without(now.arrived), moved: without(now.moved) });
}

export function clearArrivals(params: CaseListParams): void {
  if (arrivalsOf(params) === none) return;
  set(params, none);
  tell();
}

export function useArrivals(params: CaseListParams): Arrivals {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => arrivalsOf(params),
  );
}
