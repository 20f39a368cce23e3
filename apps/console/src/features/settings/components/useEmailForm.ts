import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presetForAddress, presetForHost, type MailPreset } from '@loket/contracts/mail-presets.js';
import { ApiError } from '../../../api/client.js';
import {
  configOf,
  fieldOf,
  missingIn,
  withPreset,
  type EmailForm,
  type ServerForm,
  type StoredConfig,
} from '../email-form.js';

/** The sentence below a field, or nothing. */
export type FieldProblem = (field: string) => string | undefined;

/** State of the e-mail form: what is typed, what is wrong with it, and whether anything is unsaved. */
export function useEmailForm(initial: EmailForm, stored: StoredConfig) {
  const { t } = useTranslation();
  const [start, setStart] = useState(initial);
  const [form, setForm] = useState(initial);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const [touched, setTouched] = useState(stored.imap !== undefined || stored.smtp !== undefined);

  const change = (part: Partial<EmailForm>) => {
    setRefused(new Set());
    setForm((before) => ({ ...before, ...part }));
  };
  const changeImap = (part: Partial<EmailForm['imap']>) => {
    if ('host' in part) setTouched(true);
    change({ imap: { ...form.imap, ...part } });
  };
  const changeSmtp = (part: Partial<ServerForm>) => {
    if ('host' in part) setTouched(true);
    change({ smtp: { ...form.smtp, ...part } });
  };
  /** Servers follow the address for as long as nobody has set them by hand. */
  const changeAddress = (address: string) => {
    const user = form.imap.user === form.address.trim() ? address.trim() : form.imap.user;
    const next = { ...form, address, imap: { ...form.imap, user } };
    const preset = touched ? null : presetForAddress(address);
    setRefused(new Set());
    setForm(preset ? withPreset(next, preset) : next);
  };
  const choosePreset = (preset: MailPreset) => {
    setTouched(true);
    setRefused(new Set());
    setForm(withPreset(form, preset));
  };

  const missing = missingIn(form, stored);
  const problem: FieldProblem = (field) => {
    const [, last = field] = field.split('.');
    if (refused.has(field)) return t(`settings.wrong.${last}`, { defaultValue: t('settings.wrong.other') });
    if (shown.has(field) && missing.includes(field)) {
      return t(`settings.missing.${last}`, { defaultValue: t('settings.missing.other') });
    }
    return undefined;
  };
  /** @returns whether it can be sent; if not, the fields say why from now on */
  const check = () => {
    setShown(new Set(missing));
    if (missing.length > 0) focusProblem();
    return missing.length === 0;
  };
  /** Puts what the server says about fields beside them. @returns whether all of it found a place */
  const refuse = (error: unknown) => {
    if (!(error instanceof ApiError) || error.issues.length === 0) return false;
    setRefused(new Set(error.issues.map((issue) => fieldOf(issue.path, form))));
    focusProblem();
    return true;
  };
  const reset = (next: EmailForm) => {
    setStart(next);
    setForm(next);
    setShown(new Set());
    setRefused(new Set());
  };
  return {
    form,
    config: () => configOf(form),
    name: form.name.trim() || form.address.trim(),
    dirty: JSON.stringify(form) !== JSON.stringify(start),
    preset: presetForHost(form.imap.host || form.smtp.host) ?? presetForAddress(form.address),
    change,
    changeAddress,
    changeImap,
    changeSmtp,
    choosePreset,
    problem,
    check,
    refuse,
    reset,
  };
}

/** Once the sentences are painted, the first of them may stand far from the button that was pressed. */
export function focusProblem() {
  setTimeout(() => {
    const field = document.querySelector('form .mantine-InputWrapper-error')?.parentElement;
    field?.querySelector('input')?.focus();
  }, 50);
}

export type EmailFormState = ReturnType<typeof useEmailForm>;
