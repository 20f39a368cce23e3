import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@loket/contracts/board.js';
import type { MoveCases } from '@loket/contracts/bulk.js';
import { moveCases, undoBulk } from '../../api/board.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { showToast } from '../../ui/toasts.js';
import { withMoves, type Move } from './board-model.js';

/** Moves that are painted and not confirmed yet. */
export interface Batch {
  key: number;
  moves: readonly Move[];
}

export interface Moves {
  /** the board with all moves that are under way */
  painted: Board | undefined;
  /** moves that still wait for a reason */
  asking: Batch | null;
  /** painted at once; without a reason the person is asked for one, and it goes out a moment later without */
  move: (moves: readonly Move[], reason?: string) => void;
  /** sends what waits for a reason */
  answer: (reason?: string) => void;
  /** takes back what has not gone out */
  cancel: () => void;
}

/** @param onDone told once a batch is confirmed, e.g. to a board that stands still */
export function useMoves(board: Board | undefined, onDone: (moves: readonly Move[]) => void): Moves {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [pending, setPending] = useState<readonly Batch[]>([]);
  const [asking, setAsking] = useState<Batch | null>(null);
  const waiting = useRef<Batch | null>(null);
  const nextKey = useRef(1);
  const done = useRef(onDone);
  done.current = onDone;

  const ask = useCallback((batch: Batch | null) => {
    waiting.current = batch;
    setAsking(batch);
  }, []);
  const drop = useCallback(
    (key: number) => setPending((all) => all.filter((batch) => batch.key !== key)),
    [],
  );
  const lookAgain = useCallback(() => client.invalidateQueries({ queryKey: keys.board }), [client]);

  const send = useCallback(
    async ({ key, moves }: Batch, reason?: string) => {
      const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
      try {
        const { id, changed, refused } = await moveCases(bodyOf(moves, reason));
        const sure = new Set(changed);
        done.current(moves.filter(({ caseId }) => sure.has(caseId)));
        const undo = (bulk: string) => {
          undoBulk(bulk).then(({ kept }) => {
            showToast({
              text:
                kept.length > 0 ? t('board.did.undoneKept', { count: kept.length }) : t('board.did.undone'),
            });
            void lookAgain();
          }, fail);
        };
        const refusal = refused.length > 0 ? t('board.did.refused', { count: refused.length }) : '';
        if (id !== null)
          showToast({
            text: `${sentence(t, moves, changed.length)} ${refusal}`.trim(),
            undo: () => undo(id),
          });
        else if (refusal) showToast({ tone: 'danger', text: refusal });
      } catch (error) {
        fail(error);
      }
      await lookAgain().catch(() => undefined);
      drop(key);
    },
    [t, lookAgain, drop],
  );

  const answer = useCallback(
    (reason?: string) => {
      const batch = waiting.current;
      if (!batch) return;
      ask(null);
      void send(batch, reason);
    },
    [ask, send],
  );
  const cancel = useCallback(() => {
    const batch = waiting.current;
    if (!batch) return;
    ask(null);
    drop(batch.key);
  }, [ask, drop]);
  const move = useCallback(
    (moves: readonly Move[], reason?: string) => {
      if (moves.length === 0) return;
      answer();
      const batch = { key: nextKey.current++, moves };
      setPending((all) => [...all, batch]);
      if (reason === undefined) ask(batch);
      else void send(batch, reason || undefined);
    },
    [answer, ask, send],
  );

  // what was moved is moved, also when the page is left before a reason was given
  useEffect(() => {
    const leave = () => {
      const batch = waiting.current;
      waiting.current = null;
      if (batch) void moveCases(bodyOf(batch.moves), true).catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);

  const painted = useMemo(
    () =>
      board &&
      withMoves(
        board,
        pending.flatMap(({ moves }) => moves),
      ),
    [board, pending],
  );
  return { painted, asking, move, answer, cancel };
}

function bodyOf(moves: readonly Move[], reason?: string): MoveCases {
  return {
    moves: moves.map(({ caseId, to }) => ({
      caseId,
      agentId: to.kind === 'agent' ? to.id : null,
      ...(to.kind === 'team' && { teamId: to.id }),
    })),
    ...(reason && { reason }),
  };
}

/** Where these go, in a word; null = to several. */
export function destination(
  t: ReturnType<typeof useTranslation>['t'],
  moves: readonly Move[],
): string | null {
  const names = new Set(moves.map(({ to }) => targetName(t, to)));
  return names.size === 1 ? ([...names][0] ?? null) : null;
}

function targetName(t: ReturnType<typeof useTranslation>['t'], to: Move['to']): string {
  if (to.kind === 'nobody') return t('board.queue');
  return to.kind === 'team' ? t('board.queueOf', { team: to.name }) : to.name;
}

function sentence(t: ReturnType<typeof useTranslation>['t'], moves: readonly Move[], count: number): string {
  const to = destination(t, moves);
  return to === null ? t('board.did.spread', { count }) : t('board.did.moved', { count, to });
}
