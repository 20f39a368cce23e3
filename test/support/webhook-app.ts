import { createHash } from 'node:crypto';
import type { BusReply, BusRequest } from '@loket/contracts/bus.js';
import { ingressOnlyCapabilities } from '@loket/contracts/channels.js';
import { BUS, type Bus } from '@loket/platform/bus/bus.js';
import { DataSource } from 'typeorm';
import { startApp, type TestApp } from './app.js';
import { sign, textMessage, wamid, webhookBody, type GraphNumber } from './graph-webhooks.js';
import { until } from './until.js';

export const mediaType = 'application/vnd.whatsapp.webhook+json';
export const appSecret = 'rahasia-aplikasi';
export const verifyToken = 'token-kita';
export const number: GraphNumber = {
  phoneNumberId: '1065',
  displayNumber: '62811',
  businessAccountId: '1022',
};
/** Settings of the channel that takes calls. */
export const config = {
  cloud: { phoneNumberId: number.phoneNumberId, accessToken: 'token', appSecret, verifyToken },
};
const cloud = {
  ...ingressOnlyCapabilities,
  webhook: {
    section: 'cloud',
    signature: 'hub_sha256' as const,
    secret: 'appSecret',
    verifyToken: 'verifyToken',
    mediaType,
  },
};

type Ingest = (request: BusRequest<'channel.ingest'>) => Promise<BusReply<'channel.ingest'>>;
/** The adapter finds nothing in it, and is content. */
export const nothing: Ingest = () => Promise.resolve({ results: [] });

/** A call that is kept and not worked through. */
export interface WaitingCall {
  attempts: number;
  /** milliseconds until it is due; negative when it was */
  dueIn: number;
}

export interface WebhookApp {
  server: TestApp;
  database: DataSource;
  channelId: string;
  /** what the adapter was given, and what it makes of it */
  ingested: BusRequest<'channel.ingest'>[];
  ingest: Ingest;
  address: (channelId?: string) => string;
  /** Posts with the right signature; an empty header is left out. */
  post: (
    body: Uint8Array,
    headers?: Record<string, string>,
    channelId?: string,
  ) => Promise<{ status: number; body: unknown }>;
  waiting: () => Promise<WaitingCall[]>;
  workedThrough: () => Promise<unknown>;
}

/** The server with one channel that takes signed calls; the test stands in for the adapter host. */
export async function startWebhookApp(): Promise<WebhookApp> {
  const server = await startApp({}, null);
  const database = server.app.get(DataSource);
  const bus = server.app.get<Bus>(BUS);
  bus.handle('channels.changed', () => Promise.resolve({}));
  bus.handle('channel.ingest', (request) => {
    app.ingested.push(request);
    return app.ingest(request);
  });
  await bus.request('adapters.announce', {
    hostId: 'host',
    adapters: [{ kind: 'whatsapp', capabilities: ingressOnlyCapabilities, bySection: { cloud } }],
  });
  const { id } = await server.admin.createChannel({ kind: 'whatsapp', name: 'Toko', config });
  const app: WebhookApp = {
    server,
    database,
    channelId: id,
    ingested: [],
    ingest: nothing,
    address: (channelId = id) => `${server.url}/api/v1/channels/${channelId}/webhook`,
    post: async (body, headers = {}, channelId = id) => {
      const signed = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body, appSecret) };
      const answer = await fetch(app.address(channelId), {
        method: 'POST',
        body: new Uint8Array(body),
        headers: Object.fromEntries(
          Object.entries({ ...signed, ...headers }).filter(([, value]) => value !== ''),
        ),
      });
      return { status: answer.status, body: await answer.json() };
    },
    waiting: async () => {
      const rows = await database.query<{ attempts: number; ms: string }[]>(
        'SELECT attempts, extract(epoch FROM due_at - now()) * 1000 AS ms FROM webhook_calls',
      );
      return rows.map(({ attempts, ms }) => ({ attempts, dueIn: Number(ms) }));
    },
    workedThrough: () => until(app.waiting, (left) => left.length === 0),
  };
  return app;
}

let calls = 0;

/** A call that nobody has made before. */
export function fresh(text = 'Halo'): Buffer {
  calls += 1;
  const message = textMessage({ waId: '62812' }, wamid(String(calls)), text, 1_767_225_600);
  return webhookBody(number, [{ messages: [message] }]);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
