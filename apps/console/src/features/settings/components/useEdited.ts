import { useState } from 'react';

/**
 * A form over something that is stored, and what it started from; live changes of the stored thing do not touch it.
 *
 * @param formOf must give equal forms for what is stored equally
 */
export function useEdited<T, F extends object>(stored: T, formOf: (stored: T) => F) {
  const [base, setBase] = useState(stored);
  const [form, setForm] = useState(() => formOf(stored));
  return {
    base,
    form,
    change: (part: Partial<F>) => setForm((before) => ({ ...before, ...part })),
    restart: (from: T) => {
      setBase(from);
      setForm(formOf(from));
    },
    dirty: JSON.stringify(form) !== JSON.stringify(formOf(base)),
  };
}
