import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentRef } from '@loket/contracts/access.js';
import type { CaseDetail, CaseStatus, CreateReply, ReplyOption, Upload } from '@loket/contracts/cases.js';
import type { HeldReply, OnNews } from '@loket/contracts/held-replies.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import { isCase } from '../../../api/cases.js';
import { ApiError } from '../../../api/client.js';
import type { Draft, DraftQuote } from '../../../api/drafts.js';
import { errorText } from '../../../api/error-text.js';
import { dropHeld, holdReply, putHeld, takeBackReply } from '../../../api/held-replies.js';
import { keys } from '../../../api/keys.js';
import { dropItem, putCase, putItem } from '../../../api/patch.js';
import { useMe } from '../../../api/session.js';
import { answering } from '../../../api/under-way.js';
import { showToast } from '../../../ui/toasts.js';
import { useFormat } from '../../../ui/useFormat.js';
import { addNote, sendReply } from '../api.js';
import { localItem, type Mode } from './local-item.js';
import { graceSeconds, undoSeconds } from './undo-send.js';

interface Sending {
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  /** where the draft is kept */
  slot: string;
  draft: Draft;
  /** colleagues whom a note names, and the only one who is to see it */
  mentions: readonly AgentRef[];
  to: AgentRef | null;
  clear: () => void;
  /** puts a text that could not be sent, or was taken back, into its slot again */
  putBack: (slot: string, draft: Draft) => void;
  /** it left, and with it the case is done */
  onFinished: () => void;
}

/** When it leaves, if not now. */
export interface Later {
  sendAt: Date;
  onNews: OnNews;
}

interface Outgoing {
  text: string;
  html: string | null;
  attachments: Upload[];
  quote: DraftQuote | null;
  template: ChosenTemplate | null;
  /** of the case as the agent saw it */
  version: number;
  toAgentId: string | null;
  later: Later | null;
}

type Outcome =
  | { ok: true; held: HeldReply | null }
  | { ok: false; changed: boolean; version: number | null; problem: string };

/**
 * Sends what is in the box: it appears in the timeline at once, marked as under way, and can be taken back for some
 * seconds. When the server refuses it, the text comes back. When somebody wrote since the writing began, sending stops
 * once and says so.
 */
export function useSend(sends: Sending) {
  const { detail, mode, option, slot, draft, mentions, to, clear, putBack, onFinished } = sends;
  const { t } = useTranslation();
  const client = useQueryClient();
  const format = useFormat();
  const me = useMe();
  const [problem, setProblem] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  // the same words sent again are the same message, whatever became of the first try
  const tried = useRef<{ key: string; body: string } | null>(null);
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => void (here.current = false);
  }, []);

  const hand = async (out: Outgoing, status: CaseStatus | null, key: string): Promise<HeldReply | null> => {
    const { text, html, attachments, quote, template, version, toAgentId, later } = out;
    if (mode === 'note') {
      const named = toAgentId ? [] : mentions.map(({ id }) => id);
      putItem(
        client,
        await addNote(detail.id, { text, attachments, mentions: named, toAgentId, draft: false }, key),
      );
      return null;
    }
    const reply: CreateReply = {
      text: template ? '' : text,
      attachments,
      version,
      ...(html && { html }),
      ...(option && { channelId: option.channelId, identityId: option.identityId }),
      ...(quote && { quoteId: quote.messageId }),
      ...(template && { template }),
      ...(status && { status }),
    };
    const seconds = undoSeconds();
    if (template || (!later && seconds === 0)) {
      putItem(client, await answering(detail.id, sendReply(detail.id, reply, key)));
      return null;
    }
    const when = later
      ? { sendAt: later.sendAt.toISOString(), onNews: later.onNews }
      : { holdSeconds: seconds + graceSeconds };
    const held = await holdReply(detail.id, { reply, ...when }, key);
    putHeld(client, held);
    return held;
  };

  const deliver = async (out: Outgoing, status: CaseStatus | null): Promise<Outcome> => {
    const { text, attachments, quote, template } = out;
    const body = JSON.stringify([mode, option?.channelId, option?.identityId, { ...out, version: 0 }]);
    const key = tried.current?.body === body ? tried.current.key : crypto.randomUUID();
    tried.current = { key, body };
    const agent = { id: me.id, name: me.name };
    const local = localItem({
      key,
      detail,
      mode,
      option,
      agent,
      text,
      attachments,
      quote,
      template,
      mentions,
      to,
    });
    setBusy(true);
    if (!out.later) putItem(client, local);
    try {
      const held = await hand(out, status, key);
      tried.current = null;
      return { ok: true, held };
    } catch (error) {
      const now = error instanceof ApiError && isCase(error.data) ? error.data : null;
      if (now) putCase(client, now);
      const changed = error instanceof ApiError && error.code === 'case_changed';
      // asked for again after an answer that got lost: it has left meanwhile
      if (error instanceof ApiError && error.code === 'reply_sent') return { ok: true, held: null };
      // the ways to answer are not what they seemed: a window has closed, a channel was switched off
      if (error instanceof ApiError && error.code === 'reply_blocked')
        void client.invalidateQueries({ queryKey: keys.case(detail.number) });
      return { ok: false, changed, version: now?.version ?? null, problem: errorText(t, error) };
    } finally {
      dropItem(client, detail.id, local.id);
      setBusy(false);
    }
  };

  const offerUndo = (held: HeldReply, finished: Draft, later: Later | null) => {
    const undo = async () => {
      dropHeld(client, held.caseId, held.id);
      try {
        await takeBackReply(held.id);
        putBack(slot, finished);
        if (!here.current) showToast({ text: t('case.held.backIn', { number: detail.number }) });
      } catch (error) {
        void client.invalidateQueries({ queryKey: keys.heldReplies(held.caseId) });
        // taken back in the timeline before: there is nothing left to undo
        if (error instanceof ApiError && error.code === 'reply_not_held') return;
        showToast({ tone: 'danger', text: errorText(t, error) });
      }
    };
    showToast({
      text: later ? t('case.held.scheduledFor', { at: format.full(later.sendAt) }) : t('case.held.sent'),
      undo: () => void undo(),
      ...(!later && { undoMs: undoSeconds() * 1000 }),
    });
  };

  const send = async (status: CaseStatus | null, later: Later | null = null) => {
    const text = draft.text.trim();
    if (busy || (text === '' && (mode === 'note' || draft.attachments.length === 0))) return;
    const finished: Draft = { ...draft, text };
    setProblem(null);
    clear();
    const outcome = await deliver(
      {
        text,
        html: mode === 'reply' ? (draft.html ?? null) : null,
        attachments: finished.attachments,
        quote: mode === 'reply' ? (draft.quote ?? null) : null,
        template: null,
        version: draft.version ?? detail.version,
        toAgentId: mode === 'note' ? (draft.toAgentId ?? null) : null,
        later,
      },
      status,
    );
    if (outcome.ok) {
      if (outcome.held) offerUndo(outcome.held, finished, later);
      setStale(false);
      // whoever has gone on by himself is not taken further
      if (status === 'resolved' && here.current) onFinished();
      return;
    }
    putBack(slot, outcome.changed ? { ...finished, version: outcome.version } : finished);
    if (outcome.changed) setStale(true);
    else setProblem(outcome.problem);
  };

  /**
   * Sends a template; what stands in the box stays there.
   * @param text how it reads
   * @returns null when it went, else why not
   */
  const sendTemplate = async (
    template: ChosenTemplate,
    text: string,
    attachments: Upload[],
    status: CaseStatus,
  ): Promise<string | null> => {
    if (busy) return null;
    const version = detail.version;
    const nothing = { html: null, quote: null, toAgentId: null, later: null };
    const outcome = await deliver({ ...nothing, text, attachments, template, version }, status);
    return outcome.ok ? null : outcome.problem;
  };

  return {
    send,
    sendTemplate,
    busy,
    problem,
    stale,
    clearProblem: () => setProblem(null),
    clearStale: () => setStale(false),
  };
}
