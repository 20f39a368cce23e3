import type { ChannelHost } from '@loket/channel/port.js';
import type { SessionMemory } from './session-memory.js';
import { statusOf, type SessionReport } from './session-report.js';
import { nextState, terminalStates, type SessionInput } from './session-state.js';

/** Where a session stands: kept over restarts, and told to whoever shows it. */
export class Standing {
  private now: SessionReport = { state: 'stopped', reason: null, account: null };
  private told = '';
  private reports: Promise<void> = Promise.resolve();

  /** @param closing a stop of ours says nothing about the session, and is not kept */
  constructor(
    private readonly channelId: string,
    private readonly host: ChannelHost,
    private readonly memory: SessionMemory,
    private readonly closing: AbortSignal,
    private readonly listener: (report: SessionReport) => void,
  ) {}

  get report(): SessionReport {
    return this.now;
  }

  /** Takes up where it was. @returns whether it goes on by itself; else it waits for a person */
  resume(): boolean {
    const { state, reason, account } = this.memory.state;
    const ended = terminalStates.has(state);
    this.now = ended
      ? { state, reason, account }
      : { state: 'stopped', reason: account === null ? 'not_paired' : null, account };
    this.tell();
    return account !== null && !ended;
  }

  /** @param account digits of the number that is linked */
  signIn(account: string): void {
    this.now = { ...this.now, account };
    this.enter('ready', null);
  }

  enter(input: SessionInput, reason: string | null): void {
    const { state: before, reason: why } = this.now;
    const state = nextState(before, input);
    if (state === before && reason === why && input !== 'ready') return;
    const kept = state === before ? (reason ?? why) : reason;
    this.now = { ...this.now, state, reason: state === 'ready' ? null : kept };
    this.tell();
  }

  /** Resolves when the host knows of it. */
  async settled(): Promise<void> {
    await this.reports;
  }

  private tell(): void {
    const { state, reason, account } = this.now;
    if (!this.closing.aborted) this.memory.saveState(state, reason, account);
    const news = JSON.stringify(this.now);
    if (news === this.told) return;
    this.told = news;
    this.listener(this.now);
    const shown = statusOf(this.now);
    this.reports = this.reports
      .then(() => this.host.status({ channelId: this.channelId, ...shown }))
      .catch((error: unknown) => {
        this.host.log.warn({ channelId: this.channelId, err: error }, 'whatsapp status not reported');
      });
  }
}
