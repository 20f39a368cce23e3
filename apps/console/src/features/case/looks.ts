import type { ChannelKind } from '@loket/contracts/channels.js';

/** Letters stand on cards, chat lines in bubbles. */
export const looks: Record<ChannelKind, 'card' | 'bubble'> = {
  email: 'card',
  phone: 'card',
  whatsapp: 'bubble',
  webchat: 'bubble',
};

/** Where people write `*bold*` and mean it. */
export const marked: Record<ChannelKind, boolean> = {
  email: false,
  phone: false,
  whatsapp: true,
  webchat: false,
};
