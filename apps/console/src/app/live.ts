import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { io as connect, Socket } from 'socket.io-client';
import type { Agent } from '@loket/contracts/access.js';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { ClientToServer, PresenceUpdate, Room, ServerToClient } from '@loket/contracts/sockets.js';
import { attention } from '../api/attention.js';
import { customerTyping } from '../api/customer-typing.js';
import { keys } from '../api/keys.js';
import { liveState } from '../api/live.js';
import { putNotice } from '../api/notices.js';
import { applyEvent } from '../api/patch.js';
import { countsEveryMs, recount } from '../api/recount.js';
import { ringing } from '../api/ringing.js';
import { sessionKey } from '../api/session.js';
import { applyVisitorSign } from '../api/visitors.js';
import { tellActivity } from './activity.js';

type AgentSocket = Socket<ServerToClient, ClientToServer>;

/** Everything that live events keep fresh. */
const families = [
  keys.caseLists,
  keys.caseCounts,
  keys.cases,
  keys.timelines,
  keys.allHeldReplies,
  ['customers'],
  ['customer-cases'],
  keys.allOperations,
  keys.allSuggestions,
  keys.suggestionCounts,
  keys.incidentLists,
  keys.incidents,
  ['settings'],
  keys.agents,
  keys.channels,
  keys.quarantine,
  keys.teams,
  keys.tags,
  keys.cannedAnswers,
  keys.savedViews,
  keys.board,
  keys.notices,
];

function refetchAll(client: QueryClient) {
  for (const queryKey of families) void client.invalidateQueries({ queryKey });
}

/** between two paints of what others did */
const rushMs = 100;
/** of them in one go; what is shown of it is drawn after that, and both together are to stay a short task */
const sliceMs = 12;

/** The last few thousand event ids: the same event may come by two rooms and again after a reconnect. */
function createSeen(limit = 4000) {
  const ids = new Set<string>();
  return (id: string) => {
    if (ids.has(id)) return false;
    ids.add(id);
    if (ids.size > limit) ids.delete(ids.values().next().value as string);
    return true;
  };
}

/** The socket's code comes after the first screen, which does not wait for it. */
function useSocketIo(): typeof connect | null {
  const [code, setCode] = useState<{ io: typeof connect } | null>(null);
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      void import('socket.io-client').then(setCode, () => {
        liveState.setConnection('offline');
        retry = setTimeout(load, 5000);
      });
    load();
    return () => clearTimeout(retry);
  }, []);
  return code && code.io;
}

/**
 * Keeps one socket open while someone is signed in, and the query cache in step with it (DESIGN §6): subscribes with
 * the last cursor; what was missed comes first; on `expired`, or when nothing is known yet, the cache is fetched again.
 */
export function useLive(agent: Agent): void {
  const client = useQueryClient();
  const { id: me, role } = agent;
  const io = useSocketIo();
  useEffect(() => {
    if (!io) return;
    const socket: AgentSocket = io('/agents', {
      transports: ['websocket', 'polling'],
      reconnectionDelayMax: 5000,
    });
    const seen = createSeen();
    let cursor: string | undefined;
    let joined = new Set<string>();
    let queue: LiveEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let lostAt = 0;
    let flushedAt = 0;

    /** @param all now; otherwise a long queue is worked off in slices, so that hands and paints come between */
    const flush = (all = false) => {
      timer = undefined;
      flushedAt = performance.now();
      const events = queue;
      queue = [];
      for (const [at, event] of events.entries()) {
        if (!all && at > 0 && performance.now() - flushedAt > sliceMs) {
          queue = events.slice(at);
          timer = setTimeout(flush, 0);
          return;
        }
        if (event.type === 'message.received' && event.caseId) customerTyping.stop(event.caseId);
        const first = seen(event.id);
        applyEvent(client, event, { me, first, watching: (id) => joined.has(id) });
        if (first && event.type === 'message.received' && event.case && event.actorId !== me)
          attention.tell({ kind: 'message', case: event.case });
      }
    };
    const othersOf = (update: PresenceUpdate): PresenceUpdate => ({
      ...update,
      agents: update.agents.filter((other) => other.agentId !== me),
    });
    const subscribe = (reconnected: boolean) => {
      const cases = [...new Set(liveState.watchedCases())].slice(-40);
      const rooms: Room[] = ['inbox', 'calls', ...cases.map((id): Room => `case:${id}`)];
      if (liveState.watchesPresence()) rooms.push('presence');
      if (role === 'admin') rooms.push('admin');
      const after = cursor;
      socket.emit('subscribe', { rooms, ...(after && { after }) }, (answer) => {
        if (!answer.ok) {
          again(2000);
          return;
        }
        joined = new Set(cases);
        liveState.resetPresence(answer.present.map(othersOf));
        const unknown = after === undefined || answer.expired;
        cursor ??= answer.cursor;
        if (answer.expired) cursor = answer.cursor;
        liveState.setConnection('online');
        if (unknown) refetchAll(client);
        else if (reconnected) {
          // order and counts as a fresh page would show them; everything else came as events, which have to be in
          // before: later they would count as news beside a list that shows them already
          clearTimeout(timer);
          flush(true);
          void client.invalidateQueries({ queryKey: keys.caseLists });
          void client.invalidateQueries({ queryKey: keys.caseCounts });
          // signs that were missed are not told again
          void client.invalidateQueries({ queryKey: keys.notices });
          void client.invalidateQueries({
            queryKey: keys.customers,
            predicate: ({ queryKey }) => queryKey[2] === 'visitors',
          });
          // what was asked for while nobody answered
          void client.refetchQueries({ type: 'active', predicate: (query) => query.state.error !== null });
        }
      });
    };

    /** What the server itself refused or ended, socket.io does not try again; a session that is over shows itself here. */
    const again = (ms: number) => {
      clearTimeout(retry);
      retry = setTimeout(() => {
        void client.invalidateQueries({ queryKey: sessionKey });
        if (socket.connected) subscribe(true);
        else socket.connect();
      }, ms);
    };

    socket.on('connect', () => subscribe(lostAt > 0));
    socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') {
        // mostly because this session has ended: say so at once
        void client.invalidateQueries({ queryKey: sessionKey });
        again(1000);
      }
      lostAt = Date.now();
      liveState.setConnection('offline');
      liveState.resetPresence([]);
      customerTyping.clear();
    });
    socket.on('connect_error', () => {
      liveState.setConnection('offline');
      if (!socket.active) again(5000);
    });
    socket.on('presence', (update) => liveState.setPresence(othersOf(update)));
    socket.on('typing', (typing) => customerTyping.set(typing));
    socket.on('visitor', (sign) => applyVisitorSign(client, sign));
    socket.on('ringing', (call) => ringing.push(call, me));
    socket.on('notice', (notice) => {
      if (!putNotice(client, notice)) return;
      attention.tell({ kind: 'notice', notice });
      if (notice.kind !== 'given' && notice.kind !== 'taken') recount(client);
    });
    socket.on('event', (event) => {
      cursor = event.cursor;
      queue.push(event);
      // one paint for a burst, well below what an eye notices; in a rush ten a second, so that hands go first
      timer ??= setTimeout(flush, Math.max(16, flushedAt + rushMs - performance.now()));
    });
    liveState.connect(
      () => socket.connected && subscribe(false),
      (presence) => socket.connected && socket.emit('presence', presence),
    );
    const wake = () => !socket.connected && socket.connect();
    window.addEventListener('online', wake);
    const clock = setInterval(() => recount(client, countsEveryMs), countsEveryMs);
    const stopTelling = tellActivity(() => socket.connected && socket.emit('activity'));
    return () => {
      clearTimeout(timer);
      clearTimeout(retry);
      clearInterval(clock);
      stopTelling();
      window.removeEventListener('online', wake);
      liveState.disconnect();
      ringing.clear();
      customerTyping.clear();
      socket.close();
      liveState.setConnection('waiting');
    };
  }, [client, me, role, io]);
}
