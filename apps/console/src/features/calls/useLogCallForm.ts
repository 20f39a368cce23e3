import { useCallback, useEffect, useRef, useState } from 'react';
import type { LoggedCall } from '@loket/contracts/call-views.js';
import type { Channel } from '@loket/contracts/channels.js';
import { useCallDraft, useLogCall, useSaveCallDraft } from '../../api/calls.js';
import { ringing } from '../../api/ringing.js';
import type { CallPrefill } from '../../ui/call-dock.js';
import { fromDraft, isBlank, newCallForm, toCall, toDraft, type CallForm } from './call-form.js';

/** After the last key. */
const saveAfterMs = 700;

export interface LogCallForm {
  form: CallForm;
  change: (part: Partial<CallForm>) => void;
  draft: 'none' | 'saving' | 'saved' | 'failed';
  ready: boolean;
  saving: boolean;
  error: unknown;
  save: () => void;
  discard: () => void;
}

/** The form with its draft on the server: one that is left behind is there again, unless another call is begun. */
export function useLogCallForm(
  lines: readonly Channel[],
  prefill: CallPrefill,
  { onLogged }: { onLogged: (logged: LoggedCall) => void },
): LogCallForm {
  const [form, setForm] = useState(() => newCallForm(prefill, Date.now()));
  const [once] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<LogCallForm['draft']>('none');
  const touched = useRef(false);
  const kept = useCallDraft(true);
  const store = useSaveCallDraft();
  const logging = useLogCall(once);

  const change = useCallback((part: Partial<CallForm>) => {
    touched.current = true;
    setForm((old) => ({ ...old, ...part }));
  }, []);

  // another card was opened while this one stood there
  useEffect(() => {
    if (Object.keys(prefill).length > 0)
      setForm((old) => (isBlank(old) ? newCallForm(prefill, Date.now()) : { ...old, ...prefill }));
  }, [prefill]);
  useEffect(() => {
    if (touched.current || !kept.data || Object.keys(prefill).length > 0) return;
    const found = fromDraft(kept.data, Date.now());
    if (found) {
      setForm(found);
      setDraft('saved');
    }
  }, [kept.data, prefill]);

  const { mutate: put } = store;
  useEffect(() => {
    if (!touched.current || isBlank(form)) return;
    const timer = setTimeout(() => {
      setDraft('saving');
      put(toDraft(form), { onSuccess: () => setDraft('saved'), onError: () => setDraft('failed') });
    }, saveAfterMs);
    return () => clearTimeout(timer);
  }, [form, put]);

  const channelId = lines.some(({ id }) => id === form.channelId) ? form.channelId : (lines[0]?.id ?? '');
  const current = { ...form, channelId };
  const hasNumber = form.withheld || form.number.replace(/\D/g, '').length >= 3;
  const ready = channelId !== '' && hasNumber && !logging.isPending;
  return {
    form: current,
    change,
    draft,
    ready,
    saving: logging.isPending,
    error: logging.error,
    save: () => {
      if (!ready) return;
      touched.current = false;
      logging.mutate(toCall(current, Date.now()), {
        onSuccess: (logged) => {
          ringing.dismiss(form.callId);
          onLogged(logged);
        },
      });
    },
    discard: () => {
      touched.current = false;
      put(null);
    },
  };
}
