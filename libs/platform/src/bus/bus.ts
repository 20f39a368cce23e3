import type { BusReply, BusRequest, BusSubject } from '@loket/contracts/bus.js';

export type BusHandler<S extends BusSubject> = (request: BusRequest<S>) => Promise<BusReply<S>>;

/**
 * Requests between core and the adapter host (DESIGN §8). In one process by `LocalBus`; over NATS when they stand
 * apart. Only what `busContracts` names crosses, and everything crosses as JSON, so that both ways behave alike.
 */
export interface Bus {
  /** @throws AppError as the handler threw it; `unavailable` `bus_no_handler` when nobody answers */
  request<S extends BusSubject>(subject: S, request: BusRequest<S>): Promise<BusReply<S>>;
  /** One handler per subject. */
  handle<S extends BusSubject>(subject: S, handler: BusHandler<S>): void;
}

/** Nest injection token. */
export const BUS = Symbol('bus');
