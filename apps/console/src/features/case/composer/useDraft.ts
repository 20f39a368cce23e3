import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftsHere, readDraft, writeDraft, type Draft, type DraftQuote } from '../../../api/drafts.js';
import { keys } from '../../../api/keys.js';
import { isMessage, type Timeline } from '../../../api/patch.js';
import { dropDraft, fromServer, reconcile, saveDraft, useServerDrafts } from '../../../api/server-drafts.js';
import { useMe } from '../../../api/session.js';
import { quoteOf } from '../useDesk.js';

const empty: Draft = { text: '', attachments: [], quote: null, version: null, savedAt: '' };
const isEmpty = (draft: Draft) => draft.text.trim() === '' && draft.attachments.length === 0;

/** Milliseconds after which what was written is kept in this browser, and on the server. */
const hereMs = 300;
const serverMs = 2000;
/** Until the server is tried again. */
const againMs = 10_000;

/** `here`: in this browser alone so far */
export type Kept = 'no' | 'here' | 'server';

/**
 * Text and files of one box, kept per case and channel: in this browser 300 ms after the last key, on the server within
 * 2 s, and both when the slot changes or the page is left. Of two browsers the one that was written in last is right.
 */
export function useDraft(caseId: string, slot: string) {
  const me = useMe();
  const client = useQueryClient();
  const findQuote = useFindQuote(caseId);
  const [draft, setDraft] = useState<Draft>(() => readDraft(me.id, caseId, slot) ?? empty);
  const [kept, setKept] = useState<Kept>(draft.savedAt === '' ? 'no' : 'here');
  const latest = useRef(draft);
  const place = useRef(slot);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const serverTimer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = useCallback((next: Draft, how: Kept) => {
    latest.current = next;
    setDraft(next);
    setKept(how);
  }, []);

  const flushHere = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    setKept(writeDraft(me.id, caseId, place.current, latest.current) ? 'here' : 'no');
  }, [me.id, caseId]);

  /** Tells the server what stands in a slot, and notes here that it knows. */
  const push = useCallback(
    async (where: string, what: Draft, leaving = false) => {
      try {
        if (isEmpty(what)) await dropDraft(client, caseId, where);
        else await saveDraft(caseId, where, what, leaving);
        const now = readDraft(me.id, caseId, where);
        if (now?.savedAt !== what.savedAt) return true;
        writeDraft(me.id, caseId, where, { ...now, synced: what.savedAt });
        if (place.current === where && latest.current.savedAt === what.savedAt) {
          show({ ...latest.current, synced: what.savedAt }, 'server');
        }
        return true;
      } catch {
        return false;
      }
    },
    [client, me.id, caseId, show],
  );

  const flush = useCallback(
    (leaving = false) => {
      flushHere();
      if (serverTimer.current === undefined) return;
      clearTimeout(serverTimer.current);
      serverTimer.current = undefined;
      void push(place.current, latest.current, leaving).then((ok) => {
        if (!ok && !leaving) serverTimer.current ??= setTimeout(flush, againMs);
      });
    },
    [flushHere, push],
  );

  const change = useCallback(
    (patch: (before: Draft) => Draft) => {
      latest.current = { ...patch(latest.current), savedAt: new Date().toISOString() };
      setDraft(latest.current);
      setKept('no');
      clearTimeout(timer.current);
      timer.current = setTimeout(flushHere, hereMs);
      serverTimer.current ??= setTimeout(flush, serverMs);
    },
    [flushHere, flush],
  );

  // another channel has another draft
  useEffect(() => {
    if (place.current === slot) return;
    flush();
    place.current = slot;
    const now = readDraft(me.id, caseId, slot) ?? empty;
    show(now, now.savedAt === '' ? 'no' : now.synced === now.savedAt ? 'server' : 'here');
  }, [slot, caseId, me.id, flush, show]);

  const there = useServerDrafts(caseId).data;
  useEffect(() => {
    if (!there) return;
    flushHere();
    const theirs = new Map(there.map((one) => fromServer(one, findQuote)));
    const ours = draftsHere(me.id, caseId);
    for (const where of new Set([...theirs.keys(), ...ours.keys()])) {
      const [mine, other] = [ours.get(where) ?? null, theirs.get(where) ?? null];
      const right = reconcile(mine, other);
      if (right === 'push' && mine) void push(where, mine);
      if (right !== 'take' && right !== 'drop') continue;
      const next = right === 'take' && other ? other : empty;
      writeDraft(me.id, caseId, where, next);
      if (place.current === where) show(next, right === 'take' ? 'server' : 'no');
    }
  }, [there, me.id, caseId, findQuote, flushHere, push, show]);

  useEffect(() => {
    const leave = () => flush(true);
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      flush();
      clearTimeout(serverTimer.current);
    };
  }, [flush]);

  /** Forgets what stands in the box. */
  const clear = useCallback(() => {
    clearTimeout(timer.current);
    clearTimeout(serverTimer.current);
    timer.current = undefined;
    serverTimer.current = undefined;
    const had = latest.current.savedAt !== '';
    show(empty, 'no');
    writeDraft(me.id, caseId, place.current, empty);
    if (had) void dropDraft(client, caseId, place.current).catch(() => undefined);
  }, [client, me.id, caseId, show]);

  /** Puts what could not be sent, or was taken back, into its slot again, before what is written there by now. */
  const putBack = useCallback(
    (where: string, back: Draft) => {
      const join = (now: Draft): Draft => ({
        ...now,
        ...back,
        text: now.text ? `${back.text}\n\n${now.text}` : back.text,
        html: back.html || now.html ? `${asHtml(back)}${asHtml(now)}` : null,
        attachments: [...back.attachments, ...now.attachments],
        quote: now.quote ?? back.quote ?? null,
      });
      if (place.current === where) return change(join);
      const { synced: _none, ...next } = join(readDraft(me.id, caseId, where) ?? empty);
      const now = { ...next, savedAt: new Date().toISOString() };
      writeDraft(me.id, caseId, where, now);
      void push(where, now);
    },
    [me.id, caseId, change, push],
  );

  return { draft, kept, change, clear, putBack, flush };
}

function asHtml({ text, html }: Draft): string {
  if (html) return html;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped === '' ? '' : `<p>${escaped.replaceAll('\n', '<br>')}</p>`;
}

/** A quote as it is shown, of a message that is loaded. */
function useFindQuote(caseId: string) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useCallback(
    (messageId: string): DraftQuote | null => {
      const pages = client.getQueryData<Timeline>(keys.timeline(caseId))?.pages ?? [];
      const found = pages.flatMap((page) => page.items).find((item) => item.id === messageId);
      return found && isMessage(found) ? quoteOf(found, t('case.us')) : null;
    },
    [client, caseId, t],
  );
}
