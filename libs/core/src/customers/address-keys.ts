import type { IdentityKind } from '@loket/contracts/inbound.js';

/**
 * The key under which two addresses are tried as one person's, for instance `mail:budisantoso@gmail.com` or
 * `line:+6281288412207`. Never an address to send to, and never proof by itself: who is who is decided by the stored
 * value (DESIGN §4), a key finds candidates.
 *
 * - mail: the mailbox behind the spelling. A plus-tag goes everywhere; dots where the provider ignores them (Gmail,
 *   Proton); `-tag` at Yahoo, whose user names cannot hold a dash; domains that one provider delivers as one.
 * - `phone` and `whatsapp` share one key, so that a caller and a chat on the same line meet.
 * - others: kind and value.
 *
 * @param value as `normaliseAddress` gives it
 */
export function matchKeyOf(kind: IdentityKind, value: string): string {
  if (kind === 'email') return `mail:${mailKey(value)}`;
  return lineKeyOf(kind, value) ?? `${kind}:${value}`;
}

/**
 * The line that a number stands for, the same for every kind of channel that is reached by telephone number.
 * @returns null for kinds without a number and for values that are none (`anonymous`, `123@lid`)
 */
export function lineKeyOf(kind: IdentityKind, value: string): string | null {
  if (kind !== 'phone' && kind !== 'whatsapp') return null;
  return /^\+[1-9]\d{5,17}$/.test(value) ? `line:${value}` : null;
}

interface Provider {
  /** under which its domains are one */
  domain: string;
  ignored?: RegExp;
  /** what begins a throw-away address of the same mailbox, besides `+` */
  tag?: string;
}

const gmail: Provider = { domain: 'gmail.com', ignored: /\./g };
const proton: Provider = { domain: 'proton.me', ignored: /[._-]/g };
const icloud: Provider = { domain: 'icloud.com' };
const providers: ReadonlyMap<string, Provider> = new Map([
  ['gmail.com', gmail],
  ['googlemail.com', gmail],
  ['proton.me', proton],
  ['protonmail.com', proton],
  ['pm.me', proton],
  ['icloud.com', icloud],
  ['me.com', icloud],
  ['mac.com', icloud],
]);
const yahoo = /^(?:yahoo\.[a-z]{2,3}(?:\.[a-z]{2})?|ymail\.com|rocketmail\.com)$/;

function mailKey(address: string): string {
  const at = address.lastIndexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.startsWith('"')) return address;
  const domain = address.slice(at + 1);
  const provider: Provider =
    providers.get(domain) ?? (yahoo.test(domain) ? { domain, tag: '-' } : { domain });
  let user = before(local, '+');
  if (provider.tag) user = before(user, provider.tag);
  if (provider.ignored) user = user.replace(provider.ignored, '') || user;
  return `${user}@${provider.domain}`;
}

/** A tag needs something in front of it. */
function before(text: string, sign: string): string {
  const at = text.indexOf(sign);
  return at > 0 ? text.slice(0, at) : text;
}
