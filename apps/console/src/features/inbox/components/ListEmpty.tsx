import { Button } from '@mantine/core';
import { IconChecks, IconFilterOff, IconInbox, IconSearchOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCaseCounts } from '../../../api/cases.js';
import type { CaseListParams } from '../../../api/keys.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Keys } from '../../../ui/Keys.js';
import { useFormat } from '../../../ui/useFormat.js';
import { filterNames, without } from '../list-params.js';

const taught = ['teams', 'mentions', 'following', 'snoozed'] as const;
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
  const narrowed = filterNames.some((name) => params[name] !== undefined);
  const done = <IconChecks size={26} stroke={1.5} color="var(--lk-ok)" />;
  if (q) {
    return (
      <EmptyState icon={<IconSearchOff size={26} stroke={1.5} />} title={t('inbox.empty.searchTitle', { q })}>
        {t('inbox.empty.searchHint')}
      </EmptyState>
    );
  }
  if (narrowed) {
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
