import { NormaliseError } from '@loket/channel/channel-error.js';
import { messageKey } from '../message-key.js';
import type { MessageEvent, ReceiptEvent } from '../whatsapp-event.js';
import { parseTag, type SendTag } from './send-tag.js';
import { readMessage, readStatus, type ChangeContext, type SaidEvent } from './webhook-message.js';
import { readContacts } from './webhook-person.js';
import {
  envelopeSchema,
  errorSchema,
  statusSchema,
  valueSchema,
  type WebhookError,
} from './webhook-schema.js';

/** A webhook call taken apart. */
export interface WebhookContents {
  /** what customers said, each message once, in the order in which it came */
  messages: MessageEvent[];
  /** all else that was said or done: on the own phone, edits, revokes, reactions */
  others: SaidEvent[];
  receipts: { event: ReceiptEvent; tag: SendTag | null }[];
  /** what Meta says of the account itself */
  problems: WebhookError[];
  /** elements without what it takes to make a message */
  unreadable: number;
  /** messages for other numbers than ours */
  foreign: number;
}

/**
 * Reads a call of the webhook: every entry, every change, every element by itself.
 *
 * @param phoneNumberId that the channel is for
 * @param groups whether it takes in group chats
 * @param now milliseconds since the epoch
 * @throws NormaliseError `not_a_webhook`
 */
export function readWebhook(
  body: Buffer,
  { phoneNumberId, groups }: { phoneNumberId: string; groups: boolean },
  now: number,
): WebhookContents {
  const envelope = envelopeSchema.safeParse(parse(body)).data;
  if (envelope?.object !== 'whatsapp_business_account')
    throw new NormaliseError('not_a_webhook', 'not a webhook call of WhatsApp');
  const contents: WebhookContents = {
    messages: [],
    others: [],
    receipts: [],
    problems: [],
    unreadable: 0,
    foreign: 0,
  };
  const seen = new Set<string>();
  for (const { field, value } of envelope.entry.flatMap(({ changes }) => changes)) {
    if (field === 'messages' || field === 'smb_message_echoes')
      readChange(value, { phoneNumberId, groups }, now, contents, seen);
  }
  return contents;
}

function readChange(
  value: unknown,
  { phoneNumberId: account, groups }: { phoneNumberId: string; groups: boolean },
  now: number,
  contents: WebhookContents,
  seen: Set<string>,
): void {
  const change = valueSchema.safeParse(value).data;
  if (!change) {
    contents.unreadable += 1;
    return;
  }
  const { metadata, contacts = [], messages = [], message_echoes = [], statuses = [], errors = [] } = change;
  if (metadata.phone_number_id !== account) {
    // statuses of other numbers are of no use to anybody here
    contents.foreign += messages.length + message_echoes.length;
    return;
  }
  const wanted = (element: unknown): boolean => groups || !isOfGroup(element);
  const context: ChangeContext = { account, contacts: readContacts(contacts), now };
  for (const element of messages.filter(wanted)) keep(readMessage(element, context, false), contents, seen);
  for (const element of message_echoes.filter(wanted))
    keep(readMessage(element, context, true), contents, seen);
  for (const element of statuses) {
    const event = readStatus(element, account);
    const tag = parseTag(statusSchema.safeParse(element).data?.biz_opaque_callback_data);
    if (event) contents.receipts.push({ event, tag });
  }
  for (const element of errors) {
    const problem = errorSchema.safeParse(element).data;
    if (problem) contents.problems.push(problem);
  }
}

function isOfGroup(element: unknown): boolean {
  return typeof element === 'object' && element !== null && 'group_id' in element;
}

function keep(event: SaidEvent | null, contents: WebhookContents, seen: Set<string>): void {
  if (!event) {
    contents.unreadable += 1;
    return;
  }
  if (event.type !== 'message' || event.ref.fromMe) {
    contents.others.push(event);
    return;
  }
  const key = messageKey(event.ref);
  if (!seen.has(key)) contents.messages.push(event);
  seen.add(key);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new NormaliseError('not_a_webhook', 'not JSON', { cause: error });
  }
}
