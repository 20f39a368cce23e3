import { createHash } from 'node:crypto';
import type { CallRecord } from '@loket/contracts/calls.js';

/** NUL and other controls but for tab and line ends; the database takes none, and no reader wants them. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text of several lines, without what cannot be stored or seen. */
export function clean(text: string): string {
  return text.toWellFormed().replaceAll('\r\n', '\n').replace(controls, '');
}

/** One line of at most `max` characters; null when nothing is left. */
export function cleanLine(text: string | null | undefined, max: number): string | null {
  const line = clean(text ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? null : line.slice(0, max).toWellFormed();
}

/**
 * What telephone systems write where the caller hides his number. Such calls are no one person's: taken for a number,
 * "anonymous" would become one customer with everybody's calls.
 */
const withheld =
  /^(?:anonymous|unknown|private|restricted|unavailable|blocked|withheld|no ?number|no ?caller ?id|id ?withheld|not ?available|n\/?a|null|none|asterisk|pribadi|rahasia|tersembunyi|disembunyikan|nomor (?:pribadi|tersembunyi|disembunyikan)|tidak (?:diketahui|dikenal|ada)|anonim|[-*x.?]+)$/i;

/** @returns the number as written, or null when there is none */
export function numberOf(text: string | null | undefined): string | null {
  const number = cleanLine(text, 320);
  // sip:anonymous@anonymous.invalid is how SIP says it (RFC 3323)
  if (number === null || withheld.test(number) || /anonymous(?:@anonymous)?\.invalid/i.test(number))
    return null;
  return number;
}

/** The same call with texts that can be stored and shown. */
export function cleanCall(call: CallRecord): CallRecord {
  const notes = call.notes === null ? null : clean(call.notes).trim();
  return {
    ...call,
    callId: callIdOf(call.callId),
    number: numberOf(call.number),
    name: cleanLine(call.name, 255),
    line: cleanLine(call.line, 320),
    agent: cleanLine(call.agent, 320),
    queue: cleanLine(call.queue, 255),
    notes: notes === '' ? null : notes,
    disposition: cleanLine(call.disposition, 120),
    startedAt: new Date(call.startedAt).toISOString(),
  };
}

/** An id that can be stored: as told, or its hash where it holds what cannot be written. */
export function callIdOf(told: string): string {
  return cleanLine(told, 200) === told ? told : `sha256:${createHash('sha256').update(told).digest('hex')}`;
}
