import type { ChannelKind } from '@loket/contracts/channels.js';

/** Letters stand on cards, chat lines in bubbles. */
export const looks: Record<ChannelKind, 'card' | 'bubble'> = {
  email: 'card',
  phone: 'card',
  whatsapp: 'bubble',
  webchat: 'bubble',
};
