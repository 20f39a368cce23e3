import { ActionIcon, CloseButton, Menu, SegmentedControl, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconSortDescending } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaseCounts } from '../../../api/cases.js';
import type { CaseListParams } from '../../../api/keys.js';
import { useCommands } from '../../../ui/commands.js';
import { MenuChoice } from '../../../ui/MenuChoice.js';
import { useFormat } from '../../../ui/useFormat.js';
import { sorts, statusFilters } from '../list-params.js';
import s from './inbox.module.css';

interface ListHeaderProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  phone: boolean;
  /** nothing else on the screen has a heading above it */
  lead: boolean;
}

export function ListHeader({ params, onParams, phone, lead }: ListHeaderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useCaseCounts().data;
  const [finding, setFinding] = useState(Boolean(params.q));
  const Heading = lead ? 'h1' : 'h2';
  const size = phone ? 44 : 28;
  const callback = params.view === 'callback';
  const counted = callback || params.status === 'open';
  const count = counted && !params.q ? counts?.[params.view] : undefined;
  useCommands([
    {
      id: 'filter',
      label: t('inbox.find.label'),
      group: t('inbox.group'),
      keys: '/',
      icon: <IconSearch size={17} stroke={1.7} />,
      run: () => setFinding(true),
    },
  ]);
  const close = () => {
    setFinding(false);
    const { q: _, ...rest } = params;
    onParams(rest);
  };
  return (
    <>
      <header className={s.head}>
        <Heading>
          {t(`inbox.title.${params.status === 'open' ? params.view : `${params.view}Any`}`)}
          {count !== undefined && (
            <span className={`${s.count} num`}>
              {count >= 1000 ? `${format.number(1000)}+` : format.number(count)}
            </span>
          )}
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
          </Menu.Dropdown>
        </Menu>
      </header>
      {finding && <Find key={params.view} params={params} onParams={onParams} onClose={close} />}
      {!callback && (
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
}

function Find({
  params,
  onParams,
  onClose,
}: Pick<ListHeaderProps, 'params' | 'onParams'> & { onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(params.q ?? '');
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const search = useDebouncedCallback((q: string) => {
    const { q: _, ...rest } = params;
    onParams(q ? { ...rest, q } : rest);
  }, 200);
  return (
    <div className={s.find} role="search">
      <TextInput
        ref={box}
        type="search"
        size="xs"
        aria-label={t('inbox.find.label')}
        placeholder={t('inbox.find.placeholder')}
        leftSection={<IconSearch size={14} stroke={1.8} />}
        rightSection={<CloseButton size="sm" aria-label={t('inbox.find.clear')} onClick={onClose} />}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          search(event.target.value.trim());
        }}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
    </div>
  );
}
