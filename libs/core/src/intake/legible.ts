/**
 * Takes out of every text what PostgreSQL cannot store: NUL and halves of surrogate pairs. They carry no meaning, and
 * a message must not be refused for them.
 */
export function legible<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (Array.isArray(value)) return cleanList(value);
  if (value !== null && typeof value === 'object') return cleanFields(value as Record<string, unknown>);
  return value;
}

/** Hardly anything ever has to be cleaned, so what is clean is not copied. */
function cleanList(list: readonly unknown[]): readonly unknown[] {
  const cleaned = list.map(clean);
  return cleaned.some((inner, at) => inner !== list[at]) ? cleaned : list;
}

function cleanFields(fields: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const key in fields) {
    const cleaned = clean(fields[key]);
    if (cleaned === fields[key]) continue;
    copy ??= { ...fields };
    copy[key] = cleaned;
  }
  return copy ?? fields;
}

function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\u0000') ? whole.replaceAll('\u0000', '') : whole;
}
