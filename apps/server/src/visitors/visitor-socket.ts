import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { ServerToVisitor, VisitorToServer } from '@loket/contracts/visitors.js';

export interface VisitorSocketData {
  visitorId: string;
  tokenId: string;
  channelId: string;
  origin: string;
  /** of the address, for the rates */
  network: string;
  /** packets that fitted nothing */
  faults: number;
  /** what he writes is taken in one after the other */
  turn: Promise<void>;
  /** messages that wait for their turn */
  waiting: number;
}

export type VisitorSocket = Socket<VisitorToServer, ServerToVisitor, DefaultEventsMap, VisitorSocketData>;
export type VisitorNamespace = Namespace<
  VisitorToServer,
  ServerToVisitor,
  DefaultEventsMap,
  VisitorSocketData
>;

/** All tabs of a visitor. */
export const visitorRoom = (visitorId: string): string => `visitor:${visitorId}`;
