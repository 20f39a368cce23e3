import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Board } from '@loket/contracts/board.js';
import type { CaseStatus } from '@loket/contracts/cases.js';
import { changeCases, undoBulk } from '../../api/board.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { showToast } from '../../ui/toasts.js';
import { withoutCards } from './board-model.js';

/** Sets the status of cases, whoever has them. What is no longer open leaves the board at once, or comes back when it cannot. */
export function useForceStatus(board: Board | undefined) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [leaving, setLeaving] = useState<ReadonlySet<string>>(new Set());
  const force = useCallback(
    (caseIds: readonly string[], status: CaseStatus) => {
      if (caseIds.length === 0) return;
      const lookAgain = () => client.invalidateQueries({ queryKey: keys.board });
      const fail = (error: unknown) => showToast({ tone: 'danger', text: errorText(t, error) });
      const put = (back: boolean) =>
        setLeaving((before) => {
          const after = new Set(before);
          for (const id of caseIds)
            if (back) after.delete(id);
            else after.add(id);
          return after;
        });
      const work = async () => {
        try {
          const { id, changed } = await changeCases(caseIds, { status });
          const text = t(`board.did.status.${status}`, { count: changed.length });
          const undo = (bulk: string) => void undoBulk(bulk).then(lookAgain).catch(fail);
          if (id !== null) showToast({ text, undo: () => undo(id) });
        } catch (error) {
          fail(error);
        }
        await lookAgain().catch(() => undefined);
        put(true);
      };
      if (status !== 'open') put(false);
      void work();
    },
    [client, t],
  );
  const painted = useMemo(() => board && withoutCards(board, leaving), [board, leaving]);
  return { painted, force };
}
