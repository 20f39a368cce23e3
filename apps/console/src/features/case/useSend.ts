import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail, CaseStatus, ReplyOption, Upload } from '@loket/contracts/cases.js';
import type { ChosenTemplate } from '@loket/contracts/templates.js';
import { isCase } from '../../api/cases.js';
import { ApiError } from '../../api/client.js';
import type { Draft, DraftQuote } from '../../api/drafts.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { dropItem, putCase, putItem } from '../../api/patch.js';
import { useMe } from '../../api/session.js';
import { showToast } from '../../ui/toasts.js';
import { addNote, sendReply } from './api.js';
import { localItem, type Mode } from './local-item.js';

interface Sending {
  detail: CaseDetail;
  mode: Mode;
  option: ReplyOption | undefined;
  draft: Draft;
  clear: () => void;
  /** puts a text that could not be sent back into the box, or into its draft when the box is gone */
  restore: (draft: Draft) => void;
}

interface Outgoing {
  text: string;
  attachments: Upload[];
  quote: DraftQuote | null;
  template: ChosenTemplate | null;
  /** of the case as the agent saw it */
  version: number;
}

type Outcome = { ok: true } | { ok: false; changed: boolean; version: number | null; problem: string };

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

  const deliver = async (out: Outgoing, status: CaseStatus | null): Promise<Outcome> => {
    const { text, attachments, quote, template, version } = out;
    const body = JSON.stringify([
      ...[mode, option?.channelId, option?.identityId, text, attachments],
      ...[quote?.messageId, template],
    ]);
    const key = tried.current?.body === body ? tried.current.key : crypto.randomUUID();
    tried.current = { key, body };
    const agent = { id: me.id, name: me.name };
    const local = localItem({ key, detail, mode, option, agent, text, attachments, quote, template });
    setBusy(true);
    putItem(client, local);
    try {
      if (mode === 'note') {
        putItem(client, await addNote(detail.id, { text, attachments }, key));
      } else {
        const sent = await sendReply(
          detail.id,
          {
            text: template ? '' : text,
            attachments,
            version,
            ...(option && { channelId: option.channelId, identityId: option.identityId }),
            ...(quote && { quoteId: quote.messageId }),
            ...(template && { template }),
            ...(status && { status }),
          },
          key,
        );
        putItem(client, sent);
        showToast({ text: t(`case.sent.${status ?? 'open'}`, { number: detail.number }) });
      }
      tried.current = null;
      return { ok: true };
    } catch (error) {
      const now = error instanceof ApiError && isCase(error.data) ? error.data : null;
      if (now) putCase(client, now);
      const changed = error instanceof ApiError && error.code === 'case_changed';
      // the ways to answer are not what they seemed: a window has closed, a channel was switched off
      if (error instanceof ApiError && error.code === 'reply_blocked')
        void client.invalidateQueries({ queryKey: keys.case(detail.number) });
      return { ok: false, changed, version: now?.version ?? null, problem: errorText(t, error) };
    } finally {
      dropItem(client, detail.id, local.id);
      setBusy(false);
    }
  };

  const send = async (status: CaseStatus | null) => {
    const text = draft.text.trim();
    if (busy || (text === '' && (mode === 'note' || draft.attachments.length === 0))) return;
    const finished: Draft = { ...draft, text };
    const { attachments } = finished;
    setProblem(null);
    clear();
    const outcome = await deliver(
      {
        text,
        attachments,
        quote: mode === 'reply' ? (draft.quote ?? null) : null,
        template: null,
        version: draft.version ?? detail.version,
      },
      status,
    );
    if (outcome.ok) return setStale(false);
    restore(outcome.changed ? { ...finished, version: outcome.version } : finished);
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
    const outcome = await deliver({ text, attachments, quote: null, template, version }, status);
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
