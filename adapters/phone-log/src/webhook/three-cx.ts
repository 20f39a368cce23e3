import { createHash } from 'node:crypto';
import { z } from 'zod';
import { NormaliseError } from '@loket/channel/channel-error.js';
import type { CallDirection, CallOutcome } from '@loket/contracts/calls.js';
import { readTime, type TimeReading } from '../call-time.js';
import { clean, cleanLine, numberOf } from '../clean-call.js';
import { readDuration } from '../duration.js';
import { checked, parseJson, type CallReport } from './call-report.js';

/**
 * The variables that 3CX fills into the `ReportCall` scenario of a CRM template ("call journaling") when a call has
 * ended: https://www.3cx.com/docs/crm-template-xml-description/. The template decides the spelling of the keys, so
 * `CallType`, `callType` and `call_type` are one; keys that we do not know are let be. 3CX tells no id of the call.
 */
const fields = {
  calltype: 'type',
  calldirection: 'direction',
  number: 'number',
  name: 'name',
  agent: 'extension',
  agentextension: 'extension',
  agentemail: 'email',
  agentfirstname: 'firstName',
  agentlastname: 'lastName',
  duration: 'duration',
  durationseconds: 'duration',
  callstarttimeutc: 'startUtc',
  starttimeutc: 'startUtc',
  callstarttimelocal: 'startLocal',
  datetime: 'startLocal',
  callestablishedtimeutc: 'takenUtc',
  establishedtimeutc: 'takenUtc',
  queueextension: 'queue',
  queue: 'queue',
  did: 'line',
  recordingurl: 'recording',
  summary: 'summary',
  // not among 3CX's variables; for templates and scripts that know more
  callid: 'callId',
  event: 'event',
} as const;
type Field = (typeof fields)[keyof typeof fields];

const bodySchema = z.record(z.string().max(100), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** `Missed` and `Notanswered` are the two that nobody took: of the customer's calls, and of ours. */
const types: Record<string, readonly [CallDirection, CallOutcome]> = {
  inbound: ['inbound', 'answered'],
  outbound: ['outbound', 'answered'],
  missed: ['inbound', 'missed'],
  notanswered: ['outbound', 'missed'],
};

/**
 * Reads a call that 3CX reports, or one that rings (`Event` = `ringing`, sent by the template's contact look-up).
 *
 * @param timeZone of the local times, where the template sends no others
 * @param now milliseconds since the epoch, for one that rings
 * @throws NormaliseError `not_json` `call_unreadable`
 */
export function readThreeCxCall(bytes: Uint8Array, timeZone: string, now: number): CallReport {
  const told = read(bytes);
  const number = numberOf(told.number);
  const event = told.event?.toLowerCase() ?? '';
  if (event === 'ringing' || event === 'lookup') return ringing(told, number, now);
  const type = types[(told.type ?? '').toLowerCase().replace(/[^a-z]/g, '')];
  if (!type) throw wrong('CallType: not Inbound, Outbound, Missed or Notanswered');
  const startedAt = startOf(told, timeZone);
  if (startedAt === null) throw wrong('CallStartTimeUTC: missing, or not a time');
  const [direction, outcome] = type;
  const answered = outcome === 'answered';
  const taken = told.takenUtc === undefined ? null : readTime(told.takenUtc, utc);
  return {
    type: 'over',
    call: {
      callId: cleanLine(told.callId, 200) ?? callId(number, direction, startedAt),
      direction,
      number,
      name: cleanLine(told.name, 255),
      line: cleanLine(told.line, 320),
      startedAt: new Date(startedAt).toISOString(),
      ringSeconds: answered && taken !== null && taken >= startedAt ? ringSeconds(startedAt, taken) : null,
      talkSeconds: answered && told.duration !== undefined ? readDuration(told.duration) : null,
      outcome,
      agent: agentOf(told),
      queue: cleanLine(told.queue, 255),
      recording: recordingOf(told.recording),
      notes: told.summary === undefined ? null : clean(told.summary).slice(0, 200_000),
      disposition: null,
    },
  };
}

const utc: TimeReading = { timeZone: 'UTC', order: 'month_first' };

function ringing(told: Partial<Record<Field, string>>, number: string | null, now: number): CallReport {
  const direction = told.direction?.toLowerCase() === 'outbound' ? 'outbound' : 'inbound';
  return {
    type: 'going_on',
    call: {
      callId: cleanLine(told.callId, 200) ?? callId(number, direction, Math.floor(now / 60_000)),
      state: 'ringing',
      direction,
      number,
      name: cleanLine(told.name, 255),
      line: cleanLine(told.line, 320),
      agent: agentOf(told),
      queue: cleanLine(told.queue, 255),
      at: new Date(now).toISOString(),
    },
  };
}

function read(bytes: Uint8Array): Partial<Record<Field, string>> {
  const body = checked(bodySchema, parseJson(bytes));
  const told: Partial<Record<Field, string>> = {};
  for (const [key, value] of Object.entries(body)) {
    const name = key.toLowerCase().replace(/[^a-z]/g, '');
    if (!Object.hasOwn(fields, name) || value === null) continue;
    const text = String(value).trim();
    // 3CX leaves a variable that it cannot fill as it stands in the template
    if (text === '' || text === 'null' || /^\[[A-Za-z]+\]$/.test(text)) continue;
    told[fields[name as keyof typeof fields]] ??= text;
  }
  return told;
}

/** Unformatted, 3CX writes times as the invariant culture does, month first. */
function startOf({ startUtc, startLocal }: Partial<Record<Field, string>>, timeZone: string): number | null {
  const exact = startUtc === undefined ? null : readTime(startUtc, utc);
  return (
    exact ?? (startLocal === undefined ? null : readTime(startLocal, { timeZone, order: 'month_first' }))
  );
}

/**
 * Made of what 3CX tells: caller, direction, second. Not of the agent: a queue that rings at five desks is reported by
 * each of them, and is one call.
 */
function callId(number: string | null, direction: CallDirection, at: number): string {
  const hash = createHash('sha256').update(JSON.stringify([number, direction, at]));
  return `3cx:${hash.digest('hex').slice(0, 40)}`;
}

function agentOf({ firstName, lastName, email, extension }: Partial<Record<Field, string>>): string | null {
  const name = cleanLine([firstName, lastName].filter((part) => part !== undefined).join(' '), 320);
  return name ?? cleanLine(email ?? extension, 320);
}

function recordingOf(url: string | undefined): { kind: 'url'; url: string } | null {
  const valid = url !== undefined && /^https?:\/\/[^\s]{1,1990}$/.test(url) && URL.canParse(url);
  return valid ? { kind: 'url', url } : null;
}

function ringSeconds(from: number, to: number): number {
  return Math.min(86_400, Math.round((to - from) / 1000));
}

function wrong(reason: string): NormaliseError {
  return new NormaliseError('call_unreadable', reason);
}
