import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ChannelError } from '@loket/channel/channel-error.js';
import type { ChannelConnection, ChannelHost } from '@loket/channel/port.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelSession, PairingOffer } from '@loket/contracts/channel-sessions.js';
import type { WhatsappWebConfig } from '@loket/contracts/channels.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { profileFolder, spoolFolder } from './chromium.js';
import { EventQueue } from './event-queue.js';
import { OwnerFile, SessionTaken } from './owner-file.js';
import { Restart } from './restart.js';
import { SendDesk } from './send-desk.js';
import { SessionActions } from './session-actions.js';
import { SessionMemory } from './session-memory.js';
import { SessionProcess, type Ending } from './session-process.js';
import type { FromSession, StartSession } from './session-protocol.js';
import { endingInputs, type SessionListeners, type SessionReport } from './session-report.js';
import { startCommand } from './session-start.js';
import { isRunning, type SessionInput } from './session-state.js';
import { SessionWatch } from './session-watch.js';
import { Standing } from './standing.js';
import type { WebOptions } from './web-options.js';

/** One WhatsApp account: keeps its process alive, and tells what it says in order. Never throws out of turn. */
export class WebSession implements ChannelConnection {
  readonly actions: SessionActions;
  private readonly folder: string;
  private readonly memory: SessionMemory;
  private readonly queue: EventQueue;
  private readonly desk: SendDesk;
  private readonly owner: OwnerFile;
  private readonly closing = new AbortController();
  private readonly watch: SessionWatch;
  private readonly standing: Standing;
  private process: SessionProcess | null = null;
  private pairing: { phoneNumber: string | null } | null = null;
  /** a live secret, here and nowhere else */
  private offer: PairingOffer | null = null;
  private startedAt = 0;
  private readonly retry: Restart;
  /** one change of the process at a time */
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly channel: ChannelRef,
    private readonly config: WhatsappWebConfig,
    private readonly host: ChannelHost,
    private readonly options: WebOptions,
    private readonly listeners: SessionListeners,
  ) {
    this.folder = join(options.dataDir, channel.id);
    this.memory = new SessionMemory(host, channel.id);
    const { signal } = this.closing;
    this.queue = new EventQueue(channel.id, host, this.memory, (id) => this.desk.messageOf(id), signal);
    this.standing = new Standing(channel.id, host, this.memory, signal, (report) => {
      this.listeners.report?.(report);
    });
    this.actions = new SessionActions(this);
    this.owner = new OwnerFile(this.folder);
    this.watch = new SessionWatch(options, () => this.process?.kill());
    this.retry = new Restart(options.backoff, () => void this.start());
    this.desk = new SendDesk({
      channelId: channel.id,
      folder: this.folder,
      blobs: host.blobs,
      memory: this.memory,
      options,
      stuck: () => this.process?.kill(),
      pass: (command) => {
        this.assertReady();
        this.process?.send(command);
      },
    });
  }

  /** Takes up where the session was; one that waits for a person goes on waiting. */
  async open(): Promise<void> {
    await this.memory.load();
    if (this.standing.resume()) await this.start();
  }

  get state(): SessionReport {
    return this.standing.report;
  }

  /** What people see of it. Holds the code that is shown: never to be stored or logged. */
  get view(): ChannelSession {
    const { offer, watch, retry } = this;
    return {
      ...this.state,
      offer,
      offerEndsAt: instant(watch.pairingEndsAt),
      nextTryAt: instant(retry.at),
    };
  }

  get pids(): { process: number | null; browser: number | null } {
    return { process: this.process?.pid ?? null, browser: this.process?.browserPid ?? null };
  }

  /**
   * A person wants to pair a phone. What was paired before is forgotten.
   * @param phoneNumber digits, to pair by a code; null = by QR
   */
  async pair(phoneNumber: string | null = null): Promise<void> {
    await this.halt('stop', 'pairing');
    await rm(profileFolder(this.folder), { recursive: true, force: true });
    this.pairing = { phoneNumber };
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
    this.retry.forget();
    this.watch.stop();
    await this.process?.stop(this.options.stopMs);
    await this.turn;
    await this.queue.settled();
    await this.memory.saved();
    await this.standing.settled();
    await this.owner.release();
  }

  private start(): Promise<void> {
    this.turn = this.turn.then(() => this.spawn());
    return this.turn;
  }

  private async spawn(): Promise<void> {
    if (this.process || this.closing.signal.aborted) return;
    this.retry.forget();
    this.enter(this.state.state === 'backoff' ? 'retry' : 'start', null);
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
    this.startedAt = Math.floor(Date.now() / 1000);
    this.queue.begin();
    const running: SessionProcess = new SessionProcess(this.command(), this.owner, (message) => {
      if (this.process === running) this.hear(running, message);
    });
    this.process = running;
    this.watch.start((call) => running.send({ type: 'probe', call }));
    this.watch.entered(this.state.state);
    void running.done.then((ending) => (this.turn = this.turn.then(() => this.gone(running, ending))));
  }

  private command(): StartSession {
    const { channel, config, options, memory, folder, pairing, startedAt, queue } = this;
    const { known } = queue;
    return startCommand({ channel, config, options, memory, folder, pairing, startedAt, known });
  }

  private hear(
    running: SessionProcess,
    message: Parameters<ConstructorParameters<typeof SessionProcess>[2]>[0],
  ): void {
    switch (message.type) {
      case 'qr':
        this.enter('qr', null);
        this.show({ kind: 'qr', qr: message.qr });
        return;
      case 'code':
        this.enter('code', null);
        this.show({ kind: 'code', code: message.code });
        return;
      case 'phase':
        if (message.phase === 'authenticating') this.show(null);
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
    this.show(null);
    this.pairing = null;
    this.retry.ready();
    if (this.state.account !== account) this.memory.saveLinked(this.startedAt);
    this.standing.signIn(account);
    this.watch.entered('ready');
  }

  /** The process has ended, and Chromium with it. */
  private async gone(running: SessionProcess, { ending, detail }: Ending): Promise<void> {
    if (this.process !== running) return;
    this.process = null;
    this.watch.stop();
    this.desk.cut();
    this.show(null);
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
    this.settle(input, ending === 'stopped' ? this.state.reason : ending);
  }

  private settle(input: SessionInput, reason: string | null): void {
    this.pairing = null;
    this.retry.ended();
    this.enter(input, reason);
  }

  private died(reason: string): void {
    this.enter('died', reason);
    this.retry.died();
  }

  /** Ends the process if there is one; nothing starts again by itself. */
  private async halt(input: SessionInput, reason: string | null): Promise<void> {
    this.retry.forget();
    await this.turn;
    const running = this.process;
    if (running) {
      await running.stop(this.options.stopMs);
      await this.turn;
    }
    this.retry.forget();
    this.settle(input, reason);
  }

  private assertReady(): void {
    const { state } = this.state;
    if (state === 'ready' && this.process) return;
    if (isRunning(state) || state === 'backoff') throw new ChannelError('temporary', 'whatsapp_not_ready');
    throw new ChannelError('auth', state === 'stopped' ? 'whatsapp_not_paired' : `whatsapp_${state}`);
  }

  private enter(input: SessionInput, reason: string | null): void {
    const before = this.state;
    this.standing.enter(input, reason);
    if (this.state !== before) this.watch.entered(this.state.state);
  }

  private show(offer: PairingOffer | null): void {
    if (offer === this.offer) return;
    this.offer = offer;
    this.listeners.pairing?.(offer);
  }
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
