import type { CallRecord, PhoneConfig } from '@loket/contracts/calls.js';
import type { InboundEvent, NormalizedMessage, Sender } from '@loket/contracts/inbound.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { callText } from '@loket/contracts/call-text.js';
import { cleanCall } from './clean-call.js';

export interface CallContext {
  channelId: string;
  language: PhoneConfig['language'];
  /** the original as it came, stored */
  raw: BlobRef | null;
}

export type NormalisedCall =
  { type: 'message'; message: NormalizedMessage } | { type: 'event'; event: InboundEvent };

/**
 * Makes what core takes in of one call that is over. A call by the customer is a message of his; one that we made is
 * told as written by our own side.
 *
 * The same call always has the same external id. A line without call ids of its own is no conversation (ADR 12): a
 * family or an office calls from one number, so each call stands alone and matching decides where it belongs.
 */
export function normaliseCall(told: CallRecord, context: CallContext): NormalisedCall {
  const call = cleanCall(told);
  const inbound = call.direction === 'inbound';
  const message: NormalizedMessage = {
    channelId: context.channelId,
    externalId: call.callId,
    thread: { conversation: null, references: [], inReplyTo: null, tokens: [], forwarded: false },
    sender: inbound ? caller(call) : ownSide(call),
    recipients: [],
    sentAt: call.startedAt,
    subject: null,
    text: callText(call, context.language),
    html: null,
    attachments: [],
    call,
    raw: context.raw,
    warnings: [],
  };
  if (inbound) return { type: 'message', message };
  return {
    type: 'event',
    event: { type: 'sent_elsewhere', message, to: call.number === null ? null : caller(call) },
  };
}

/** Whoever the line says it is. Anybody can make a line say anything, so it proves nothing. */
function caller({ callId, number, name }: CallRecord): Sender {
  const who: Pick<Sender, 'kind' | 'value'> =
    number === null ? { kind: 'external', value: `withheld:${callId}` } : { kind: 'phone', value: number };
  const evidence = [number === null ? 'phone=withheld' : 'phone=caller_id'];
  return { ...who, name, proof: 'claimed', evidence };
}

function ownSide({ line, agent }: CallRecord): Sender {
  const who: Pick<Sender, 'kind' | 'value'> =
    line === null ? { kind: 'external', value: agent ?? 'own_line' } : { kind: 'phone', value: line };
  return { ...who, name: agent?.slice(0, 255), proof: 'claimed', evidence: ['phone=own_line'] };
}
