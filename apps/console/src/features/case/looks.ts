import type { ChannelKind } from '@loket/contracts/channels.js';

/** Letters stand on cards, chat lines in bubbles. */
export const looks: Record<ChannelKind, 'card' | 'bubble'> = {
  email: 'card',
  phone: 'card',
  whatsapp: 'bubble',
  webchat: 'bubble',
};

/** What a bubble has beside its words: what it quotes, or what its writer answered to the form before the chat. */
export const asksFirst: Record<ChannelKind, boolean> = {
  email: false,
  phone: false,
  whatsapp: false,
  webchat: true,
};

/** Where people write `*bold*` and mean it. */
export const marked: Record<ChannelKind, boolean> = {
  email: false,
  phone: false,
  whatsapp: true,
  webchat: false,
};
