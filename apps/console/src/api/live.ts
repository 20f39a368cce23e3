import { useEffect, useSyncExternalStore } from 'react';
import type { Presence, PresenceUpdate } from '@loket/contracts/sockets.js';

/** `waiting`: the first connection is still being made · `offline`: it was lost, or refused. */
export type Connection = 'waiting' | 'online' | 'offline';

type Agents = PresenceUpdate['agents'];
const nobody: Agents = [];

let connection: Connection = 'waiting';
let present: ReadonlyMap<string, Agents> = new Map();
let watched: readonly string[] = [];
/** how many screens show everybody's */
let watchers = 0;
let tell: ((presence: Presence) => void) | null = null;
let onWatched: (() => void) | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function changed() {
  for (const listener of listeners) listener();
}

/** How the socket (in `app/live.ts`) and the screens meet, so that no screen knows of sockets. */
export const liveState = {
  connection: () => connection,
  setConnection(next: Connection) {
    if (next !== connection) {
      connection = next;
      changed();
    }
  },
  setPresence(update: PresenceUpdate) {
    const next = new Map(present);
    if (update.agents.length > 0) next.set(update.caseId, update.agents);
    else next.delete(update.caseId);
    present = next;
    changed();
  },
  /** How things stand now: on a case that is not named here is nobody, whoever was said to be. */
  resetPresence(updates: readonly PresenceUpdate[]) {
    const some = updates.filter(({ agents }) => agents.length > 0);
    present = new Map(some.map(({ caseId, agents }) => [caseId, agents]));
    changed();
  },
  watchedCases: () => watched,
  watchesPresence: () => watchers > 0,
  /** @param rooms called when the set of watched cases changes; @param presence sends our own presence */
  connect(rooms: () => void, presence: (state: Presence) => void) {
    onWatched = rooms;
    tell = presence;
  },
  disconnect() {
    onWatched = null;
    tell = null;
  },
};

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}

export function presentOn(caseId: string | undefined): Agents {
  return caseId ? (present.get(caseId) ?? nobody) : nobody;
}

/** Who else is on this case now. */
export function usePresence(caseId: string | undefined): Agents {
  return useSyncExternalStore(subscribe, () => presentOn(caseId));
}

/** Gets every event of one case, and its presence, while the caller is shown. */
export function useWatchCase(caseId: string | undefined): void {
  useEffect(() => {
    if (!caseId) return;
    watched = [...watched, caseId];
    onWatched?.();
    return () => {
      const at = watched.indexOf(caseId);
      watched = watched.filter((_, index) => index !== at);
      onWatched?.();
    };
  }, [caseId]);
}

/** Hears who is on which case, of all cases, while the caller is shown. For supervisors. */
export function useWatchPresence(): void {
  useEffect(() => {
    watchers += 1;
    onWatched?.();
    return () => {
      watchers -= 1;
      onWatched?.();
    };
  }, []);
}

/** Tells colleagues what we do on a case; repeated every 10 s, because entries lapse after 25 s. */
export function useTellPresence(caseId: string | undefined, state: 'viewing' | 'typing'): void {
  const online = useConnection() === 'online';
  useEffect(() => {
    if (!caseId || !online) return;
    const say = () => tell?.({ caseId, state: document.hidden && state === 'viewing' ? 'left' : state });
    say();
    const timer = setInterval(say, 10_000);
    document.addEventListener('visibilitychange', say);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
    };
  }, [caseId, state, online]);
  useEffect(() => {
    if (!caseId) return;
    return () => tell?.({ caseId, state: 'left' });
  }, [caseId]);
}
