import { ActionIcon, Button, Popover, Select, TextInput } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconPlayerPause,
  IconPlayerPlay,
  IconScale,
  IconSearch,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { availabilities } from '../../../api/case-words.js';
import type { TeamRef } from '@loket/contracts/teams.js';
import { useFormat } from '../../../ui/useFormat.js';
import { sorts, waitTone, type BoardFilter, type BoardSums } from '../board-model.js';
import s from './board.module.css';
import { UsualReason } from './UsualReason.js';

interface BoardHeadProps {
  sums: BoardSums;
  now: Date;
  /** as of when the board is */
  at: string;
  filter: BoardFilter;
  onFilter: (filter: BoardFilter) => void;
  teams: readonly TeamRef[];
  frozen: boolean;
  onFreeze: () => void;
  planning: boolean;
  onPlan: () => void;
  /** why cases are moved today; empty = asked each time */
  usual: string;
  onUsual: (reason: string) => void;
  phone: boolean;
}

export function BoardHead(props: BoardHeadProps) {
  const { sums, now, at, frozen, onFreeze, planning, onPlan, usual, onUsual, phone } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const Freeze = frozen ? IconPlayerPlay : IconPlayerPause;
  return (
    <header className={s.bar} data-phone={phone || undefined}>
      <h1>{t('board.title')}</h1>
      <span className={`${s.live} num`} data-frozen={frozen || undefined}>
        {frozen ? t('board.frozenAt', { at: format.time(at) }) : format.time(at)}
      </span>
      <div className={s.stats}>
        <span className={s.stat}>
          <b>{format.number(sums.waiting)}</b>
          {t('board.stat.waiting')}
        </span>
        {sums.oldest !== null && (
          <span className={s.stat} data-s={waitTone(sums.oldest, now)}>
            <b>{format.span(now.getTime() - Date.parse(sums.oldest))}</b>
            {t('board.stat.longest')}
          </span>
        )}
        <span className={s.stat}>
          <b>{format.number(sums.online)}</b>
          {t('board.stat.online')}
        </span>
        <span className={s.stat}>
          <b>
            {format.number(sums.load)}/{format.number(sums.limit)}
          </b>
          {t('board.stat.load')}
        </span>
      </div>
      <span className="grow" />
      <Filters {...props} />
      {!phone && <UsualReason reason={usual} onChoose={onUsual} />}
      {phone ? (
        <>
          <ActionIcon
            size={44}
            aria-pressed={frozen}
            aria-label={t(frozen ? 'board.goOn' : 'board.freeze')}
            onClick={onFreeze}
          >
            <Freeze size={19} stroke={1.7} />
          </ActionIcon>
          <ActionIcon size={44} aria-pressed={planning} aria-label={t('board.rebalance')} onClick={onPlan}>
            <IconScale size={20} stroke={1.7} />
          </ActionIcon>
        </>
      ) : (
        <>
          <Button
            variant={frozen ? 'filled' : 'default'}
            size="xs"
            leftSection={<Freeze size={14} stroke={1.8} />}
            onClick={onFreeze}
          >
            {t(frozen ? 'board.goOn' : 'board.freeze')}
          </Button>
          <Button
            variant="default"
            size="xs"
            aria-pressed={planning}
            leftSection={<IconScale size={15} stroke={1.8} />}
            onClick={onPlan}
          >
            {t('board.rebalance')}
          </Button>
        </>
      )}
    </header>
  );
}

/** Whom to show and in which order. The team has its own field, because it is what one changes most. */
function Filters({ filter, onFilter, teams, phone }: BoardHeadProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const set = (change: Partial<BoardFilter>) => onFilter({ ...filter, ...change });
  const narrowed = filter.availability !== 'all' || filter.text !== '' || filter.sort !== 'name';
  const team = (
    <Select
      aria-label={t('board.team')}
      data={[
        { value: 'all', label: t('board.allTeams') },
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={filter.team ?? 'all'}
      onChange={(value) => set({ team: value === null || value === 'all' ? null : value })}
      allowDeselect={false}
      searchable={teams.length > 8}
      size={phone ? 'sm' : 'xs'}
      w={phone ? undefined : 150}
      comboboxProps={{ withinPortal: false }}
    />
  );
  return (
    <>
      {!phone && team}
      <Popover opened={open} onChange={setOpen} position="bottom-end" width={260} trapFocus returnFocus>
        <Popover.Target>
          <ActionIcon
            size={phone ? 44 : 28}
            variant={narrowed ? 'light' : 'subtle'}
            aria-label={t('board.filter')}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <IconAdjustmentsHorizontal size={phone ? 20 : 17} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown data-layer>
          <div className={s.filters}>
            {phone && team}
            <TextInput
              aria-label={t('board.search')}
              placeholder={t('board.search')}
              leftSection={<IconSearch size={15} stroke={1.8} />}
              value={filter.text}
              onChange={(event) => set({ text: event.currentTarget.value })}
            />
            <Select
              label={t('board.availability')}
              data={(['all', ...availabilities] as const).map((value) => ({
                value,
                label: value === 'all' ? t('board.everybody') : t(`ui.availability.${value}`),
              }))}
              value={filter.availability}
              onChange={(value) => value && set({ availability: value })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
            <Select
              label={t('board.sort.title')}
              data={sorts.map((value) => ({ value, label: t(`board.sort.${value}`) }))}
              value={filter.sort}
              onChange={(value) => value && set({ sort: value })}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
            />
          </div>
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
