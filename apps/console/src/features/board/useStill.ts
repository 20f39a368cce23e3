import { useCallback, useRef } from 'react';
import type { Board } from '@loket/contracts/board.js';
import { withMoves, type Move } from './board-model.js';

/**
 * The board as it stood when it was stopped, while it is stopped; else as it is.
 * @returns also how one's own moves come into the one that stands still
 */
export function useStill(board: Board | undefined, still: boolean) {
  const kept = useRef<Board | undefined>(undefined);
  if (!still) kept.current = undefined;
  else kept.current ??= board;
  const keep = useCallback((moves: readonly Move[]) => {
    if (kept.current) kept.current = withMoves(kept.current, moves);
  }, []);
  return { shown: kept.current ?? board, keep };
}
