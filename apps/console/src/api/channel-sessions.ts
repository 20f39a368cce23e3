import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { ChannelSession, SessionAction } from '@loket/contracts/channel-sessions.js';
import { api, ApiError } from './client.js';

/** One look a second: a code changes every twenty, and who just scanned it wants to see that. */
const everyMs = 1000;
/** Looks without an answer before it is said; a channel that was just made or changed is not hosted at once. */
const patience = 5;

export interface ChannelSessionState {
  /** null until the first answer */
  session: ChannelSession | null;
  /** why there is no answer; null while there is one, and while it may just be late */
  error: unknown;
  /** the action that is on its way */
  acting: SessionAction['action'] | null;
  /** @returns the session as it is then @throws ApiError */
  act: (action: SessionAction) => Promise<ChannelSession>;
}

/**
 * The session of a linked phone. Codes are live secrets, so they stay in this state and go with the component: they are
 * never put into the query cache.
 *
 * @param since looks again whenever it changes
 * @param watch looks every second while the page is visible, for as long as `movesOn` says; otherwise there is one look,
 *   and a few more if that brings nothing
 */
export function useChannelSession(
  channelId: string,
  { since, watch, movesOn }: { since: string; watch: boolean; movesOn: (session: ChannelSession) => boolean },
): ChannelSessionState {
  const [session, setSession] = useState<ChannelSession | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [acting, setActing] = useState<SessionAction['action'] | null>(null);
  const visible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  // an answer to a look that began before an action is older than the action's own
  const turn = useRef(0);
  const path = `/channels/${channelId}/session`;
  const looking = watch && visible && acting === null && (session === null || movesOn(session));

  useEffect(() => {
    const stop = new AbortController();
    const began = turn.current;
    let failures = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      try {
        const found = await api<ChannelSession>(path, { signal: stop.signal, secret: true });
        if (stop.signal.aborted || began !== turn.current) return;
        failures = 0;
        setSession(found);
        setError(null);
      } catch (cause) {
        if (stop.signal.aborted || began !== turn.current) return;
        failures += 1;
        const enough = isFinal(cause) || (failures >= patience && !looking);
        if (failures >= patience || enough) setError(cause);
        if (!enough) timer = setTimeout(() => void look(), everyMs);
        return;
      }
      if (looking) timer = setTimeout(() => void look(), everyMs);
    };
    void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [path, since, looking]);

  const act = useCallback(
    async (action: SessionAction) => {
      turn.current += 1;
      setActing(action.action);
      try {
        const found = await api<ChannelSession>(path, { method: 'POST', body: action, secret: true });
        turn.current += 1;
        setSession(found);
        setError(null);
        return found;
      } finally {
        setActing(null);
      }
    },
    [path],
  );
  return { session, error, acting, act };
}

/** Asking again will not help: signed out, not allowed, no such channel. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.status === 403);
}

function onVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
