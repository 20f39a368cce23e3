import type { ChannelAdapter } from '@loket/channel/port.js';
import { EmailAdapter, type EmailAdapterOptions } from './adapter.js';

export type { EmailAdapterOptions } from './adapter.js';

/** The e-mail channel. One per process is enough: it serves every channel of the kind. */
export function emailAdapter(options: EmailAdapterOptions = {}): ChannelAdapter {
  return new EmailAdapter(options);
}
