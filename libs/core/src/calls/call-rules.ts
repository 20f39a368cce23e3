import type { CallRecord } from '@loket/contracts/calls.js';
import type { CallView } from '@loket/contracts/call-views.js';

/** Somebody was spoken to. A message on a machine, an engaged line and a telephone that nobody takes are not that. */
export function spoken({ outcome }: Pick<CallRecord, 'outcome'>): boolean {
  return outcome === 'answered';
}

/** The customer called and reached nobody of us. */
export function reachedNobody({ direction, outcome }: Pick<CallRecord, 'direction' | 'outcome'>): boolean {
  return direction === 'inbound' && ['missed', 'abandoned', 'voicemail', 'busy'].includes(outcome);
}

/** Among the warnings of a message that was brought in as history. */
export const historyMark = 'history';

/**
 * The same in SQL, and what ends the task to call back: somebody was spoken to, or we left a message on his machine.
 *
 * @param m name of a row of `messages`
 */
export const reachedNobodySql = (m: string): string =>
  `(${m}.direction = 'inbound' AND NOT '${historyMark}' = ANY(${m}.warnings) AND ${m}.call->>'outcome' IN ('missed', 'abandoned', 'voicemail', 'busy'))`;
export const endsCallbackSql = (m: string): string =>
  `(${m}.call->>'outcome' = 'answered' OR (${m}.direction = 'outbound' AND ${m}.call->>'outcome' = 'voicemail'))`;

/**
 * What a message says, for comparing it with others. Of a call only what somebody wrote about it: that it was missed,
 * and how long it rang, is like any other call.
 */
export function saidIn({ text, call }: { text: string; call?: CallRecord | null | undefined }): string {
  if (!call) return text;
  return [call.disposition, call.notes].filter((part) => part !== null && part !== '').join('\n');
}

/** @param m name of a row of `messages` */
export const saidSql = (m: string): string =>
  `CASE WHEN ${m}.call IS NULL THEN ${m}.text ELSE concat_ws(E'\\n', ${m}.call->>'disposition', ${m}.call->>'notes') END`;

/** The call as agents see it. */
export function callView({ recording, ...call }: CallRecord): CallView {
  if (recording === null) return { ...call, recording };
  return {
    ...call,
    recording:
      recording.kind === 'file'
        ? { kind: 'file', mediaType: recording.mediaType }
        : { kind: 'link', mediaType: null },
  };
}
