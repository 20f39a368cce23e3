import { createHmac } from 'node:crypto';
import { seededRandom } from './random.js';

/** The number that the webhook is for, as Meta names it. */
export interface GraphNumber {
  phoneNumberId: string;
  displayNumber: string;
  businessAccountId: string;
}

/** A customer as the webhook tells of one; without `waId` the phone is hidden. */
export interface WebhookPerson {
  waId?: string;
  userId?: string;
  name?: string;
}

export interface WebhookValue {
  contacts?: unknown[];
  messages?: unknown[];
  message_echoes?: unknown[];
  statuses?: unknown[];
  errors?: unknown[];
}

/** One call of the webhook, ready to be posted. */
export interface WebhookCall {
  body: Buffer;
  /** of `X-Hub-Signature-256` */
  signature: string;
}

/** Message ids as Meta makes them: base64 of something, with characters that mean something elsewhere. */
export function wamid(seed: string): string {
  return `wamid.${Buffer.from(`\u001d\u0005${seed}`).toString('base64')}`;
}

export function textMessage(person: WebhookPerson, id: string, body: string, atSeconds: number): unknown {
  return message(person, id, atSeconds, 'text', { body });
}

/** @param content what stands under the name of the type */
export function message(
  { waId, userId }: WebhookPerson,
  id: string,
  atSeconds: number,
  type: string,
  content: unknown,
  rest: Record<string, unknown> = {},
): unknown {
  return {
    ...(waId === undefined ? {} : { from: waId }),
    ...(userId === undefined ? {} : { from_user_id: userId }),
    id,
    timestamp: String(atSeconds),
    type,
    [type]: content,
    ...rest,
  };
}

export function contact({ waId, userId, name }: WebhookPerson): unknown {
  return {
    ...(name === undefined ? {} : { profile: { name } }),
    ...(waId === undefined ? {} : { wa_id: waId }),
    ...(userId === undefined ? {} : { user_id: userId }),
  };
}

export function status(
  id: string,
  state: string,
  atSeconds: number,
  {
    tag,
    errorCode,
    recipient = '6281234567890',
  }: { tag?: string; errorCode?: number; recipient?: string } = {},
): unknown {
  return {
    id,
    status: state,
    timestamp: String(atSeconds),
    recipient_id: recipient,
    ...(tag === undefined ? {} : { biz_opaque_callback_data: tag }),
    ...(errorCode === undefined
      ? {}
      : { errors: [{ code: errorCode, title: 'no', message: 'no', error_data: { details: 'no' } }] }),
  };
}

/** Several changes in one call, as Meta puts them together under load. */
export function webhookBody(
  number: GraphNumber,
  values: readonly WebhookValue[],
  field = 'messages',
): Buffer {
  const metadata = { display_phone_number: number.displayNumber, phone_number_id: number.phoneNumberId };
  const changes = values.map((value) => ({
    value: { messaging_product: 'whatsapp', metadata, ...value },
    field,
  }));
  const call = { object: 'whatsapp_business_account', entry: [{ id: number.businessAccountId, changes }] };
  return Buffer.from(asMetaWrites(call));
}

/** Meta escapes what is not ASCII, and slashes; JSON written again has other bytes and so another signature. */
function asMetaWrites(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function sign(body: Uint8Array, appSecret: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
}

/**
 * Calls as they really come: some twice or more, none in order.
 *
 * @param share of the calls that come again, 0 to 1
 */
export function delivered(
  bodies: readonly Buffer[],
  { appSecret, share, seed }: { appSecret: string; share: number; seed: number },
): WebhookCall[] {
  const random = seededRandom(seed);
  const again = bodies.filter(() => random() < share);
  const calls = [...bodies, ...again].map((body) => ({ body, signature: sign(body, appSecret) }));
  for (let last = calls.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [calls[last], calls[other]];
    if (a && b) [calls[last], calls[other]] = [b, a];
  }
  return calls;
}
