import { WhatsappAdapter, type WhatsappAdapterOptions } from './adapter.js';

export type { WhatsappAdapter, WhatsappAdapterOptions } from './adapter.js';

/** The WhatsApp channel. One per process is enough: it serves every channel of the kind. */
export function whatsappAdapter(options: WhatsappAdapterOptions = {}): WhatsappAdapter {
  return new WhatsappAdapter(options);
}
