import type { PreChatField } from '@loket/contracts/webchat-config.js';

/** A first look at what was typed, to spare a round trip; the server decides (libs/contracts/src/visitors.ts). */
export function looksLike(kind: PreChatField['kind'], value: string): boolean {
  if (kind === 'email') return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value) && value.length <= 320;
  if (kind === 'phone') return /^[+\d][\d ().-]{5,}$/.test(value) && value.length <= 40;
  return true;
}

/** How a browser is told what goes in: the right keyboard, and what it has filled in before. */
export const inputs = {
  name: { type: 'text', autocomplete: 'name' },
  email: { type: 'email', autocomplete: 'email' },
  phone: { type: 'tel', autocomplete: 'tel' },
  text: { type: 'text', autocomplete: 'off' },
} as const;
