import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@loket/contracts/board.js';
import type { MoveCases } from '@loket/contracts/bulk.js';
import { giveReason, moveCases, undoBulk } from '../../api/board.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { showToast } from '../../ui/toasts.js';
import { withMoves, type Move } from './board-model.js';

/** Moves that are painted, and were sent the moment they were made. */
export interface Batch {
  key: number;
  moves: readonly Move[];
  /** what the server calls them, once it has done them; null: nothing came of it */
  done: Promise<string | null>;
}

export interface Moves {
  /** the board with all moves that are under way */
  painted: Board | undefined;
  /** moves of which nobody has said yet why */
  asking: Batch | null;
  /** painted and sent at once; without a reason the person is asked for one, which follows it */
  move: (moves: readonly Move[], reason?: string) => void;
  /** says why; without a reason he is asked no longer */
  answer: (reason?: string) => void;
  /** takes back what he is asked about */
  undo: () => void;
}

/**
 * @param onDone told once a batch is confirmed, e.g. to a board that stands still
 * @param usual why this person moves cases today; empty = that is asked each time
 */
export function useMoves(
  board: Board | undefined,
  onDone: (moves: readonly Move[]) => void,
  usual: string,
): Moves {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [pending, setPending] = useState<readonly Omit<Batch, 'done'>[]>([]);
  const [asking, setAsking] = useState<Batch | null>(null);
  const asked = useRef<Batch | null>(null);
  const nextKey = useRef(1);
  const done = useRef(onDone);
  done.current = onDone;

  const ask = useCallback((batch: Batch | null) => {
    asked.current = batch;
    setAsking(batch);
  }, []);
  const fail = useCallback((error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) }), [t]);
  const lookAgain = useCallback(() => client.invalidateQueries({ queryKey: keys.board }), [client]);

  const takeBack = useCallback(
    async (id: string) => {
      try {
        const { kept } = await undoBulk(id);
        const text =
          kept.length > 0 ? t('board.did.undoneKept', { count: kept.length }) : t('board.did.undone');
        showToast({ text });
        void lookAgain();
      } catch (error) {
        fail(error);
      }
    },
    [t, lookAgain, fail],
  );

  /** @returns as `Batch.done` */
  const send = useCallback(
    async (key: number, moves: readonly Move[], reason: string): Promise<string | null> => {
      let id: string | null = null;
      try {
        const result = await moveCases(bodyOf(moves, reason));
        ({ id } = result);
        const sure = new Set(result.changed);
        done.current(moves.filter(({ caseId }) => sure.has(caseId)));
        const refused = result.refused.length;
        const refusal = refused > 0 ? t('board.did.refused', { count: refused }) : '';
        const undo = id === null ? undefined : { undo: () => void takeBack(result.id ?? '') };
        const isAsked = asked.current?.key === key;
        // whoever is asked why sees that it is done, and can undo it there
        if (undo && !(isAsked && refused === 0)) {
          if (isAsked) ask(null);
          showToast({ text: `${sentence(t, moves, sure.size)} ${refusal}`.trim(), ...undo });
        } else if (id === null) {
          if (isAsked) ask(null);
          if (refusal) showToast({ tone: 'danger', text: refusal });
        }
      } catch (error) {
        if (asked.current?.key === key) ask(null);
        fail(error);
      }
      void lookAgain()
        .catch(() => undefined)
        .then(() => setPending((all) => all.filter((batch) => batch.key !== key)));
      return id;
    },
    [t, ask, fail, lookAgain, takeBack],
  );

  const move = useCallback(
    (moves: readonly Move[], reason?: string) => {
      if (moves.length === 0) return;
      const key = nextKey.current++;
      const said = reason || usual;
      setPending((all) => [...all, { key, moves }]);
      const batch = { key, moves, done: send(key, moves, said) };
      ask(reason === undefined && said === '' ? batch : null);
    },
    [usual, ask, send],
  );

  const answer = useCallback(
    (reason?: string) => {
      const batch = asked.current;
      ask(null);
      if (!batch || !reason) return;
      void batch.done.then(async (id) => {
        if (id === null) return;
        try {
          const { told } = await giveReason(id, reason);
          const text =
            told.length > 0
              ? t('board.did.because', { what: sentence(t, batch.moves, told.length), why: reason })
              : t('board.did.tooLate');
          showToast({ text, undo: () => void takeBack(id) });
        } catch (error) {
          fail(error);
        }
      });
    },
    [t, ask, fail, takeBack],
  );

  const undo = useCallback(() => {
    const batch = asked.current;
    ask(null);
    void batch?.done.then((id) => (id === null ? undefined : takeBack(id)));
  }, [ask, takeBack]);

  const painted = useMemo(
    () =>
      board &&
      withMoves(
        board,
        pending.flatMap(({ moves }) => moves),
      ),
    [board, pending],
  );
  return { painted, asking, move, answer, undo };
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
