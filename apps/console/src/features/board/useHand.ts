import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Board } from '@loket/contracts/board.js';
import { findCard } from './board-model.js';
import type { BoardHand } from './hand.js';

export interface Hand {
  shown: BoardHand;
  /** the case that is shown beside the board */
  looked: string | null;
  look: (caseId: string | null) => void;
  clear: () => void;
  /** what an action is about: the selection, else the card that has the focus */
  about: () => readonly string[];
  /** where the card lies next time it is drawn, the focus goes */
  follow: (caseId: string) => void;
}

/** Selection, focus and what is looked at. Cases that leave the board leave the hand too. */
export function useHand(
  board: Board | undefined,
  { proposed, dragged }: { proposed: ReadonlySet<string>; dragged: readonly string[] },
): Hand {
  const [current, setCurrent] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [looked, look] = useState<string | null>(null);
  const following = useRef<string | null>(null);

  const selected = useMemo(
    () => new Set(board ? [...chosen].filter((id) => findCard(board, id)) : []),
    [board, chosen],
  );
  const first = board && (current === null || !findCard(board, current)) ? firstCard(board) : current;
  useEffect(() => {
    const id = following.current;
    if (id === null) return;
    const card = document.querySelector<HTMLElement>(`[data-card="${id}"]`);
    if (!card) return;
    following.current = null;
    card.focus();
  }, [board]);

  const toggle = useCallback((id: string) => {
    setCurrent(id);
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const lookAt = useCallback((id: string) => look((before) => (before === id ? null : id)), []);
  const moving = useMemo(() => new Set([...proposed, ...dragged]), [proposed, dragged]);
  const shown = useMemo<BoardHand>(
    () => ({
      current: first,
      selected,
      moving,
      focus: setCurrent,
      toggle,
      look: lookAt,
      dragged: dragged.length,
    }),
    [first, selected, moving, toggle, lookAt, dragged.length],
  );
  return {
    shown,
    looked,
    look,
    clear: useCallback(() => setChosen(new Set()), []),
    about: () => (selected.size > 0 ? [...selected] : first === null ? [] : [first]),
    follow: (id) => void (following.current = id),
  };
}

function firstCard({ queues, agents }: Board): string | null {
  return queues.flatMap(({ next }) => next)[0]?.id ?? agents.flatMap(({ cases }) => cases)[0]?.id ?? null;
}
