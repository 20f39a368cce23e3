export interface Tabs {
  /** Tells the others that the outbox is not what it was. */
  nudge(): void;
  close(): void;
}

/**
 * The other tabs of the same site and channel. Where they cannot be reached, each tab goes by itself.
 *
 * What stands in `localStorage` is told by its own event: a message of ours would arrive before the value does, since
 * tabs may live in processes of their own.
 *
 * @param name before a colon, what the keys of this chat begin with
 */
export function joinTabs(
  name: string,
  heard: { outbox(): void; session(): void; sound(on: boolean): void },
): Tabs {
  const stored = ({ key, newValue }: StorageEvent): void => {
    if (key === null || key === `${name}:token`) heard.session();
    if (key === `${name}:sound`) heard.sound(newValue !== null);
  };
  window.addEventListener('storage', stored);
  const deaf = (): void => window.removeEventListener('storage', stored);
  try {
    const wire = new BroadcastChannel(name);
    wire.onmessage = heard.outbox;
    return {
      nudge: () => wire.postMessage(null),
      close: () => {
        deaf();
        wire.close();
      },
    };
  } catch {
    return { nudge: () => undefined, close: deaf };
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
