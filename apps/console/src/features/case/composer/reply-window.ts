import type { ReplyOption } from '@loket/contracts/cases.js';

/** From here on the countdown speaks up. */
const soonMs = 2 * 3_600_000;

/** Whether free text can still be sent. `always`: this channel has no such limit. */
export type ReplyWindow =
  | { state: 'always' }
  | { state: 'open'; closesAt: string; leftMs: number; soon: boolean }
  /** null: the customer has never written here */
  | { state: 'closed'; since: string | null };

type Told = Pick<ReplyOption, 'blocked' | 'windowClosesAt'>;

export function replyWindow({ blocked, windowClosesAt }: Told, now: Date): ReplyWindow {
  const leftMs = windowClosesAt === null ? null : Date.parse(windowClosesAt) - now.getTime();
  if (blocked === 'window_closed' || (leftMs !== null && leftMs <= 0))
    return { state: 'closed', since: windowClosesAt };
  if (leftMs === null || windowClosesAt === null) return { state: 'always' };
  return { state: 'open', closesAt: windowClosesAt, leftMs, soon: leftMs <= soonMs };
}

/** Free text or a template can go this way; what is closed for good cannot. */
export function canAnswer({ blocked }: Told): boolean {
  return blocked === null || blocked === 'window_closed';
}

/** What the agent can write freely to now. */
export function canWrite(option: Told, now: Date): boolean {
  return option.blocked === null && replyWindow(option, now).state !== 'closed';
}

/** Hours and minutes that are left, rounded up, so that it never says zero while the window is open. */
export function hoursAndMinutes(ms: number): { hours: number; minutes: number } {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}

/** How long what is shown stays true: to the next minute, and exactly to the closing. */
export function nextTick(window: ReplyWindow): number | null {
  if (window.state !== 'open') return null;
  return Math.min(window.leftMs, window.leftMs % 60_000 || 60_000) + 20;
}

/**
 * Another way in the same case when this one does not go: an open one on another channel, those without any limit first.
 */
export function wayOn(options: readonly ReplyOption[], from: string, now: Date): ReplyOption | null {
  const others = options.filter((option) => option.channelId !== from && canWrite(option, now));
  return others.find((option) => option.windowClosesAt === null) ?? others[0] ?? null;
}
