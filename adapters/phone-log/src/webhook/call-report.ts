import { z } from 'zod';
import { NormaliseError } from '@loket/channel/channel-error.js';
import {
  callRecordSchema,
  ringingCallSchema,
  type CallRecord,
  type RingingCall,
} from '@loket/contracts/calls.js';

/** What one call of a webhook tells: that something rings, or how a call went. */
export type CallReport = { type: 'going_on'; call: RingingCall } | { type: 'over'; call: CallRecord };

/**
 * JSON of our own form: a call that is over as `callRecordSchema`, one that is going on (it has a `state`) as
 * `ringingCallSchema`. Strict: a field that we do not know is a mistake of the sender, and he is told which.
 *
 * @throws NormaliseError `not_json` `call_unreadable`
 */
export function readGenericCall(bytes: Uint8Array): CallReport {
  const told = parseJson(bytes);
  const goingOn = typeof told === 'object' && told !== null && Object.hasOwn(told, 'state');
  return goingOn
    ? { type: 'going_on', call: checked(ringingCallSchema, told) }
    : { type: 'over', call: checked(callRecordSchema, told) };
}

/** @throws NormaliseError `not_json` */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new NormaliseError('not_json', 'not JSON in UTF-8', { cause: error });
  }
}

/**
 * @returns what the schema makes of it
 * @throws NormaliseError `call_unreadable`, with the fields that are wrong and no values: those may be private
 */
export function checked<T>(schema: z.ZodType<T>, told: unknown): T {
  const parsed = schema.safeParse(told);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.slice(0, 5).map(({ path, code, message }) => {
    const field = path.map(String).join('.').slice(0, 100);
    return `${field === '' ? 'call' : field}: ${code === 'unrecognized_keys' ? 'unknown fields' : message}`;
  });
  throw new NormaliseError('call_unreadable', wrong.join('; ').slice(0, 1000));
}
