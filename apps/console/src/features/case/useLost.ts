import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { CaseDetail } from '@loket/contracts/cases.js';
import type { Draft } from '../../api/drafts.js';
import { keys } from '../../api/keys.js';
import type { Timeline } from '../../api/patch.js';
import { useMe } from '../../api/session.js';
import { addNote } from './api.js';

interface Losing {
  detail: CaseDetail;
  /** what stands in the box */
  draft: Draft;
  /** forgets it here and on the server, which has made a note of what it had */
  forget: () => void;
}

/** The case was taken from one while one wrote. */
export interface Lost {
  /** something was written, and is kept as a note */
  kept: boolean;
}

/**
 * When a colleague or the desk takes the case, the server makes notes of what was drafted in it. What it did not have yet
 * is handed in after it, so that no word is lost; then the box is empty.
 */
export function useLost({ detail, draft, forget }: Losing): [Lost | null, () => void] {
  const me = useMe();
  const client = useQueryClient();
  const [lost, setLost] = useState<Lost | null>(null);
  const mine = detail.assignee?.id === me.id;
  const was = useRef(mine);
  const latest = useRef({ draft, forget });
  latest.current = { draft, forget };
  useEffect(() => {
    const taken = was.current && !mine;
    was.current = mine;
    if (mine) setLost(null);
    if (!taken) return;
    const pages = client.getQueryData<Timeline>(keys.timeline(detail.id))?.pages ?? [];
    const moves = pages[0]?.items.filter((item) => item.type === 'event' && item.event === 'case.assigned');
    const last = moves?.at(-1);
    // given away by one's own hand: what one writes goes on
    if (last?.type === 'event' && last.actor?.id === me.id) return;
    const { draft: written, forget: drop } = latest.current;
    const { text, attachments, synced, savedAt, toAgentId = null } = written;
    const any = text.trim() !== '' || attachments.length > 0;
    setLost({ kept: any });
    drop();
    if (any && synced !== savedAt) {
      const note = { text: text.trim() || '…', attachments, mentions: [], toAgentId, draft: true };
      void addNote(detail.id, note, crypto.randomUUID()).catch(() => undefined);
    }
  }, [mine, client, detail, me.id]);
  return [lost, () => setLost(null)];
}
