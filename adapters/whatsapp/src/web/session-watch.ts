import type { SessionState } from '@loket/contracts/channel-sessions.js';
import type { WebOptions } from './web-options.js';

type Patience = Pick<WebOptions, 'heartbeatMs' | 'startMs' | 'syncMs' | 'pairingMs'>;

const probed: ReadonlySet<SessionState> = new Set([
  'qr_pending',
  'code_pending',
  'syncing',
  'ready',
  'degraded',
]);

/** Looks whether a session's process lives: by what it answers, and by how long it stays where it should not stay. */
export class SessionWatch {
  /** the last process was ended because nobody scanned its code */
  pairingExpired = false;
  /** milliseconds since the epoch; when the pairing under way is given up */
  pairingEndsAt: number | null = null;
  private heart: NodeJS.Timeout | undefined;
  private patience: NodeJS.Timeout | undefined;
  private state: SessionState = 'stopped';
  private calls = 0;
  private answer = 0;
  private misses = 0;

  constructor(
    private readonly limits: Patience,
    private readonly kill: () => void,
  ) {}

  start(probe: (call: number) => void): void {
    this.stop();
    this.pairingExpired = false;
    this.misses = 0;
    this.heart = setInterval(() => {
      if (!probed.has(this.state)) return;
      if (this.answer < this.calls) this.misses += 1;
      if (this.misses >= 2) {
        this.kill();
        return;
      }
      this.calls += 1;
      probe(this.calls);
    }, this.limits.heartbeatMs);
  }

  stop(): void {
    clearInterval(this.heart);
    clearTimeout(this.patience);
    this.pairingEndsAt = null;
  }

  /** @param state what the page says of itself; null = it does not answer, though its process does */
  answered(call: number, state: string | null): 'alive' | 'dead' {
    this.answer = Math.max(this.answer, call);
    this.misses = state === null ? this.misses + 1 : 0;
    return this.misses >= 2 ? 'dead' : 'alive';
  }

  entered(state: SessionState): void {
    const pairingBefore = isPairing(this.state);
    this.state = state;
    // A new code does not make the wait for somebody to scan it begin again.
    if (isPairing(state) && pairingBefore) return;
    clearTimeout(this.patience);
    const ms = this.limit(state);
    this.pairingEndsAt = isPairing(state) && ms !== null ? Date.now() + ms : null;
    if (ms === null) return;
    this.patience = setTimeout(() => {
      this.pairingExpired = isPairing(this.state);
      this.kill();
    }, ms);
  }

  private limit(state: SessionState): number | null {
    if (isPairing(state)) return this.limits.pairingMs;
    if (state === 'starting') return this.limits.startMs;
    return state === 'authenticating' || state === 'syncing' ? this.limits.syncMs : null;
  }
}

function isPairing(state: SessionState): boolean {
  return state === 'qr_pending' || state === 'code_pending';
}
