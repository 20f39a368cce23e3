import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { backoffMs } from './backoff.js';
import { profileFolder, spoolFolder } from './chromium.js';
import { EventQueue } from './event-queue.js';
import { OwnerFile, SessionTaken } from './owner-file.js';
import { SendDesk } from './send-desk.js';
import { SessionMemory } from './session-memory.js';
import { SessionProcess, type Ending } from './session-process.js';
import {
  endingInputs,
  statusOf,
  type SessionConfig,
  type SessionListeners,
  type SessionReport,
} from './session-report.js';
import type { FromSession } from './session-protocol.js';
import { isRunning, nextState, terminalStates, type SessionInput } from './session-state.js';
import { SessionWatch } from './session-watch.js';
import type { WebOptions } from './web-options.js';
import type { WebSink } from './web-sink.js';

/** seconds that are looked at again after an absence: clocks differ, and a crash loses what was on its way */
const overlap = 600;
/** milliseconds of peace after which earlier failures are forgotten */
const settledMs = 60_000;

/** One WhatsApp account: keeps its process alive, and tells what it says in order. Never throws out of turn. */
export class WebSession implements ChannelConnection {
  private readonly folder: string;
  private readonly memory: SessionMemory;
  private readonly queue: EventQueue;
  private readonly desk: SendDesk;
  private readonly owner: OwnerFile;
  private readonly closing = new AbortController();
  private readonly watch: SessionWatch;
  private current: SessionReport = { state: 'stopped', reason: null, account: null };
  private process: SessionProcess | null = null;
  private pairing: { phoneNumber: string | null } | null = null;
  private failures = 0;
  private readySince = 0;
  private startedAt = 0;
  private retry: NodeJS.Timeout | undefined;
  private reported = '';
  private reports: Promise<void> = Promise.resolve();
  /** one change of the process at a time */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly channel: ChannelRef,
    private readonly config: SessionConfig,
    private readonly host: ChannelHost,
    sink: WebSink,
    private readonly options: WebOptions,
    private readonly listeners: SessionListeners,
  ) {
    this.folder = join(options.dataDir, channel.id);
    this.memory = new SessionMemory(host, channel.id);
    this.queue = new EventQueue(channel.id, host, sink, this.memory, this.closing.signal);
    this.owner = new OwnerFile(this.folder);
    this.watch = new SessionWatch(options, () => this.process?.kill());
    this.desk = new SendDesk({
      channelId: channel.id,
      folder: this.folder,
      blobs: host.blobs,
      memory: this.memory,
      options,
      pass: (command) => {
        this.assertReady();
        this.process?.send(command);
      },
    });
  }

  /** Takes up where the session was; one that waits for a person goes on waiting. */
  async open(): Promise<void> {
    await this.memory.load();
    const { state, reason, account } = this.memory.state;
    this.current = { state: 'stopped', reason: account === null ? 'not_paired' : null, account };
    if (terminalStates.has(state)) this.current = { state, reason, account };
    this.report();
    if (account !== null && !terminalStates.has(state)) await this.start();
  }

  get state(): SessionReport {
    return this.current;
  }

  get pids(): { process: number | null; browser: number | null } {
    return { process: this.process?.pid ?? null, browser: this.process?.browserPid ?? null };
  }

  /** A person wants to pair a phone: by QR, or by a code for that number. What was paired before is forgotten. */
  async pair(phoneNumber: string | null = null): Promise<void> {
    await this.halt('stop', 'pairing');
    await rm(profileFolder(this.folder), { recursive: true, force: true });
    this.pairing = { phoneNumber: phoneNumber?.replace(/\D/g, '') || null };
    await this.start();
  }

  async cancelPairing(): Promise<void> {
    if (this.pairing) await this.halt('stop', 'not_paired');
  }

  /** A person has seen to what was wrong: taken over elsewhere, blocked, refused. */
  async restart(): Promise<void> {
    await this.halt('stop', null);
    await this.start();
  }

  /** Removes this device from the account. */
  async logOut(): Promise<void> {
    const running = this.process;
    if (!running) return;
    running.send({ type: 'log_out' });
    await running.done;
    await this.turn;
  }

  send(message: OutboundMessage): Promise<SendResult> {
    return this.desk.send(message);
  }

  async close(): Promise<void> {
    this.closing.abort();
    clearTimeout(this.retry);
    this.watch.stop();
    await this.process?.stop(this.options.stopMs);
    await this.turn;
    await this.queue.settled();
    await this.memory.saved();
    await this.reports;
    await this.owner.release();
  }

  private start(): Promise<void> {
    this.turn = this.turn.then(() => this.spawn());
    return this.turn;
  }

  private async spawn(): Promise<void> {
    if (this.process || this.closing.signal.aborted) return;
    clearTimeout(this.retry);
    this.enter(this.current.state === 'backoff' ? 'retry' : 'start', null);
    try {
      await this.owner.claim();
      await rm(spoolFolder(this.folder), { recursive: true, force: true });
    } catch (error) {
      const taken = error instanceof SessionTaken;
      if (!taken)
        this.host.log.error({ channelId: this.channel.id, err: error }, 'whatsapp session folder unusable');
      this.died(taken ? 'in_use' : 'folder_unusable');
      return;
    }
    const { options, memory } = this;
    this.startedAt = Math.floor(Date.now() / 1000);
    const since = memory.since === null ? this.startedAt : memory.since - overlap;
    this.queue.begin();
    const running: SessionProcess = new SessionProcess(
      {
        type: 'start',
        channelId: this.channel.id,
        folder: this.folder,
        chromiumPath: options.chromiumPath,
        chromiumArgs: [...options.chromiumArgs],
        phoneNumber: this.pairing?.phoneNumber ?? null,
        pairing: this.pairing !== null,
        takeoverOnConflict: this.config.takeoverOnConflict,
        groups: this.config.groups,
        since,
        startedAt: this.startedAt,
        account: memory.state.account,
        aliases: memory.aliases,
        known: this.queue.known,
        maxMediaBytes: options.maxMediaBytes,
        qrRefreshMs: options.qrRefreshMs,
        mediaMs: options.mediaMs,
      },
      this.owner,
      (message) => {
        if (this.process === running) this.hear(running, message);
      },
    );
    this.process = running;
    this.watch.start((call) => running.send({ type: 'probe', call }));
    this.watch.entered(this.current.state);
    void running.done.then((ending) => (this.turn = this.turn.then(() => this.gone(running, ending))));
  }

  private hear(
    running: SessionProcess,
    message: Parameters<ConstructorParameters<typeof SessionProcess>[2]>[0],
  ): void {
    switch (message.type) {
      case 'qr':
        this.enter('qr', null);
        this.listeners.pairing({ kind: 'qr', qr: message.qr });
        return;
      case 'code':
        this.enter('code', null);
        this.listeners.pairing({ kind: 'code', code: message.code });
        return;
      case 'phase':
        if (message.phase === 'authenticating') this.listeners.pairing(null);
        this.enter(message.phase, message.phase === 'lost' ? 'phone_offline' : null);
        return;
      case 'ready':
        this.becomeReady(message);
        return;
      case 'caught_up':
        this.queue.past(this.startedAt);
        return;
      case 'alias':
        this.memory.saveAlias(message.alias);
        return;
      case 'event':
        this.queue.push(message);
        return;
      case 'probed':
        if (this.watch.answered(message.call, message.state) === 'dead') running.kill();
        return;
      case 'sending':
      case 'sent':
      case 'send_failed':
        this.desk.hear(message);
    }
  }

  private becomeReady({ account }: Extract<FromSession, { type: 'ready' }>): void {
    if (this.pairing) this.listeners.pairing(null);
    this.pairing = null;
    this.readySince ||= Date.now();
    this.current = { ...this.current, account };
    this.enter('ready', null);
  }

  /** The process has ended, and Chromium with it. */
  private async gone(running: SessionProcess, { ending, detail }: Ending): Promise<void> {
    if (this.process !== running) return;
    this.process = null;
    this.watch.stop();
    this.desk.cut();
    if (this.pairing) this.listeners.pairing(null);
    await this.owner.release();
    if (this.closing.signal.aborted) return;
    const input = endingInputs[ending];
    if (input === 'died') {
      const expired = this.watch.pairingExpired;
      this.host.log.warn({ channelId: this.channel.id, ending, detail }, 'whatsapp session ended');
      if (expired) this.settle('stop', 'pairing_expired');
      else this.died(ending);
      return;
    }
    // Its keys are void; what is left of them would only be refused.
    if (input === 'logged_out') await rm(profileFolder(this.folder), { recursive: true, force: true });
    this.settle(input, ending === 'stopped' ? this.current.reason : ending);
  }

  private settle(input: SessionInput, reason: string | null): void {
    this.pairing = null;
    this.readySince = 0;
    this.enter(input, reason);
  }

  private died(reason: string): void {
    if (this.readySince > 0 && Date.now() - this.readySince > settledMs) this.failures = 0;
    this.readySince = 0;
    this.enter('died', reason);
    const wait = backoffMs(this.failures, this.options.backoff);
    this.failures += 1;
    this.retry = setTimeout(() => void this.start(), wait);
  }

  /** Ends the process if there is one; nothing starts again by itself. */
  private async halt(input: SessionInput, reason: string | null): Promise<void> {
    clearTimeout(this.retry);
    await this.turn;
    const running = this.process;
    if (running) {
      await running.stop(this.options.stopMs);
      await this.turn;
    }
    clearTimeout(this.retry);
    this.settle(input, reason);
  }

  private assertReady(): void {
    const { state } = this.current;
    if (state === 'ready' && this.process) return;
    if (isRunning(state) || state === 'backoff') throw new ChannelError('temporary', 'whatsapp_not_ready');
    throw new ChannelError('auth', state === 'stopped' ? 'whatsapp_not_paired' : `whatsapp_${state}`);
  }

  private enter(input: SessionInput, reason: string | null): void {
    const state = nextState(this.current.state, input);
    if (state === this.current.state && reason === this.current.reason && input !== 'ready') return;
    this.current = {
      ...this.current,
      state,
      reason: state === this.current.state ? (reason ?? this.current.reason) : reason,
    };
    if (state === 'ready') this.current.reason = null;
    this.watch.entered(state);
    this.report();
  }

  private report(): void {
    const { state, reason, account } = this.current;
    // A stop of ours says nothing about the session.
    if (!this.closing.signal.aborted) this.memory.saveState(state, reason, account);
    const news = JSON.stringify(this.current);
    if (news === this.reported) return;
    this.reported = news;
    this.listeners.report(this.current);
    const shown = statusOf(this.current);
    this.reports = this.reports
      .then(() => this.host.status({ channelId: this.channel.id, ...shown }))
      .catch((error: unknown) => {
        this.host.log.warn({ channelId: this.channel.id, err: error }, 'channel status not reported');
      });
  }
}
