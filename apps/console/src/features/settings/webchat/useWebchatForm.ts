import { hashKey } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Channel } from '@loket/contracts/channels.js';
import { ApiError } from '../../../api/client.js';
import { focusProblem, type FieldProblem } from '../components/useEmailForm.js';
import { configOf, formOf, nameOf, type StoredConfig, type WebchatForm } from '../webchat-form.js';
import { fieldOf, problemsIn, tabOf, webchatTabs, type WebchatTab } from '../webchat-problems.js';

/** State of a site's chat: what is typed, what is wrong with it and on which tab, and whether anything is unsaved. */
export function useWebchatForm(base: Channel | undefined) {
  const { t } = useTranslation();
  const stored = (base?.config ?? {}) as StoredConfig;
  const [form, setForm] = useState(() => formOf(base));
  const [tab, setTab] = useState<WebchatTab>('site');
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const problems = problemsIn(form);
  const faults = new Set([...refused, ...[...problems.keys()].filter((field) => shown.has(field))]);

  const change = (part: Partial<WebchatForm>) => {
    setRefused(new Set());
    setForm((before) => ({ ...before, ...part }));
  };
  const problem: FieldProblem = (field) => {
    if (refused.has(field)) return t('settings.wrong.other');
    const found = shown.has(field) ? problems.get(field) : undefined;
    return found && t(`settings.webchat.problem.${found}`);
  };
  /** Opens the first tab on which something is wrong, unless there is something on the open one. */
  const lead = (fields: Iterable<string>) => {
    const wrong = new Set([...fields].map(tabOf));
    const first = webchatTabs.find((one) => wrong.has(one));
    if (first && !wrong.has(tab)) setTab(first);
    if (first) focusProblem();
  };
  /** @returns whether it can be sent; if not, the fields say why from now on */
  const check = () => {
    setShown(new Set(problems.keys()));
    lead(problems.keys());
    return problems.size === 0;
  };
  /** Puts what the server says about fields beside them. */
  const refuse = (error: unknown) => {
    if (!(error instanceof ApiError) || error.issues.length === 0) return;
    const fields = error.issues.map(({ path }) => fieldOf(path));
    setRefused(new Set(fields));
    lead(fields);
  };
  const reset = (from: Channel) => {
    setForm(formOf(from));
    setShown(new Set());
    setRefused(new Set());
  };
  // what is switched off may be typed in without being a change
  const settings = (one: WebchatForm) => hashKey([nameOf(one), configOf(one, stored)]);
  return {
    form,
    name: nameOf(form),
    config: () => configOf(form, stored),
    dirty: settings(form) !== settings(formOf(base)),
    tab,
    setTab,
    /** tabs on which something is wrong */
    wrongTabs: new Set([...faults].map(tabOf)),
    change,
    problem,
    check,
    refuse,
    reset,
  };
}

export type WebchatFormState = ReturnType<typeof useWebchatForm>;
export interface TabProps {
  state: WebchatFormState;
}
