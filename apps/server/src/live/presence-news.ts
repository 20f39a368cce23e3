import { Injectable } from '@nestjs/common';
import type { PresenceUpdate } from '@loket/contracts/sockets.js';

/** Who is on which case, for others than the agents' sockets. */
@Injectable()
export class PresenceNews {
  private readonly listeners = new Set<(update: PresenceUpdate) => void>();

  /** Every change, at once. */
  listen(listener: (update: PresenceUpdate) => void): void {
    this.listeners.add(listener);
  }

  tell(update: PresenceUpdate): void {
    for (const listener of this.listeners) listener(update);
  }
}
