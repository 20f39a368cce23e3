import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { CaseSummary } from '@loket/contracts/cases.js';
import { namesOf } from '../../api/bulk.js';
import { keys, type CaseListParams } from '../../api/keys.js';
import type { CaseList } from '../../api/patch.js';
import { allOf, extended, nothingMarked, toggled, type Selection } from './selection.js';

export interface Marking {
  selection: Selection;
  /** rows show a box to tick */
  on: boolean;
  setOn: (on: boolean) => void;
  toggle: (row: CaseSummary) => void;
  extendTo: (row: CaseSummary) => void;
  markLoaded: () => void;
  /** @throws ApiError */
  markAll: () => Promise<void>;
  clear: () => void;
}

/** What is marked in one list; another list, or another filter, begins with nothing. */
export function useSelection(params: CaseListParams, rows: readonly CaseSummary[]): Marking {
  const client = useQueryClient();
  const [selection, setSelection] = useState(nothingMarked);
  const [wanted, setOn] = useState(false);
  const clear = useCallback(() => {
    setSelection(nothingMarked);
    setOn(false);
  }, []);
  useEffect(clear, [params, clear]);
  const on = wanted || selection.marked.size > 0;
  return useMemo(
    () => ({
      selection,
      on,
      setOn,
      clear,
      toggle: (row) => setSelection((old) => toggled(old, row)),
      extendTo: (row) => setSelection((old) => extended(old, rows, row)),
      markLoaded: () => setSelection(allOf(rows)),
      markAll: async () => {
        const names = await namesOf(params, new AbortController().signal);
        // the list may have been left meanwhile
        if (client.getQueryData<CaseList>(keys.caseList(params))) setSelection(allOf(names));
      },
    }),
    [selection, on, clear, rows, params, client],
  );
}
