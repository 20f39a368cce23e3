import { useSyncExternalStore } from 'react';
import type { Preferences } from '@loket/contracts/preferences.js';

/** What a person prefers that styles, lists and the key handler have to know, also before he is known. */
export type DeviceLooks = Pick<Preferences, 'density' | 'motion' | 'singleKeys'>;

const storageKey = 'loket-looks';
const usual: DeviceLooks = { density: 'comfortable', motion: 'auto', singleKeys: true };

let looks = remembered();
const listeners = new Set<() => void>();
mark();

function remembered(): DeviceLooks {
  try {
    return { ...usual, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<DeviceLooks>) };
  } catch {
    return usual;
  }
}

/** Styles read them from the root element. */
function mark() {
  document.documentElement.dataset['density'] = looks.density;
  document.documentElement.dataset['motion'] = looks.motion;
}

/** From now on here, and at the next start before the server has said who is there. */
export function setDeviceLooks(next: DeviceLooks): void {
  looks = next;
  localStorage.setItem(storageKey, JSON.stringify(next));
  mark();
  for (const listener of listeners) listener();
}

/** Single-letter shortcuts can be switched off (WCAG 2.1.4). */
export function singleKeysOn(): boolean {
  return looks.singleKeys;
}

/** Whether things may move: neither the device nor the person says otherwise. */
export function mayMove(): boolean {
  return looks.motion === 'auto' && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Pixels of a row in lists of cases; the styles have the same (`--lk-row`). */
const rowHeights = { comfortable: 76, compact: 56 } as const;

export function useRowHeight(): number {
  const density = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => looks.density,
  );
  return rowHeights[density];
}
