import { ActionIcon, Menu, SegmentedControl, Tooltip } from '@mantine/core';
import { IconListCheck, IconSearch, IconSortDescending } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaseCounts } from '../../../api/cases.js';
import type { CaseListParams } from '../../../api/keys.js';
import { useSavedViews } from '../../../api/saved-views.js';
import { useTeams } from '../../../api/teams.js';
import { useCommands } from '../../../ui/commands.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import { useFormat } from '../../../ui/useFormat.js';
import { filterNames, sorts, statusFilters, without } from '../list-params.js';
import { FilterChips } from './FilterChips.js';
import { FilterMenu } from './FilterMenu.js';
import { Find } from './Find.js';
import s from './inbox.module.css';

interface ListHeaderProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  /** the saved view that it was opened as */
  saved: string | undefined;
  /** how many the list holds, once that is known */
  total: { total: number; capped: boolean } | undefined;
  phone: boolean;
  /** nothing else on the screen has a heading above it */
  lead: boolean;
  marking: boolean;
  onMarking: (on: boolean) => void;
  /** the focus goes to the rows */
  onDown: () => void;
}

export const ListHeader = memo(function ListHeader(props: ListHeaderProps) {
  const { params, onParams, saved, phone, lead, marking, onMarking, onDown } = props;
  const { t } = useTranslation();
  const [finding, setFinding] = useState(Boolean(params.q));
  const title = useTitle(params, saved);
  const count = useShownCount(props);
  const Heading = lead ? 'h1' : 'h2';
  const size = phone ? 44 : 28;
  useCommands([
    {
      id: 'search',
      label: t('inbox.find.label'),
      group: t('inbox.group'),
      keys: '/',
      icon: <IconSearch size={17} stroke={1.7} />,
      run: () => setFinding(true),
    },
  ]);
  const close = () => {
    setFinding(false);
    if (params.q) onParams(without(params, 'q'));
    onDown();
  };
  return (
    <>
      <header className={s.head}>
        <Heading className="cut" title={title}>
          {title}
          {count !== null && <span className={`${s.count} num`}>{count}</span>}
        </Heading>
        <span className="grow" />
        <Tooltip label={`${t('inbox.find.label')} (/)`}>
          <ActionIcon
            size={size}
            aria-label={t('inbox.find.label')}
            aria-expanded={finding}
            onClick={() => (finding ? close() : setFinding(true))}
          >
            <IconSearch size={16} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        <FilterMenu params={params} onParams={onParams} size={size} />
        <Menu position="bottom-end" width={230}>
          <Menu.Target>
            <Tooltip label={t('inbox.sort.label')}>
              <ActionIcon size={size} aria-label={t('inbox.sort.label')}>
                <IconSortDescending size={16} stroke={1.7} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {sorts.map((sort) => (
              <MenuChoice
                key={sort}
                value={sort}
                checked={params.sort === sort}
                onPick={() => onParams({ ...params, sort })}
              >
                {t(`inbox.sort.${sort}`)}
              </MenuChoice>
            ))}
            <Menu.Divider />
            <Menu.Item
              leftSection={<IconListCheck size={15} stroke={1.7} />}
              onClick={() => onMarking(!marking)}
            >
              {t('inbox.bulk.begin')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {finding && (
        <Find key={params.view} params={params} onParams={onParams} onClose={close} onDown={onDown} />
      )}
      <FilterChips params={params} onParams={onParams} saved={saved} />
      {params.view !== 'callback' && (
        <div className={s.status}>
          <SegmentedControl
            fullWidth
            size={phone ? 'sm' : 'xs'}
            withItemsBorders={false}
            aria-label={t('inbox.status.label')}
            value={params.status}
            onChange={(status) => onParams({ ...params, status: status })}
            data={statusFilters.map((status) => ({ value: status, label: t(`inbox.status.${status}`) }))}
          />
        </div>
      )}
    </>
  );
});

/** A saved view has its own name, the queue of a team that of the team. */
function useTitle(params: CaseListParams, saved: string | undefined): string {
  const { t } = useTranslation();
  const view = useSavedViews().data?.find(({ id }) => id === saved);
  const filters = filterNames.filter((name) => params[name] !== undefined);
  const team = useTeams().data?.find(({ id }) => id === params.team);
  if (view) return view.name;
  if (team && filters.length === 1 && params.view === 'all') return team.name;
  const waiting = params.waitingMinutes !== undefined && filters.length === 1;
  if (waiting && params.view === 'all' && params.status === 'open') return t('inbox.title.risk');
  return t(`inbox.title.${params.status === 'open' ? params.view : `${params.view}Any`}`);
}

/** Of a view as it is, what the rail says too; of a narrowed one, what was counted. */
function useShownCount({ params, total }: ListHeaderProps): string | null {
  const format = useFormat();
  const counts = useCaseCounts().data;
  const narrowed = params.q !== undefined || filterNames.some((name) => params[name] !== undefined);
  if (narrowed) return total ? `${format.number(total.total)}${total.capped ? '+' : ''}` : null;
  const counted = params.view === 'callback' || params.status === 'open';
  const count = counted ? counts?.[params.view] : undefined;
  if (count === undefined) return null;
  return count >= 1000 ? `${format.number(1000)}+` : format.number(count);
}
