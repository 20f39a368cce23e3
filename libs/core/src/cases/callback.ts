import type { Callback } from '@loket/contracts/call-views.js';

interface CallbackFields {
  callbackSince: Date | null;
  callbackNumber: string | null;
}

/** The task to call back before and after, as events tell it. */
export interface CallbackChange {
  from: Callback | null;
  to: Callback | null;
}

/** The task to call back, of a case's fields. */
export function callbackOf({ callbackSince, callbackNumber }: CallbackFields): Callback | null {
  return callbackSince && { since: callbackSince.toISOString(), number: callbackNumber };
}

/** @returns what an event says of it: nothing when the task is as it was */
export function callbackChange(before: CallbackFields, after: CallbackFields): { callback?: CallbackChange } {
  if (before.callbackSince?.getTime() === after.callbackSince?.getTime()) return {};
  return { callback: { from: callbackOf(before), to: callbackOf(after) } };
}
