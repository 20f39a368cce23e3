import { backoffMs, type Backoff } from './backoff.js';

/** milliseconds of peace after which earlier failures are forgotten */
const settledMs = 60_000;

/** When a session whose process died is started again: later each time, until it holds. */
export class Restart {
  private failures = 0;
  private readySince = 0;
  private timer: NodeJS.Timeout | undefined;
  /** milliseconds since the epoch; null = not by itself */
  at: number | null = null;

  constructor(
    private readonly backoff: Backoff,
    private readonly start: () => void,
  ) {}

  ready(): void {
    this.readySince ||= Date.now();
  }

  died(): void {
    if (this.readySince > 0 && Date.now() - this.readySince > settledMs) this.failures = 0;
    this.readySince = 0;
    const wait = backoffMs(this.failures, this.backoff);
    this.failures += 1;
    this.at = Date.now() + wait;
    this.timer = setTimeout(this.start, wait);
  }

  /** It is started, or stays as it is. */
  forget(): void {
    clearTimeout(this.timer);
    this.at = null;
  }

  /** It ended in order. */
  ended(): void {
    this.readySince = 0;
  }
}
