import { useSyncExternalStore } from 'react';

type Numbers = typeof import('libphonenumber-js/min');

let numbers: Numbers | null = null;
const listeners = new Set<() => void>();

/** What the numbering plans of all countries weigh is a tenth of the console: they come after the first screen. */
export async function loadPhoneNumbers(): Promise<void> {
  numbers ??= await import('libphonenumber-js/min');
  for (const listener of listeners) listener();
}

/** null until they are loaded. */
export function phoneNumbers(): Numbers | null {
  return numbers;
}

/** @returns whether they are loaded; asks for them */
export function usePhoneNumbers(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      // without them numbers are shown as they are stored, which is no reason to fail
      if (numbers === null) void loadPhoneNumbers().catch(() => undefined);
      return () => listeners.delete(listener);
    },
    () => numbers !== null,
  );
}
