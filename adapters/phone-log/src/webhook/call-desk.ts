import { NormaliseError } from '@loket/channel/channel-error.js';
import type { CallOutcome, CallRecord } from '@loket/contracts/calls.js';
import type { CallReport } from './call-report.js';
import { agentOf, type TwilioReport, type TwilioStatus } from './twilio.js';

interface Leg {
  status: TwilioStatus | null;
  agent: string | null;
  duration: number | null;
  rangAt: number | null;
  answeredAt: number | null;
  order: number;
}

interface KnownCall {
  legs: Map<string, Leg>;
  /** the call's own reports, latest fields */
  own: TwilioReport | null;
  over: boolean;
  startedAt: number | null;
  recordingUrl: string | null;
}

const own = 'own';
/** so that one call with ever new legs cannot fill the memory */
const maxLegs = 200;

/**
 * Puts the reports of Twilio's legs together to calls. A call is over when its own last report came: the legs that it
 * dials (`outbound-dial`, one for each telephone that rings) only tell who took it and how long it rang, and may come
 * in any order, before or after it. The later report of a leg wins, but a final one is never undone.
 *
 * Lives in memory: what is forgotten costs details (who took it), never the call, because the call's own last report
 * says enough by itself.
 */
export class CallDesk {
  private readonly calls = new Map<string, KnownCall>();

  constructor(private readonly maxCalls = 5000) {}

  /**
   * @param scope the channel: ids of different accounts are kept apart
   * @param now milliseconds since the epoch, for reports that do not say when
   * @returns null when it tells nothing that anybody waits for; `over` again when a report that came late changes the call
   * @throws NormaliseError `call_unknown` for a recording of a call that nobody here knows
   */
  take(report: TwilioReport, scope: string, now: number): CallReport | null {
    const key = `${scope} ${report.callId}`;
    const known = this.calls.get(key) ?? emptyCall();
    if (report.status === null && report.recordingUrl !== null && known.own === null)
      throw new NormaliseError('call_unknown', 'a recording of a call that has not been told');
    note(known, report);
    this.calls.delete(key);
    this.calls.set(key, known);
    for (const oldest of this.calls.keys()) {
      if (this.calls.size <= this.maxCalls) break;
      this.calls.delete(oldest);
    }
    if (known.over) return { type: 'over', call: callOf(report.callId, known, now) };
    return goingOn(report, known, now);
  }
}

function emptyCall(): KnownCall {
  return { legs: new Map(), own: null, over: false, startedAt: null, recordingUrl: null };
}

function note(call: KnownCall, report: TwilioReport): void {
  const { legId, status, at, dial } = report;
  if (at !== null && status !== null && legId === null)
    call.startedAt = Math.min(call.startedAt ?? at, at - 1000 * (report.final ? (report.duration ?? 0) : 0));
  call.recordingUrl = report.recordingUrl ?? call.recordingUrl;
  if (legId === null && status !== null) {
    if (report.final || !call.over) call.own = { ...report, name: report.name ?? call.own?.name ?? null };
    call.over ||= report.final;
  }
  if (status !== null) noteLeg(call, legId ?? own, report, report.legId === null ? null : report.to);
  if (dial)
    noteLeg(
      call,
      dial.legId ?? 'dial',
      { ...report, ...dial, final: dial.status !== 'in-progress', at: null },
      null,
    );
}

function noteLeg(
  call: KnownCall,
  id: string,
  { status, final, at, duration }: Pick<TwilioReport, 'status' | 'final' | 'at' | 'duration'>,
  to: string | null,
): void {
  const known = call.legs.get(id);
  if (!known && call.legs.size >= maxLegs) return;
  const leg: Leg = known ?? {
    status: null,
    agent: null,
    duration: null,
    rangAt: null,
    answeredAt: null,
    order: call.legs.size,
  };
  if (final || !isFinal(leg.status)) leg.status = status;
  leg.agent ??= agentOf(to) ?? to;
  leg.duration = duration ?? leg.duration;
  if (status === 'ringing' && at !== null) leg.rangAt = Math.min(leg.rangAt ?? at, at);
  if (status === 'in-progress' && at !== null) leg.answeredAt = Math.min(leg.answeredAt ?? at, at);
  call.legs.set(id, leg);
}

function isFinal(status: TwilioStatus | null): boolean {
  return status !== null && !['queued', 'initiated', 'ringing', 'in-progress'].includes(status);
}

/** Who is the customer: a call from a softphone of ours (`client:`, `sip:`) is ours, though Twilio calls it inbound. */
function sides(call: KnownCall, report: TwilioReport): Pick<CallRecord, 'direction' | 'number' | 'line'> {
  const { direction, from, to } = call.own ?? report;
  const fromUs = agentOf(from) !== null;
  const dialled = report.legId !== null && call.own === null;
  if (fromUs) return { direction: 'outbound', number: agentOf(to) === null ? to : null, line: null };
  if (direction.startsWith('outbound') && !dialled) return { direction: 'outbound', number: to, line: from };
  // a leg alone shows the caller's number, and the telephone that it rang in the place of our line
  return { direction: 'inbound', number: from, line: dialled ? null : to };
}

function goingOn(report: TwilioReport, call: KnownCall, now: number): CallReport | null {
  const { status, callId, legId } = report;
  if (status !== 'ringing' && status !== 'in-progress' && status !== 'initiated') return null;
  return {
    type: 'going_on',
    call: {
      callId,
      state: status === 'in-progress' ? 'in_progress' : 'ringing',
      ...sides(call, report),
      name: call.own?.name ?? report.name,
      agent: legId === null ? agentOf(report.from) : (agentOf(report.to) ?? report.to),
      queue: report.queue,
      at: new Date(report.at ?? now).toISOString(),
    },
  };
}

function callOf(callId: string, call: KnownCall, now: number): CallRecord {
  const ending = call.own;
  if (ending === null) throw new Error('a call that is over has told so');
  const dialled = [...call.legs.entries()].filter(([id]) => id !== own).map(([, leg]) => leg);
  const taken = dialled.filter(({ status }) => status === 'completed' || status === 'in-progress');
  const answeredBy = taken.find(({ agent }) => agent !== null) ?? taken[0];
  const side = sides(call, ending);
  const outcome = outcomeOf(
    ending.status,
    side.direction,
    dialled,
    taken.length > 0,
    call.recordingUrl !== null,
  );
  const self = call.legs.get(own);
  const talked = answeredBy?.duration ?? (taken.length > 1 ? null : ending.duration);
  const rang = ringSeconds(answeredBy) ?? ringSeconds(self);
  return {
    callId,
    ...side,
    name: ending.name,
    startedAt: new Date(call.startedAt ?? now - 1000 * (ending.duration ?? 0)).toISOString(),
    ringSeconds: rang,
    talkSeconds: outcome === 'answered' ? talked : null,
    outcome,
    agent: agentOf(ending.from) ?? (side.direction === 'inbound' ? (answeredBy?.agent ?? null) : null),
    queue: ending.queue,
    recording: call.recordingUrl === null ? null : { kind: 'url', url: call.recordingUrl },
    notes: null,
    disposition: null,
  };
}

/**
 * `completed` only says that Twilio picked up. Where telephones were dialled, they say whether anybody took it: if none
 * did and something was recorded, the caller spoke to a machine.
 */
function outcomeOf(
  status: TwilioStatus | null,
  direction: CallRecord['direction'],
  dialled: readonly Leg[],
  taken: boolean,
  recorded: boolean,
): CallOutcome {
  if (status === 'busy') return 'busy';
  if (status === 'failed') return 'failed';
  if (status === 'no-answer') return 'missed';
  if (status === 'canceled') return direction === 'inbound' ? 'abandoned' : 'missed';
  if (dialled.length === 0 || taken) return 'answered';
  if (recorded && direction === 'inbound') return 'voicemail';
  const last = dialled.at(-1)?.status;
  if (last === 'canceled' && direction === 'inbound') return 'abandoned';
  return direction === 'outbound' && (last === 'busy' || last === 'failed') ? last : 'missed';
}

function ringSeconds(leg: Leg | undefined): number | null {
  if (!leg || leg.rangAt === null || leg.answeredAt === null) return null;
  return Math.max(0, Math.round((leg.answeredAt - leg.rangAt) / 1000));
}
