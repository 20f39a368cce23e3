import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../api/client.js';
import { configOf, nameOf, problemsIn, type StoredConfig, type WhatsappForm } from '../whatsapp-form.js';
import { focusProblem, type FieldProblem } from './useEmailForm.js';

/** State of the WhatsApp form: what is typed, what is wrong with it, and whether anything is unsaved. */
export function useWhatsappForm(initial: WhatsappForm, stored: StoredConfig) {
  const { t } = useTranslation();
  const [start, setStart] = useState(initial);
  const [form, setForm] = useState(initial);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const problems = problemsIn(form, stored);

  const change = (part: Partial<WhatsappForm>) => {
    setRefused(new Set());
    setForm((before) => ({ ...before, ...part }));
  };
  const problem: FieldProblem = (field) => {
    const found = refused.has(field) ? 'wrong' : shown.has(field) ? problems.get(field) : undefined;
    if (!found) return undefined;
    const last = field.split('.').at(-1) ?? field;
    return t(`settings.${found}.${last}`, { defaultValue: t(`settings.${found}.other`) });
  };
  /** @returns whether it can be sent; if not, the fields say why from now on */
  const check = () => {
    setShown(new Set(problems.keys()));
    if (problems.size > 0) focusProblem();
    return problems.size === 0;
  };
  /** Puts what the server says about fields beside them. */
  const refuse = (error: unknown) => {
    if (!(error instanceof ApiError) || error.issues.length === 0) return;
    setRefused(new Set(error.issues.map(({ path }) => path.replace(/^config\./, ''))));
    focusProblem();
  };
  const reset = (next: WhatsappForm) => {
    setStart(next);
    setForm(next);
    setShown(new Set());
    setRefused(new Set());
  };
  return {
    form,
    config: () => configOf(form),
    name: nameOf(form),
    dirty: JSON.stringify(form) !== JSON.stringify(start),
    change,
    problem,
    check,
    refuse,
    reset,
  };
}
