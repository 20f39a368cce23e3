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

export const mostArrivals = 999;

const none: Arrivals = { arrived: new Set(), moved: new Set() };
const byList = new Map<string, Arrivals>();
const listeners = new Set<() => void>();

function set(params: CaseListParams, next: Arrivals) {
  byList.set(hashKey([params]), next);
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
  if (arrivalsOf(params) !== none) set(params, none);
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
