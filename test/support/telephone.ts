import { createHmac } from 'node:crypto';
import {
  type CaseDetail,
  caseSchema,
  timelinePageSchema,
  type TimelineMessage,
} from '@loket/contracts/cases.js';
import { loggedCallSchema, type CreateCallInput, type LoggedCall } from '@loket/contracts/call-views.js';
import type { CallRecordInput, RingingCall } from '@loket/contracts/calls.js';
import type { PhoneChannelConfig } from '@loket/contracts/channels.js';
import { eventPageSchema, type LiveEvent } from '@loket/contracts/events.js';
import { intakeResultSchema, type IntakeResult } from '@loket/contracts/inbound.js';
import { newId } from '@loket/platform/ids.js';
import type { TestApp } from './app.js';
import { until } from './until.js';

export const callSecret = 'rahasia-sentral-telepon';

/** A telephone line of a test's desk, and what telephone systems and agents do with it. */
export type Telephone = Awaited<ReturnType<typeof telephoneOf>>;

let numbers = 0;
/** nobody had it before */
export const aNumber = (): string => `0813${String(10_000_000 + ++numbers)}`;

/** On one day, by minutes. */
export const atMinute = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 3, minute)).toISOString();

/** Somebody called and reached nobody, unless told otherwise. */
export const aCall = (over: Partial<CallRecordInput> = {}): CallRecordInput => ({
  callId: newId(),
  direction: 'inbound',
  number: aNumber(),
  startedAt: atMinute(0),
  outcome: 'missed',
  ...over,
});

/** Headers by which the generic webhook knows its sender. */
export function signedBy(
  body: string,
  timestamp = String(Math.floor(Date.now() / 1000)),
  key = callSecret,
): Record<string, string> {
  const mac = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-loket-timestamp': timestamp, 'x-loket-signature': `sha256=${mac}` };
}

export async function telephoneOf(server: TestApp, config: Partial<PhoneChannelConfig> = {}) {
  const { admin, url } = server;
  const { id: channelId } = await admin.createChannel({
    kind: 'phone',
    name: 'Telepon',
    config: { address: '021-5550100', webhook: { format: 'generic', secret: callSecret }, ...config },
  });
  const path = `/channels/${channelId}`;

  /** as a script of the telephone system hands something in */
  const handIn = (told: object): Promise<Response> => {
    const headers = { 'content-type': 'application/vnd.loket.call+json' };
    return admin.send('POST', `${path}/inbound`, { headers }, JSON.stringify(told));
  };
  const post = async (body: string, headers: Record<string, string>, id = channelId): Promise<number> =>
    (await fetch(`${url}/api/v1/channels/${id}/webhook`, { method: 'POST', body, headers })).status;
  /** The log shows what is behind every transaction that runs, so it is asked until it does. */
  const eventsThat = (wanted: (event: LiveEvent) => boolean): Promise<LiveEvent[]> =>
    until(
      async () => (await admin.get('/events?limit=500', eventPageSchema)).items.filter(wanted),
      (events) => events.length > 0,
    );

  return {
    channelId,
    handIn,
    post,
    eventsThat,
    told: async (record: CallRecordInput): Promise<IntakeResult> =>
      intakeResultSchema.parse(await (await handIn(record)).json()),
    /** as the telephone system's webhook tells that it rings; its status */
    ring: (over: Partial<RingingCall>): Promise<number> => {
      const at = new Date().toISOString();
      const ringing = { callId: newId(), state: 'ringing', direction: 'inbound', number: null, at, ...over };
      const body = JSON.stringify(ringing);
      return post(body, signedBy(body));
    },
    /** as an agent writes one down */
    log: (over: Partial<CreateCallInput> = {}): Promise<LoggedCall> =>
      admin.post(
        '/calls',
        {
          ...{ channelId, direction: 'inbound', number: aNumber(), startedAt: atMinute(0) },
          ...{ outcome: 'answered', ...over },
        },
        loggedCallSchema,
      ),
    caseOf: (id: string | null): Promise<CaseDetail> => admin.get(`/cases/${id ?? ''}`, caseSchema),
    messagesOf: async (id: string | null): Promise<TimelineMessage[]> => {
      const { items } = await admin.get(`/cases/${id ?? ''}/timeline`, timelinePageSchema);
      return items.filter((item) => item.type === 'message');
    },
    eventsOf: (messageId: string, type: string): Promise<LiveEvent[]> =>
      eventsThat((event) => event.type === type && event.data['messageId'] === messageId),
  };
}
