import { useState } from 'react';
import { useMe } from '../../api/session.js';

interface Kept {
  agentId: string;
  reason: string;
  at: number;
}

const storageKey = 'loket-move-reason';
/** A long shift. Tomorrow, things are moved for other reasons. */
const shiftMs = 12 * 3_600_000;

/** @returns what somebody chose in this shift; empty = nothing, or it was somebody else */
export function usualReason(agentId: string, now = Date.now()): string {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Kept | null;
    return kept?.agentId === agentId && now - kept.at < shiftMs ? kept.reason : '';
  } catch {
    return '';
  }
}

/** Why this person moves cases, all through his shift; empty = it is asked each time. */
export function useUsualReason(): [string, (reason: string) => void] {
  const { id } = useMe();
  const [reason, setReason] = useState(() => usualReason(id));
  const choose = (next: string) => {
    setReason(next);
    try {
      if (next === '') localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, JSON.stringify({ agentId: id, reason: next, at: Date.now() }));
    } catch {
      // full, or forbidden: then it holds as long as the page
    }
  };
  return [reason, choose];
}
