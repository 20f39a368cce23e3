/** What one tab tells the others; the truth itself stands in the storage. */
export type Nudge = 'outbox' | 'session';

export interface Tabs {
  nudge(what: Nudge): void;
  close(): void;
}

/** The other tabs of the same site and channel. Where they cannot be reached, each tab goes by itself. */
export function joinTabs(name: string, heard: (what: Nudge) => void): Tabs {
  try {
    const wire = new BroadcastChannel(name);
    wire.onmessage = (event: MessageEvent<Nudge>) => heard(event.data);
    return { nudge: (what) => wire.postMessage(what), close: () => wire.close() };
  } catch {
    return { nudge: () => undefined, close: () => undefined };
  }
}

/**
 * Runs `work` while no other tab runs its own under the same name. Spares double work only: without locks (no https)
 * nothing is wrong, because the server knows what it has by its id.
 */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work();
  let started = false;
  const once = (): Promise<T> => {
    started = true;
    return work();
  };
  try {
    return await navigator.locks.request(name, once);
  } catch (error) {
    // denied where storage is blocked
    if (started) throw error;
    return work();
  }
}
