import { createHash } from 'node:crypto';

/**
 * Id of one part of a message of ours, in WhatsApp's own form (`3EB0` and 18 hex digits). The same message always gets
 * the same id, so that sending it twice is one message; and the id tells by its last six digits that it is ours, so that
 * an echo after a crash is not taken for something written on the phone.
 */
export function ownId(channelId: string, messageId: string, part: number): string {
  const body = hash(`${channelId}:${messageId}:${part}`).slice(0, 12);
  return `3EB0${body}${checkOf(channelId, body)}`;
}

export function isOwnId(channelId: string, id: string): boolean {
  const [, body, check] = /^3EB0([0-9A-F]{12})([0-9A-F]{6})$/.exec(id) ?? [];
  return body !== undefined && check === checkOf(channelId, body);
}

function checkOf(channelId: string, body: string): string {
  return hash(`${channelId}/${body}`).slice(0, 6);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}
