import type { CallDraft, CreateCallInput } from '@loket/contracts/call-views.js';
import { callOutcomes, type CallDirection, type CallOutcome } from '@loket/contracts/calls.js';
import type { Upload } from '@loket/contracts/cases.js';
import type { CallPrefill } from '../../ui/call-dock.js';

/** A call as the form holds it. */
export interface CallForm {
  channelId: string;
  /** as the telephone system tells it; empty when nobody but the agent does */
  callId: string;
  direction: CallDirection;
  number: string;
  withheld: boolean;
  name: string;
  outcome: CallOutcome;
  disposition: string;
  notes: string;
  /** milliseconds since the epoch */
  startedAt: number;
  /** when the timer was stopped; null while it runs */
  stoppedAt: number | null;
  /** id of a case, or `new` */
  where: string;
  /** of the case in `where`, to be shown */
  whereNumber: number | null;
  files: Upload[];
  recording: Upload | null;
}

export function newCallForm(prefill: CallPrefill, now: number): CallForm {
  return {
    channelId: '',
    callId: '',
    direction: 'inbound',
    number: '',
    withheld: false,
    name: '',
    outcome: 'answered',
    disposition: '',
    notes: '',
    startedAt: now,
    stoppedAt: null,
    where: 'new',
    whereNumber: null,
    ...prefill,
    files: [],
    recording: null,
  };
}

/** Nothing that would be missed. */
export function isBlank(form: CallForm): boolean {
  return (
    form.number.trim() === '' &&
    form.notes.trim() === '' &&
    form.name.trim() === '' &&
    form.files.length === 0 &&
    form.recording === null
  );
}

export function toDraft({ files, recording, ...form }: CallForm): CallDraft['draft'] {
  return { ...form, files: JSON.stringify(files), recording: JSON.stringify(recording) };
}

/** @returns null for a draft that this form cannot read any more */
export function fromDraft(draft: CallDraft['draft'], now: number): CallForm | null {
  const blank = newCallForm({}, now);
  const form: Record<string, unknown> = { ...blank };
  for (const [key, value] of Object.entries(blank)) {
    const kept = draft[key];
    const fits =
      typeof kept === typeof value || (key === 'stoppedAt' && (kept === null || typeof kept === 'number'));
    if (kept !== undefined && (fits || key === 'whereNumber')) form[key] = kept;
  }
  try {
    form.files = JSON.parse(String(draft.files)) as Upload[];
    form.recording = JSON.parse(String(draft.recording)) as Upload | null;
  } catch {
    return null;
  }
  const read = form as unknown as CallForm;
  return callOutcomes.includes(read.outcome) ? read : null;
}

/** Seconds on the timer. */
export function elapsed(
  { startedAt, stoppedAt }: Pick<CallForm, 'startedAt' | 'stoppedAt'>,
  now: number,
): number {
  return Math.max(0, Math.round(((stoppedAt ?? now) - startedAt) / 1000));
}

/** `4:05`, `1:04:05` */
export function clock(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${hours > 0 ? `${hours}:${two(minutes)}` : String(minutes)}:${two(seconds % 60)}`;
}

/** `4:05`, `1:04:05`, `4` (minutes). @returns seconds, null when it says none */
export function readClock(text: string): number | null {
  const parts = /^(?:(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)|(\d{1,3}))$/.exec(text.trim());
  if (!parts) return null;
  const [, hours = '0', minutes = '0', seconds = '0', alone] = parts;
  return alone === undefined
    ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
    : Number(alone) * 60;
}

/** What the server is told. Time on the telephone is time spoken only where somebody was. */
export function toCall(form: CallForm, now: number): CreateCallInput {
  const seconds = elapsed(form, now);
  const spoken = form.outcome === 'answered';
  const { recording } = form;
  return {
    channelId: form.channelId,
    ...(form.callId && { callId: form.callId }),
    direction: form.direction,
    number: form.withheld ? null : form.number.trim(),
    name: form.name.trim() || null,
    startedAt: new Date(form.startedAt).toISOString(),
    ringSeconds: spoken ? null : Math.min(seconds, 86_400),
    // the telephone system knows better how long it was
    talkSeconds: spoken && !form.callId ? Math.min(seconds, 604_800) : null,
    outcome: form.outcome,
    notes: form.notes.trim() || null,
    disposition: form.disposition.trim() || null,
    attachments: form.files,
    recording: recording && {
      sha256: recording.sha256,
      mediaType: recording.mediaType,
      size: recording.size,
    },
    caseId: form.where,
  };
}

/** Which outcomes a call of this direction can have. */
export const outcomesOf: Record<CallDirection, readonly CallOutcome[]> = {
  inbound: ['answered', 'missed', 'abandoned', 'voicemail', 'busy'],
  outbound: ['answered', 'missed', 'voicemail', 'busy', 'failed'],
};
