import { z } from 'zod';
import { cleanLine } from '../legible.js';
import type { MessageRef } from '../message-key.js';
import type {
  EditEvent,
  MessageEvent,
  Person,
  ReactionEvent,
  ReceiptEvent,
  RevokeEvent,
} from '../whatsapp-event.js';
import { verdictOf } from './graph-codes.js';
import { parseTag } from './send-tag.js';
import { readContent } from './webhook-content.js';
import { chatOf, personOf } from './webhook-person.js';
import {
  contentSchemas,
  messageHeadSchema,
  short,
  statusSchema,
  type MessageHead,
  type WebhookContact,
} from './webhook-schema.js';

/** What stands around the elements of one change. */
export interface ChangeContext {
  /** phone number id */
  account: string;
  contacts: readonly WebhookContact[];
  /** milliseconds since the epoch, for elements without a time */
  now: number;
}

export type SaidEvent = MessageEvent | EditEvent | RevokeEvent | ReactionEvent;

/** All that must be there for an odd message to be shown at all. */
const remainsSchema = z.looseObject({
  id: short,
  from: short.optional().catch(undefined),
  from_user_id: short.optional().catch(undefined),
  type: z.string().max(100).optional().catch(undefined),
});

/**
 * One element of `messages` or `message_echoes`.
 *
 * @param fromMe it was sent on the company's own phone
 * @returns null when it lacks an id or a sender
 */
export function readMessage(element: unknown, context: ChangeContext, fromMe: boolean): SaidEvent | null {
  const head = messageHeadSchema.safeParse(element).data ?? salvage(element, context.now);
  const raw = element as Record<string, unknown>;
  if (!head) return null;
  const people = whoAndWhom(head, context, fromMe);
  if (!people) return null;
  const { from, customer } = people;
  const about = {
    chat: head.group_id ?? chatOf(customer),
    by: from,
    at: new Date(head.timestamp * 1000).toISOString(),
  };
  const special = readSpecial(head, raw, context.account, about, fromMe);
  if (special) return special;
  const { by: _by, ...place } = about;
  const detail = cleanLine(head.errors?.[0]?.title ?? null, 100);
  const content = readContent(head.type, raw, head.type === 'unsupported' ? detail : null);
  return {
    type: 'message',
    ref: refOf(context.account, head.id, fromMe),
    ...place,
    from,
    ...(fromMe ? { to: head.group_id === undefined ? customer : null } : {}),
    ...content,
    text: withReferral(content.text, head),
    quoted: head.context?.id === undefined ? null : refOf(context.account, head.context.id, false),
    forwarded: head.context?.forwarded === true || head.context?.frequently_forwarded === true,
    group: head.group_id === undefined ? null : { id: head.group_id, name: null },
  };
}

/** Reactions, edits and revokes are about another message. */
function readSpecial(
  { type }: MessageHead,
  raw: Record<string, unknown>,
  account: string,
  about: { chat: string; by: Person | null; at: string },
  fromMe: boolean,
): SaidEvent | null {
  if (type === 'reaction') {
    const reaction = contentSchemas.reaction.safeParse(raw['reaction']).data;
    if (!reaction) return null;
    // It may be about a message of either side; the key does not tell them apart.
    const ref = refOf(account, reaction.message_id, !fromMe);
    return { type: 'reaction', ref, ...about, emoji: reaction.emoji || null };
  }
  if (type === 'revoke') {
    const revoke = contentSchemas.revoke.safeParse(raw['revoke']).data;
    return revoke
      ? { type: 'revoke', ref: refOf(account, revoke.original_message_id, fromMe), ...about }
      : null;
  }
  if (type === 'edit') {
    const edit = contentSchemas.edit.safeParse(raw['edit']).data;
    if (!edit) return null;
    const { kind, text } = readContent(edit.message.type, edit.message);
    if (kind === 'unsupported') return null;
    // a caption that was taken away
    return {
      type: 'edit',
      ref: refOf(account, edit.original_message_id, fromMe),
      ...about,
      text: text ?? '',
    };
  }
  return null;
}

/** One element of `statuses`. @returns null for states that say nothing about the way, or that nobody can read */
export function readStatus(element: unknown, account: string): ReceiptEvent | null {
  const status = statusSchema.safeParse(element).data;
  const state = states[status?.status ?? ''];
  if (!status || !state) return null;
  const code = status.errors?.[0]?.code ?? null;
  return {
    type: 'receipt',
    ref: refOf(account, status.id, true),
    state,
    at: new Date(status.timestamp * 1000).toISOString(),
    reason: state === 'failed' ? verdictOf(code, null).reason : null,
    messageId: parseTag(status.biz_opaque_callback_data)?.messageId ?? null,
  };
}

const states: Partial<Record<string, ReceiptEvent['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // a voice note was listened to
  played: 'read',
  failed: 'failed',
};

function refOf(account: string, id: string, fromMe: boolean): MessageRef {
  return { account, id, fromMe, participant: null };
}

function salvage(element: unknown, now: number): MessageHead | null {
  const remains = remainsSchema.safeParse(element).data;
  if (!remains) return null;
  const { id, from, from_user_id, type = 'unknown' } = remains;
  // never as what it claims to be: its parts do not fit
  return {
    id,
    type: `unreadable ${type}`,
    timestamp: Math.floor(now / 1000),
    ...(from === undefined ? {} : { from }),
    ...(from_user_id === undefined ? {} : { from_user_id }),
  };
}

function whoAndWhom(
  head: MessageHead,
  { account, contacts }: ChangeContext,
  fromMe: boolean,
): { from: Person; customer: Person } | null {
  if (!fromMe) {
    const from = personOf(head.from, head.from_user_id, contacts);
    return from && { from, customer: from };
  }
  const customer = personOf(head.to, head.to_user_id, contacts);
  const own: Person = { kind: 'whatsapp', value: head.from ?? account, name: null, also: [] };
  return customer && { from: own, customer };
}

/** The advertisement that the customer came from, above what was written. */
function withReferral(text: string | null, { referral }: MessageHead): string | null {
  const advert = [referral?.headline, referral?.source_url]
    .map((part) => cleanLine(part ?? null, 500))
    .filter((part) => part !== null);
  return advert.length === 0 ? text : [`↪ ${advert.join(' ')}`, text].filter(Boolean).join('\n');
}
