import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseStatus, ReplyOption, TimelineItem, Upload } from '@loket/contracts/cases.js';
import { isCase } from '../../api/cases.js';
import { ApiError } from '../../api/client.js';
import { readDraft, writeDraft, type Draft } from '../../api/drafts.js';
import { errorText } from '../../api/error-text.js';
import { dropItem, putCase, putItem, unconfirmed } from '../../api/patch.js';
import { useMe } from '../../api/session.js';
import { showToast } from '../../ui/toasts.js';
import { addNote, sendReply } from './api.js';

export type Mode = 'reply' | 'note';

const empty: Draft = { text: '', attachments: [], version: null, savedAt: '' };

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

interface Sending {
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  draft: Draft;
  clear: () => void;
  /** puts a text that could not be sent back into the box, or into its draft when the box is gone */
  restore: (draft: Draft) => void;
}

/**
 * Sends what is in the box: it appears in the timeline at once, marked as under way. When the server refuses it, the
 * text comes back. When somebody wrote since the writing began, sending stops once and says so.
 */
export function useSend({ detail, mode, option, draft, clear, restore }: Sending) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  // the same words sent again are the same message, whatever became of the first try
  const tried = useRef<{ key: string; body: string } | null>(null);

  const send = async (status: CaseStatus | null) => {
    const text = draft.text.trim();
    if (busy || (text === '' && draft.attachments.length === 0)) return;
    if (mode === 'note' && text === '') return;
    const finished: Draft = { ...draft, text };
    const body = JSON.stringify([mode, option?.channelId, option?.identityId, text, draft.attachments]);
    const key = tried.current?.body === body ? tried.current.key : crypto.randomUUID();
    tried.current = { key, body };
    setProblem(null);
    setBusy(true);
    const local = localItem({
      key,
      detail,
      mode,
      option,
      draft: finished,
      agent: { id: me.id, name: me.name },
    });
    putItem(client, local);
    clear();
    try {
      if (mode === 'note') {
        putItem(client, await addNote(detail.id, { text, attachments: draft.attachments }, key));
      } else {
        const version = draft.version ?? detail.version;
        const sent = await sendReply(
          detail.id,
          {
            text,
            attachments: draft.attachments,
            version,
            ...(option && { channelId: option.channelId, identityId: option.identityId }),
            ...(status && { status }),
          },
          key,
        );
        putItem(client, sent);
        showToast({ text: t(`case.sent.${status ?? 'open'}`, { number: detail.number }) });
      }
      dropItem(client, detail.id, local.id);
      tried.current = null;
      setStale(false);
    } catch (error) {
      dropItem(client, detail.id, local.id);
      const changed = error instanceof ApiError && error.code === 'case_changed';
      const now = error instanceof ApiError && isCase(error.data) ? error.data : null;
      if (now) putCase(client, now);
      restore(changed ? { ...finished, version: now?.version ?? null } : finished);
      if (changed) setStale(true);
      else setProblem(errorText(t, error));
    } finally {
      setBusy(false);
    }
  };
  return {
    send,
    busy,
    problem,
    stale,
    clearProblem: () => setProblem(null),
    clearStale: () => setStale(false),
  };
}

interface LocalItem {
  key: string;
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  draft: { text: string; attachments: Upload[] };
  agent: { id: string; name: string };
}

/** Stands in the timeline until the server's own item takes its place. */
function localItem({ key, detail, mode, option, draft, agent }: LocalItem): TimelineItem {
  const at = new Date().toISOString();
  const base = { id: `local:${key}`, caseId: detail.id, at };
  const attachments = draft.attachments.map((file) => ({
    ...file,
    id: file.sha256,
    inline: false,
    contentId: null,
    url: '',
  }));
  if (mode === 'note') return { type: 'note', ...base, agent, text: draft.text, attachments };
  return {
    type: 'message',
    ...base,
    direction: 'outbound',
    channelId: option?.channelId ?? '',
    channelKind: option?.channelKind ?? detail.channelKinds[0] ?? 'email',
    externalId: null,
    threadId: '',
    customerId: detail.customer.id,
    from: { kind: 'email', value: option?.channelAddress ?? '', name: null, proof: null, evidence: [] },
    recipients: option ? [{ role: 'to', kind: 'external', value: option.address }] : [],
    agent,
    sentAt: at,
    subject: null,
    text: draft.text,
    quoted: null,
    html: null,
    attachments,
    automatic: null,
    match: null,
    state: 'pending',
    stateReason: null,
    stateDetail: null,
    stateAt: null,
    bouncedBy: null,
    warnings: [],
    hasRaw: false,
    version: unconfirmed,
  };
}
