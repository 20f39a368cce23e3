import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeMany, undoMany, type BulkOutcome, type BulkWish } from '../../api/bulk.js';
import { ApiError } from '../../api/client.js';
import { errorText } from '../../api/error-text.js';
import { keys } from '../../api/keys.js';
import { showToast } from '../../ui/toasts.js';
import { useFormat } from '../../ui/useFormat.js';

export interface Progress {
  done: number;
  total: number;
}

/** What could not be changed, by reason, for people. */
export interface Refusal {
  text: string;
  numbers: number[];
}

/** One change of many cases at a time: how far it is, what it refused, and the way back. */
export function useBulk() {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const stopper = useRef<AbortController>(undefined);

  const recount = useCallback(() => {
    void client.invalidateQueries({ queryKey: keys.caseCounts });
    void client.invalidateQueries({ queryKey: ['case-total'] });
  }, [client]);

  const undo = useCallback(
    async (bulkIds: readonly string[]) => {
      try {
        const { changed, kept } = await undoMany(bulkIds);
        const count = format.number(changed);
        showToast({
          text: kept > 0 ? t('inbox.bulk.undoneBut', { count, kept }) : t('inbox.bulk.undone', { count }),
        });
      } catch (error) {
        showToast({ tone: 'danger', text: errorText(t, error) });
      }
      recount();
    },
    [t, format, recount],
  );

  const run = useCallback(
    async (marked: ReadonlyMap<string, number>, wish: BulkWish) => {
      const ids = [...marked.keys()];
      const stop = new AbortController();
      stopper.current = stop;
      setRefusals([]);
      setProgress({ done: 0, total: ids.length });
      let outcome: BulkOutcome | undefined;
      try {
        outcome = await changeMany(
          client,
          ids,
          wish,
          (done) => setProgress({ done, total: ids.length }),
          stop.signal,
        );
      } finally {
        setProgress(null);
      }
      const { bulkIds, changed, refused, left, error } = outcome;
      setRefusals(grouped(refused, left, error));
      recount();
      if (bulkIds.length === 0) {
        const text = error ? errorText(t, error) : t('inbox.bulk.nothing');
        return showToast(error || refused.length > 0 ? { tone: 'danger', text } : { text });
      }
      showToast({
        text: t('inbox.bulk.done', { count: changed, n: format.number(changed) }),
        undo: () => void undo(bulkIds),
      });

      function grouped(refusedNow: BulkOutcome['refused'], leftNow: string[], failure: ApiError | null) {
        const byText = new Map<string, number[]>();
        const add = (text: string, id: string) =>
          byText.set(text, [...(byText.get(text) ?? []), marked.get(id) ?? 0]);
        for (const { caseId, code } of refusedNow) add(errorText(t, new ApiError(422, code, '')), caseId);
        const why = failure ? errorText(t, failure) : t('inbox.bulk.stopped');
        if (leftNow.length > 0)
          byText.set(
            why,
            leftNow.map((id) => marked.get(id) ?? 0),
          );
        return [...byText].map(([text, numbers]) => ({ text, numbers }));
      }
    },
    [client, t, format, recount, undo],
  );

  return {
    progress,
    refusals,
    dismiss: () => setRefusals([]),
    stop: () => stopper.current?.abort(),
    run,
  };
}
