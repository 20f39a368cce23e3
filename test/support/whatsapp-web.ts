import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelConnection } from '@loket/channel/port.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { BusRequest, ChannelRef } from '@loket/contracts/bus.js';
import type { ChannelSession, PairingOffer, SessionAction } from '@loket/contracts/channel-sessions.js';
import type { WhatsappWebConfig } from '@loket/contracts/channels.js';
import type { InboundEvent, NormalizedMessage } from '@loket/contracts/inbound.js';
import type { OutboundMessage, SendResult } from '@loket/contracts/outbound.js';
import { WhatsappAdapter } from '../../adapters/whatsapp/src/adapter.js';
import type { WebDriverOptions } from '../../adapters/whatsapp/src/web/web-driver.js';
import type { SessionReport } from '../../adapters/whatsapp/src/web/session-report.js';
import type { WebSession } from '../../adapters/whatsapp/src/web/web-session.js';
import { until } from './until.js';
import type { StubSettings } from './whatsapp-web-stub/types.js';
import { WhatsAppWebStub } from './whatsapp-web-stub/whatsapp-web-stub.js';

type EventOf<T extends InboundEvent['type']> = Extract<InboundEvent, { type: T }>;
type Receipt = BusRequest<'delivery.receipt'>;

/** @throws Error when there is none on this machine */
export function chromiumOf(): string {
  const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];
  const found = places.find((path) => path && existsSync(path));
  if (!found) throw new Error('There is no Chromium. Install it or set CHROMIUM_PATH.');
  return found;
}

/** Quick to notice and to try again. */
export const quickly: Partial<WebDriverOptions> = {
  backoff: { minMs: 100, maxMs: 400 },
  pauseMs: () => 0,
  qrRefreshMs: 60_000,
};

/** A WhatsApp account on the stub, and our adapter with a real Chromium at it. */
export class WhatsAppDesk {
  readonly host = new RecordingHost();
  readonly offers: (PairingOffer | null)[] = [];
  readonly reports: SessionReport[] = [];
  private adapter: WhatsappAdapter;
  private connection: ChannelConnection | null = null;

  private constructor(
    readonly stub: WhatsAppWebStub,
    readonly folder: string,
    readonly channel: ChannelRef,
    private readonly options: Partial<WebDriverOptions>,
  ) {
    this.adapter = this.newAdapter();
  }

  static async open(
    options: Partial<WebDriverOptions> = {},
    settings: Partial<StubSettings> = {},
    config: Partial<WhatsappWebConfig> = {},
  ): Promise<WhatsAppDesk> {
    const stub = await WhatsAppWebStub.start(settings);
    const folder = await mkdtemp(join(tmpdir(), 'loket-whatsapp-'));
    const channel = {
      id: randomUUID(),
      kind: 'whatsapp' as const,
      name: 'WhatsApp',
      version: 1,
      config: { web: config },
    };
    return new WhatsAppDesk(stub, folder, channel, options);
  }

  get session(): WebSession {
    const session = this.adapter.web?.session(this.channel.id);
    if (!session) throw new Error('the channel is not connected');
    return session;
  }

  /** What people see of the session. */
  get view(): ChannelSession {
    return this.adapter.session(this.channel.id);
  }

  /** What a person asks of it. */
  act(action: SessionAction): Promise<ChannelSession> {
    return this.adapter.sessionAction(this.channel.id, action);
  }

  /** Everything that customers said, in the order in which it was handed over. */
  get messages(): NormalizedMessage[] {
    return this.host.messages;
  }

  async connect(): Promise<void> {
    this.connection = await this.adapter.connect(this.channel, this.host);
  }

  /** As when the process of the adapters is started anew. */
  async reconnect(): Promise<void> {
    await this.disconnect();
    this.adapter = this.newAdapter();
    await this.connect();
  }

  async disconnect(): Promise<void> {
    await this.connection?.close();
    this.connection = null;
  }

  /** The session's process dies without a word. */
  killProcess(): void {
    const pid = this.session.pids.process;
    if (pid === null) throw new Error('nothing runs');
    process.kill(pid, 'SIGKILL');
  }

  async close(): Promise<void> {
    await this.disconnect();
    await this.stub.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Pairs from nothing. */
  async pair(): Promise<void> {
    const before = this.offers.length;
    await this.act({ action: 'pair', phone: null });
    await until(() => this.offers.slice(before).some((offer) => offer?.kind === 'qr') && this.stub.open);
    await this.stub.pair();
    await this.ready();
  }

  /** Waits for a state, and that the past is in. */
  async ready(): Promise<void> {
    await this.state('ready');
    await until(() => this.stub.open);
  }

  state(state: SessionReport['state'], within = 20_000): Promise<SessionReport> {
    return until(
      () => this.session.state,
      (now) => now.state === state,
      within,
    );
  }

  /** The customer's message with those words. */
  told(text: string): Promise<NormalizedMessage> {
    return this.message((message) => message.text === text);
  }

  async message(holds: (message: NormalizedMessage) => boolean): Promise<NormalizedMessage> {
    const found = await until(() => this.messages.find(holds));
    if (!found) throw new Error('no such message');
    return found;
  }

  async event<T extends InboundEvent['type']>(
    type: T,
    holds: (event: EventOf<T>) => boolean = () => true,
  ): Promise<EventOf<T>> {
    const isIt = (event: InboundEvent): event is EventOf<T> =>
      event.type === type && holds(event as EventOf<T>);
    const found = await until(() => this.host.events.find(isIt));
    if (!found) throw new Error('no such event');
    return found;
  }

  async receipt(externalId: string, state: Receipt['state']): Promise<Receipt> {
    const found = await until(() =>
      this.host.receipts.find((receipt) => receipt.externalId === externalId && receipt.state === state),
    );
    if (!found) throw new Error('no such receipt');
    return found;
  }

  outbound(text: string, to: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
    return {
      messageId: randomUUID(),
      caseNumber: 1,
      token: '',
      to: { kind: 'whatsapp', value: to },
      others: [],
      text,
      attachments: [],
      thread: { references: [] },
      automatic: false,
      createdAt: new Date().toISOString(),
      attempt: 1,
      ...more,
    };
  }

  send(message: OutboundMessage): Promise<SendResult> {
    return this.adapter.send(message, this.channel, this.host);
  }

  /** External ids in order. */
  keys(): string[] {
    return this.messages.map(({ externalId }) => externalId);
  }

  private newAdapter(): WhatsappAdapter {
    return new WhatsappAdapter({
      web: {
        dataDir: this.folder,
        chromiumPath: chromiumOf(),
        chromiumArgs: this.stub.chromiumArgs,
        ...quickly,
        ...this.options,
        listeners: {
          pairing: (offer) => this.offers.push(offer),
          report: (report) => this.reports.push(report),
        },
      },
    });
  }
}
