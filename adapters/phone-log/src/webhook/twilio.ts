import { NormaliseError } from '@loket/channel/channel-error.js';
import { cleanLine, numberOf } from '../clean-call.js';

/**
 * `queued` and `initiated` come before it rings. The last five are final, each for its own leg only.
 * https://www.twilio.com/docs/voice/api/call-resource#call-status-values
 */
const statuses = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'completed',
  'busy',
  'no-answer',
  'failed',
  'canceled',
] as const;
export type TwilioStatus = (typeof statuses)[number];
const finalStatuses: readonly TwilioStatus[] = ['completed', 'busy', 'no-answer', 'failed', 'canceled'];

/** One form of Twilio's about one leg of a call. */
export interface TwilioReport {
  /** of the call as people know it: the parent of this leg, or the leg itself */
  callId: string;
  /** the leg that was dialled by the call; null when this is about the call itself */
  legId: string | null;
  status: TwilioStatus | null;
  /** this leg is over; the call is only when it is the call's own */
  final: boolean;
  direction: string;
  from: string | null;
  to: string | null;
  name: string | null;
  /** seconds that the leg lasted, from its answer */
  duration: number | null;
  /** milliseconds since the epoch: when it happened, as Twilio says */
  at: number | null;
  recordingUrl: string | null;
  /** how the leg went that `<Dial>` made, told to its action address */
  dial: { legId: string | null; status: TwilioStatus; duration: number | null } | null;
  queue: string | null;
}

/** What Twilio writes for a number that is withheld: the keys that spell anonymous, restricted, blocked, unknown, unavailable. */
const specialNumbers: readonly string[] = [
  '+266696687',
  '+7378742833',
  '+2562533',
  '+8656696',
  '+86282452253',
];

/**
 * Reads a form of Twilio's: status callback of a number or a leg, action of `<Dial>`, or status of a recording.
 * Fields: https://www.twilio.com/docs/voice/twiml#request-parameters,
 * https://www.twilio.com/docs/voice/api/call-resource#statuscallback,
 * https://www.twilio.com/docs/voice/api/recording#recordingstatuscallback
 *
 * @throws NormaliseError `call_unreadable`
 */
export function readTwilioForm(body: string): TwilioReport {
  const form = new URLSearchParams(body);
  const field = (name: string): string | null => cleanLine(form.get(name), 2000);
  const sid = sidOf(field('CallSid'));
  if (sid === null) throw new NormaliseError('call_unreadable', 'CallSid: missing, or not an id of Twilio');
  const parent = sidOf(field('ParentCallSid'));
  const status = statusOf(field('CallStatus'));
  const recordingUrl = urlOf(field('RecordingUrl'));
  const dialStatus = statusOf(field('DialCallStatus'));
  if (status === null && recordingUrl === null && dialStatus === null)
    throw new NormaliseError('call_unreadable', 'CallStatus: missing, or not a status of Twilio');
  return {
    callId: parent ?? sid,
    legId: parent === null ? null : sid,
    status,
    final: status !== null && finalStatuses.includes(status),
    direction: field('Direction') ?? '',
    from: partyOf(field('From') ?? field('Caller')),
    to: partyOf(field('To') ?? field('Called')),
    name: cleanLine(form.get('CallerName'), 255),
    duration: secondsOf(field('CallDuration')),
    at: timeOf(field('Timestamp')),
    recordingUrl,
    dial: dialStatus && {
      legId: sidOf(field('DialCallSid')),
      status: dialStatus,
      duration: secondsOf(field('DialCallDuration')),
    },
    queue: cleanLine(form.get('QueueName') ?? form.get('Queue'), 255),
  };
}

/** `client:sari` and `sip:201@example.com` are people of ours, by the name that they go by. */
export function agentOf(party: string | null): string | null {
  const match = /^(?:client:|sips?:)([^@;]{1,300})/i.exec(party ?? '');
  return match?.[1] ?? null;
}

function sidOf(text: string | null): string | null {
  return text !== null && /^CA[\da-z]{2,64}$/i.test(text) ? text : null;
}

function statusOf(text: string | null): TwilioStatus | null {
  // the event is called `answered`, the status `in-progress`
  const name = text === 'answered' ? 'in-progress' : text;
  return statuses.find((status) => status === name) ?? null;
}

function partyOf(text: string | null): string | null {
  return text !== null && specialNumbers.includes(text) ? null : numberOf(text);
}

function secondsOf(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}

/** RFC 2822 in UTC: `Sun, 22 Nov 2026 03:00:00 +0000`. */
function timeOf(text: string | null): number | null {
  const at =
    text !== null && /^[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? null : at;
}

function urlOf(text: string | null): string | null {
  return text !== null && /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text) ? text : null;
}
