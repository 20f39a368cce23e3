import type { Span } from './webchat-form.js';

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** What the server takes. */
export const mostSpans = 21;

/** Spans of a day with their places in the week. */
export function spansOf(week: readonly Span[], day: number): { span: Span; at: number }[] {
  return week.flatMap((span, at) => (span.day === day ? [{ span, at }] : []));
}

/** One more for a day: the usual hours, or from an hour after the last ones until the evening, where there is time left. */
export function withSpan(week: readonly Span[], day: number): Span[] {
  const last = spansOf(week, day).at(-1)?.span;
  return [...week, last ? { day, ...afterwards(last) } : { day, from: '09:00', to: '17:00' }].sort(
    (a, b) => a.day - b.day,
  );
}

function afterwards({ from, to }: Span): Pick<Span, 'from' | 'to'> {
  if (to <= from || to >= '20:00') return { from: '', to: '' };
  return { from: `${String(Number(to.slice(0, 2)) + 1).padStart(2, '0')}${to.slice(2)}`, to: '21:00' };
}

/** All days that are open get the hours of one. */
export function likeDay(week: readonly Span[], day: number): Span[] {
  const model = week.filter((span) => span.day === day);
  return weekdays.flatMap((other) =>
    week.some((span) => span.day === other) ? model.map((span) => ({ ...span, day: other })) : [],
  );
}

/** How a stretch is meant that does not end on the day on which it begins. */
export function stretchOf({ from, to }: Span): 'day' | 'overnight' | 'whole' {
  if (from === to) return 'whole';
  return from < to || !to ? 'day' : 'overnight';
}
