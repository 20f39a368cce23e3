import { AppError, type WireError } from '@loket/contracts/errors.js';
import { busContracts, type BusReply, type BusRequest, type BusSubject } from '@loket/contracts/bus.js';
import type { Bus, BusHandler } from './bus.js';

/** What stands on the wire as an answer. */
type Envelope = { ok: true; value: unknown } | { ok: false; error: WireError };

/**
 * The bus within one process. Requests and replies go through JSON and their schema as they would over a network:
 * a Date, a Buffer or a shared object that would not survive there does not survive here either.
 */
export class LocalBus implements Bus {
  private readonly handlers = new Map<BusSubject, (request: string) => Promise<string>>();

  handle<S extends BusSubject>(subject: S, handler: BusHandler<S>): void {
    if (this.handlers.has(subject)) throw new Error(`bus subject ${subject} has two handlers`);
    this.handlers.set(subject, async (wire) => {
      const contract = busContracts[subject];
      const parsed = contract.request.safeParse(JSON.parse(wire));
      const envelope: Envelope = parsed.success
        ? await answer(() => handler(parsed.data as BusRequest<S>))
        : {
            ok: false,
            error: { kind: 'invalid', code: 'bus_request_invalid', message: parsed.error.message },
          };
      return JSON.stringify(envelope);
    });
  }

  async request<S extends BusSubject>(subject: S, request: BusRequest<S>): Promise<BusReply<S>> {
    const handler = this.handlers.get(subject);
    if (!handler) throw new AppError('unavailable', 'bus_no_handler', `nothing answers ${subject}`);
    const envelope = JSON.parse(await handler(JSON.stringify(request))) as Envelope;
    if (envelope.ok) return busContracts[subject].reply.parse(envelope.value) as BusReply<S>;
    const { kind, code, message, data } = envelope.error;
    throw new AppError(kind, code, message, { data });
  }
}

async function answer(work: () => Promise<unknown>): Promise<Envelope> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { kind, code, message, data } = error;
    return { ok: false, error: { kind, code, message, ...(data === undefined ? {} : { data }) } };
  }
}
