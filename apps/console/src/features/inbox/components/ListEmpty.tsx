import { Button } from '@mantine/core';
import { IconChecks, IconFilterOff, IconInbox, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCaseCounts } from '../../../api/cases.js';
import type { CaseListParams } from '../../../api/keys.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Keys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { filterNames, without } from '../list-params.js';

const taught = ['teams', 'unassigned', 'mentions', 'following', 'snoozed'] as const;
/** The rail leads to some lists by one filter alone: to whoever reads it that is a place, and not something to clear. */
function placeOf(params: CaseListParams, filters: readonly string[]): 'risk' | 'queue' | null {
  if (filters.length !== 1 || params.status !== 'open' || params.view !== 'all') return null;
  if (params.waitingMinutes !== undefined) return 'risk';
  return params.team !== undefined && params.team !== 'none' ? 'queue' : null;
}

const oneOf = (view: CaseListParams['view']) => taught.find((one) => one === view);

/** Nothing here: says why, and where there is something. */
export function ListEmpty({
  params,
  onParams,
}: {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useCaseCounts().data;
  const { q } = params;
  const filters = filterNames.filter((name) => params[name] !== undefined);
  const place = placeOf(params, filters);
  const done = <IconChecks size={26} stroke={1.5} color="var(--lk-ok)" />;
  if (q) {
    return (
      <EmptyState
        icon={<IconSearchOff size={26} stroke={1.5} />}
        title={t('inbox.empty.searchTitle', { q })}
        action={
          params.status !== 'all' && (
            <Button variant="default" onClick={() => onParams({ ...params, status: 'all' })}>
              {t('inbox.empty.searchAll')}
            </Button>
          )
        }
      >
        {t('inbox.empty.searchHint')}
      </EmptyState>
    );
  }
  if (place) {
    const span = format.span((params.waitingMinutes ?? 0) * 60_000);
    return (
      <EmptyState icon={done} title={t(`inbox.empty.${place}Title`)}>
        {t(`inbox.empty.${place}Hint`, { span })}
      </EmptyState>
    );
  }
  if (filters.length > 0) {
    return (
      <EmptyState
        icon={<IconFilterOff size={26} stroke={1.5} />}
        title={t('inbox.empty.filterTitle')}
        action={
          <Button variant="default" onClick={() => onParams(without(params, ...filterNames))}>
            {t('inbox.empty.filterClear')}
          </Button>
        }
      >
        {t('inbox.empty.filterHint')}
      </EmptyState>
    );
  }
  const teaching = oneOf(params.view);
  if (teaching) {
    return (
      <EmptyState icon={<IconInbox size={26} stroke={1.5} />} title={t(`inbox.empty.${teaching}Title`)}>
        {t(`inbox.empty.${teaching}Hint`)}
      </EmptyState>
    );
  }
  if (params.view === 'callback') {
    return (
      <EmptyState icon={done} title={t('inbox.empty.callbackTitle')}>
        {t('inbox.empty.callbackHint')}
      </EmptyState>
    );
  }
  if (params.status !== 'open') {
    return (
      <EmptyState icon={<IconInbox size={26} stroke={1.5} />} title={t(`inbox.empty.${params.status}Title`)}>
        {t(`inbox.empty.${params.status}Hint`)}
      </EmptyState>
    );
  }
  const free = counts?.unassigned ?? 0;
  if (params.view === 'mine' && free > 0) {
    return (
      <EmptyState
        icon={done}
        title={t('inbox.empty.openTitle')}
        action={
          <Button
            variant="default"
            rightSection={<Keys keys="G U" />}
            onClick={() => onParams({ ...without(params, 'q'), view: 'unassigned' })}
          >
            {t('inbox.empty.seeUnassigned')}
          </Button>
        }
      >
        {t('inbox.empty.free', { count: free, n: format.number(free) })}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={done} title={t('inbox.empty.openTitle')}>
      {t('inbox.empty.openHint')}
    </EmptyState>
  );
}
