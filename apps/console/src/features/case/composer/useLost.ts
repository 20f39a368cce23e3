import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CaseDetail, CreateNote } from '@loket/contracts/cases.js';
import type { Draft } from '../../../api/drafts.js';
import { keys } from '../../../api/keys.js';
import type { Timeline } from '../../../api/patch.js';
import { hasDrafts } from '../../../api/server-drafts.js';
import { useMe } from '../../../api/session.js';
import { addNote } from '../api.js';

interface Losing {
  detail: CaseDetail;
  /** what stands in the box */
  draft: Draft;
  /** forgets it here and on the server, which has made a note of what it had */
  forget: () => void;
  /** whether something was written when it was taken; told below the header */
  onLost: (lost: boolean) => void;
}

/**
 * When a colleague or the desk takes the case, the server makes notes of what was drafted in it. What it did not have yet
 * is handed in after it, so that no word is lost; then the box is empty.
 */
export function useLost({ detail, draft, forget, onLost }: Losing): void {
  const me = useMe();
  const client = useQueryClient();
  const mine = detail.assignee?.id === me.id;
  const was = useRef(mine);
  const latest = useRef({ draft, forget, onLost });
  latest.current = { draft, forget, onLost };
  useEffect(() => {
    const taken = was.current && !mine;
    was.current = mine;
    if (mine) latest.current.onLost(false);
    if (!taken) return;
    const pages = client.getQueryData<Timeline>(keys.timeline(detail.id))?.pages ?? [];
    const moves = pages[0]?.items.filter((item) => item.type === 'event' && item.event === 'case.assigned');
    const last = moves?.at(-1);
    // given away by one's own hand: what one writes goes on
    if (last?.type === 'event' && last.actor?.id === me.id) return;
    const { text, attachments, synced, savedAt } = latest.current.draft;
    if (text.trim() === '' && attachments.length === 0) return latest.current.forget();
    // What was saved while it was being taken came too late to be made a note of, and is there still.
    const late = synced === savedAt ? hasDrafts(detail.id) : Promise.resolve(true);
    const settle = async () => {
      const needed = await late.catch(() => true);
      const { draft: now, forget: drop } = latest.current;
      if (needed || now.savedAt !== savedAt) await addNote(detail.id, noteOf(now), crypto.randomUUID());
      latest.current.onLost(true);
      // who went on writing all the while has the rest of it before him
      if (latest.current.draft.savedAt === now.savedAt) drop();
    };
    // when it cannot be handed in, it stays in the box
    void settle().catch(() => undefined);
  }, [mine, client, detail.id, me.id]);
}

function noteOf({ text, attachments, toAgentId = null }: Draft): CreateNote {
  return { text: text.trim() || '…', attachments, mentions: [], toAgentId, draft: true };
}
