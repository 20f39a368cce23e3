import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelConnection } from '@loket/channel/port.js';
import { RecordingHost } from '@loket/channel/recording-host.js';
import type { ChannelRef } from '@loket/contracts/bus.js';
import type { OutboundMessage } from '@loket/contracts/outbound.js';
import { messageKey } from '../../adapters/whatsapp/src/message-key.js';
import { WebDriver, type WebDriverOptions } from '../../adapters/whatsapp/src/web/web-driver.js';
import type {
  PairingOffer,
  SessionConfig,
  SessionReport,
} from '../../adapters/whatsapp/src/web/session-report.js';
import type { WebSession } from '../../adapters/whatsapp/src/web/web-session.js';
import { hostSink, type WebDelivery } from '../../adapters/whatsapp/src/web/web-sink.js';
import type { MessageEvent, WhatsappEvent } from '../../adapters/whatsapp/src/whatsapp-event.js';
import { until } from './until.js';
import type { StubSettings } from './whatsapp-web-stub/types.js';
import { WhatsAppWebStub } from './whatsapp-web-stub/whatsapp-web-stub.js';

const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'];

/** A WhatsApp account on the stub, and our driver with a real Chromium at it. */
export class WhatsAppDesk {
  readonly host = new RecordingHost();
  readonly deliveries: WebDelivery[] = [];
  readonly offers: (PairingOffer | null)[] = [];
  readonly reports: SessionReport[] = [];
  /** events are refused while this is set */
  refuse: Error | null = null;
  private driver: WebDriver;
  private connection: ChannelConnection | null = null;

  private constructor(
    readonly stub: WhatsAppWebStub,
    readonly folder: string,
    readonly channel: ChannelRef,
    private readonly config: SessionConfig,
    private readonly options: Partial<WebDriverOptions>,
  ) {
    this.driver = this.newDriver();
  }

  static async open(
    options: Partial<WebDriverOptions> = {},
    settings: Partial<StubSettings> = {},
    config: Partial<SessionConfig> = {},
  ): Promise<WhatsAppDesk> {
    const stub = await WhatsAppWebStub.start(settings);
    const folder = await mkdtemp(join(tmpdir(), 'loket-whatsapp-'));
    const channel = { id: randomUUID(), kind: 'whatsapp' as const, name: 'WhatsApp', version: 1, config: {} };
    const full = { groups: false, takeoverOnConflict: false, ...config };
    return new WhatsAppDesk(stub, folder, channel, full, options);
  }

  get session(): WebSession {
    const session = this.driver.session(this.channel.id);
    if (!session) throw new Error('the channel is not connected');
    return session;
  }

  get events(): WhatsappEvent[] {
    return this.deliveries.map(({ event }) => event);
  }

  /** Everything that was said, in the order in which it was handed over. */
  get messages(): MessageEvent[] {
    return this.events.filter((event) => event.type === 'message');
  }

  async connect(): Promise<void> {
    this.connection = await this.driver.connect(this.channel, this.config, this.host);
  }

  /** As when the process of the adapters is started anew. */
  async reconnect(): Promise<void> {
    await this.disconnect();
    this.driver = this.newDriver();
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
    await this.session.pair();
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

  /** The delivery of the message with those words. */
  async told(text: string): Promise<WebDelivery & { event: MessageEvent }> {
    const found = await until(() =>
      this.deliveries.find(({ event }) => event.type === 'message' && event.text === text),
    );
    return found as WebDelivery & { event: MessageEvent };
  }

  async event<T extends WhatsappEvent['type']>(
    type: T,
    holds: (event: Extract<WhatsappEvent, { type: T }>) => boolean = () => true,
  ): Promise<Extract<WhatsappEvent, { type: T }>> {
    const found = await until(() =>
      this.events.find((event) => event.type === type && holds(event as never)),
    );
    return found as Extract<WhatsappEvent, { type: T }>;
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

  send(message: OutboundMessage): ReturnType<WebDriver['send']> {
    return this.driver.send(message, this.channel);
  }

  /** External ids in order. */
  keys(): string[] {
    return this.messages.map(({ ref }) => messageKey(ref));
  }

  private newDriver(): WebDriver {
    const chromiumPath = places.find((path) => path && existsSync(path));
    if (!chromiumPath) throw new Error('There is no Chromium. Install it or set CHROMIUM_PATH.');
    return new WebDriver(
      {
        dataDir: this.folder,
        chromiumPath,
        chromiumArgs: this.stub.chromiumArgs,
        backoff: { minMs: 100, maxMs: 400 },
        pauseMs: () => 0,
        qrRefreshMs: 60_000,
        ...this.options,
      },
      {
        pairing: (_channelId, offer) => this.offers.push(offer),
        report: (_channelId, report) => this.reports.push(report),
        sink: (host, channel) => {
          const toHost = hostSink(host, channel);
          return async (delivery) => {
            if (this.refuse) throw this.refuse;
            await toHost(delivery);
            this.deliveries.push(delivery);
          };
        },
      },
    );
  }
}
