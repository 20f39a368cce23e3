import { callText } from '@loket/contracts/call-text.js';
import type { CreateCall } from '@loket/contracts/call-views.js';
import type { CallRecord } from '@loket/contracts/calls.js';
import type { NormalizedMessage, Sender } from '@loket/contracts/inbound.js';

interface Context {
  callId: string;
  agent: { name: string };
  /** our own number, as the channel's settings name it */
  line: string | null;
  language: 'id' | 'en';
}

/** What intake takes in of a call that an agent writes down, and whom it was with. */
export function callMessage(
  told: CreateCall,
  { callId, agent, line, language }: Context,
): { message: NormalizedMessage; customer: Sender } {
  const { recording } = told;
  const call: CallRecord = {
    callId,
    direction: told.direction,
    number: told.number,
    name: told.name,
    line,
    startedAt: new Date(told.startedAt).toISOString(),
    ringSeconds: told.ringSeconds,
    talkSeconds: told.talkSeconds,
    outcome: told.outcome,
    agent: agent.name.slice(0, 320),
    queue: told.queue,
    recording: recording && { kind: 'file', ...recording },
    notes: told.notes || null,
    disposition: told.disposition || null,
  };
  const customer = customerOf(call);
  const message: NormalizedMessage = {
    channelId: told.channelId,
    externalId: callId,
    thread: { conversation: null, references: [], inReplyTo: null, tokens: [], forwarded: false },
    sender: call.direction === 'inbound' ? customer : ownSide(call),
    recipients: [],
    sentAt: call.startedAt,
    subject: null,
    text: callText(call, language),
    attachments: told.attachments.map((file) => ({ ...file, inline: false })),
    call,
    warnings: [],
  };
  return { message, customer };
}

/** An agent heard and wrote down who it is; the line itself proves nothing. A withheld number is nobody else's. */
function customerOf({ callId, number, name }: CallRecord): Sender {
  const who: Pick<Sender, 'kind' | 'value'> =
    number === null ? { kind: 'external', value: `withheld:${callId}` } : { kind: 'phone', value: number };
  return { ...who, name, proof: 'claimed', evidence: [number === null ? 'phone=withheld' : 'phone=agent'] };
}

function ownSide({ line, agent }: CallRecord): Sender {
  const who: Pick<Sender, 'kind' | 'value'> =
    line === null ? { kind: 'external', value: agent ?? 'own_line' } : { kind: 'phone', value: line };
  return { ...who, name: agent?.slice(0, 255), proof: 'claimed', evidence: ['phone=own_line'] };
}
