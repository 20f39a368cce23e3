/** What crosses between the stub's page and the test. */

/** One message as the phone network delivers it. */
export interface StubMessage {
  /** chat: `62812…@c.us`, `9990001@lid`, `1203…@g.us`, `status@broadcast` */
  from: string;
  /** who wrote it, in groups */
  author?: string;
  /** written on our own phone */
  fromMe?: boolean;
  /** the id within the chat; made up when left out */
  id?: string;
  /** seconds since the epoch; now when left out */
  t?: number;
  type?: string;
  body?: string;
  pushname?: string;
  caption?: string;
  media?: { base64: string; mimetype: string; filename?: string; expired?: boolean; claimedSize?: number };
  /** serialised id of the message that it answers */
  quoted?: string;
  /** further raw fields, e.g. `lat`, `lng`, `loc`, `vcardList` */
  raw?: Record<string, unknown>;
}

/** A message in the stub's history, numbered in the order of arrival. */
export interface Delivery {
  seq: number;
  message: StubMessage & { id: string; t: number };
}

/** How the page behaves. */
export interface StubSettings {
  pn: string;
  lid: string;
  pushname: string;
  /** milliseconds until the page knows whether it is paired */
  openDelayMs: number;
  /** milliseconds between connected and synced; 0 = synced before anyone can listen */
  syncDelayMs: number;
  /** WhatsApp gives out no pairing codes */
  refuseCodes: boolean;
  /** messages reach the other side by themselves */
  autoAck: boolean;
  /** messages of each chat that are in memory at the start; the rest is loaded when asked for */
  loadedPerChat: number;
}

/** What the page is told when it loads. */
export interface StubBoot {
  settings: StubSettings;
  /** the one device that is paired; null = none */
  device: string | null;
  history: Delivery[];
  links: [pn: string, lid: string][];
  notOnWhatsApp: string[];
}

/** What the page did towards the network, in order. */
export interface OutboxEntry {
  kind: 'send' | 'revoke' | 'edit' | 'react' | 'seen' | 'resend-request';
  id?: string;
  to?: string;
  type?: string;
  body?: string;
  reaction?: string;
  fields?: Record<string, unknown>;
}

/** A call from the test into the page. */
export interface StubCall {
  id: number;
  method: string;
  args: unknown[];
}
