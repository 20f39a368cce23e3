import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { LiveEvent } from '@loket/contracts/events.js';
import type { ClientToServer, Room, ServerToClient } from '@loket/contracts/sockets.js';
import type { Principal } from '@loket/core/access/principal.js';

export interface SocketData {
  principal: Principal;
  /** while the socket is catching up: what it wants, and what has happened meanwhile */
  catchingUp: CatchingUp | null;
  /** subscriptions of one socket run one after the other */
  turn: Promise<void>;
}

export interface CatchingUp {
  rooms: ReadonlySet<Room>;
  missed: LiveEvent[];
}

export type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
export type LiveNamespace = Namespace<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;
