import { Injectable } from '@nestjs/common';

/** Which ways in have just ended. `all`: every session and token of the agent, or all but one session. */
export type Revocation =
  | { kind: 'session'; sessionId: string }
  | { kind: 'token'; tokenId: string }
  | { kind: 'agent'; agentId: string; exceptSessionId?: string };

/** Tells sockets and caches of this process at once that somebody may no longer come in. */
@Injectable()
export class SessionRevocations {
  private readonly listeners = new Set<(revocation: Revocation) => void>();

  publish(revocation: Revocation): void {
    for (const listener of this.listeners) listener(revocation);
  }

  /** @returns a function that stops listening */
  onRevoked(listener: (revocation: Revocation) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
