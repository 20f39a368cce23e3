import { useEffect, useRef, useState } from 'react';
import type { CaseStatus } from '@loket/contracts/cases.js';
import type { Draft } from '../../../api/drafts.js';
import type { Mode } from './local-item.js';
import { blanksIn } from './triggers.js';
import type { Later, useSend } from './useSend.js';
import type { useUploads } from './useUploads.js';

interface Sender {
  mode: Mode;
  draft: Draft;
  uploads: ReturnType<typeof useUploads>;
  sending: ReturnType<typeof useSend>;
}

/**
 * What stands between pressing Send and sending: it stops once for blanks that nobody has filled, and waits for files
 * that are on their way up.
 */
export function useSendOnce({ mode, draft, uploads, sending }: Sender) {
  const [warned, setWarned] = useState<string | null>(null);
  const [waiting, setWaiting] = useState(false);
  const last = useRef<[CaseStatus, Later | null]>(['pending', null]);
  const blanks = mode === 'reply' ? blanksIn(draft.text).map(({ name }) => `{{${name}}}`) : [];
  const empty = draft.text.trim() === '' && (mode === 'note' || draft.attachments.length === 0);
  const idle = sending.busy || (empty && (mode === 'note' || !uploads.busy));

  const send = (status: CaseStatus, later: Later | null = null, anyway = false) => {
    if (idle) return;
    last.current = [status, later];
    if (blanks.length > 0 && warned !== draft.text && !anyway) return setWarned(draft.text);
    setWarned(null);
    if (uploads.busy) setWaiting(true);
    else void sending.send(status, later);
  };
  useEffect(() => {
    if (!waiting || uploads.busy) return;
    setWaiting(false);
    // a file that did not come up is told of in its place, and would be missed
    if (!uploads.failed) void sending.send(...last.current);
  }, [waiting, uploads.busy, uploads.failed, sending]);

  return {
    send,
    again: () => send(...last.current, true),
    idle,
    empty,
    waiting,
    /** what it stopped for, until the text changes */
    blanks: warned !== null && warned === draft.text ? blanks : [],
    clearBlanks: () => setWarned(null),
  };
}
