import { useCallback, useEffect, useRef, useState } from 'react';
import { readDraft, writeDraft, type Draft } from '../../api/drafts.js';
import { useMe } from '../../api/session.js';

const empty: Draft = { text: '', attachments: [], quote: null, version: null, savedAt: '' };

/**
 * Text and files of one box, kept per case and channel. Saved 300 ms after the last key, when the slot changes and when
 * the page is left.
 */
export function useDraft(caseId: string, slot: string) {
  const me = useMe();
  const [draft, setDraft] = useState<Draft>(() => readDraft(me.id, caseId, slot) ?? empty);
  const [stored, setStored] = useState(draft.savedAt !== '');
  const latest = useRef(draft);
  latest.current = draft;
  const place = useRef(slot);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const flush = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    setStored(writeDraft(me.id, caseId, place.current, latest.current));
  }, [me.id, caseId]);

  const change = useCallback(
    (patch: (before: Draft) => Draft) => {
      latest.current = { ...patch(latest.current), savedAt: new Date().toISOString() };
      setDraft(latest.current);
      setStored(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, 300);
    },
    [flush],
  );

  // another channel has another draft
  useEffect(() => {
    if (place.current === slot) return;
    flush();
    place.current = slot;
    const kept = readDraft(me.id, caseId, slot) ?? empty;
    latest.current = kept;
    setDraft(kept);
    setStored(kept.savedAt !== '');
  }, [slot, caseId, me.id, flush]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  const clear = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    latest.current = empty;
    setDraft(empty);
    setStored(false);
    writeDraft(me.id, caseId, place.current, empty);
  }, [me.id, caseId]);

  return { draft, stored, change, clear };
}
