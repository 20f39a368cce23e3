import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronRight, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { priorities } from '../../../api/case-words.js';
import { useAgentRefs } from '../../../api/cases.js';
import { useChannels } from '../../../api/channels.js';
import type { CaseFilters, CaseListParams } from '../../../api/keys.js';
import { useTeams } from '../../../api/teams.js';
import { ChannelMark, useChannelName } from '../../../ui/ChannelMark.js';
import { useCommands } from '../../../ui/commands.js';
import { AgentFace } from '../../../ui/Face.js';
import { Picker, type PickerOption } from '../../../ui/Picker.js';
import { useFormat } from '../../../ui/useFormat.js';
import { channelKinds } from '../list-params.js';
import { useCaseRows } from '../useListWindow.js';

const waits = [15, 30, 60, 240, 1440];
const fields = ['assignee', 'team', 'kind', 'channel', 'priority', 'tag', 'waitingMinutes'] as const;
type Field = (typeof fields)[number];

interface FilterMenuProps {
  params: CaseListParams;
  onParams: (params: CaseListParams) => void;
  size: number;
}

/** One list to type in: first by what, then which; or at once which, as soon as something is typed. */
export function FilterMenu({ params, onParams, size }: FilterMenuProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [field, setField] = useState<Field | null>(null);
  const optionsOf = useFilterOptions(params);
  useCommands([
    {
      id: 'filter',
      label: t('inbox.filter.add'),
      group: t('inbox.group'),
      keys: 'f',
      icon: <IconAdjustmentsHorizontal size={17} stroke={1.7} />,
      run: () => setOpened(true),
    },
  ]);
  const tagged = (tag: string) => ({ id: `tag ${tag}`, label: t('inbox.filter.tagged', { tag }) });
  const all = () =>
    fields.flatMap((name) =>
      optionsOf(name).map((option) => ({ ...option, hint: t(`inbox.filter.name.${name}`) })),
    );
  const options: readonly PickerOption[] = field
    ? optionsOf(field)
    : fields
        .filter((name) => name === 'tag' || optionsOf(name).length > 0)
        .map((name) => ({
          id: name,
          label: t(`inbox.filter.name.${name}`),
          icon: <IconChevronRight size={14} stroke={1.7} />,
          stays: true,
        }));
  const onPick = (id: string) => {
    const at = id.indexOf(' ');
    if (at < 0) return setField(id as Field);
    const [name, value] = [id.slice(0, at) as Field, id.slice(at + 1)];
    const filters: CaseFilters =
      name === 'waitingMinutes' ? { waitingMinutes: Number(value) } : { [name]: value };
    onParams({ ...params, ...filters });
  };
  return (
    <Picker
      label={field ? t(`inbox.filter.name.${field}`) : t('inbox.filter.add')}
      options={options}
      extra={(typed) => {
        const known = field
          ? []
          : all().filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
        return field === null || field === 'tag' ? [...known, tagged(typed.slice(0, 50))] : [];
      }}
      opened={opened}
      onOpened={(open) => {
        setOpened(open);
        if (!open) setField(null);
      }}
      onPick={onPick}
    >
      <Tooltip label={`${t('inbox.filter.add')} (F)`} disabled={opened}>
        <ActionIcon
          size={size}
          aria-label={t('inbox.filter.add')}
          aria-haspopup="listbox"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconAdjustmentsHorizontal size={16} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </Picker>
  );
}

function useFilterOptions(params: CaseListParams): (field: Field) => PickerOption[] {
  const { t } = useTranslation();
  const format = useFormat();
  const kindName = useChannelName();
  const agents = useAgentRefs().data ?? [];
  const teams = useTeams().data ?? [];
  const channels = useChannels().data ?? [];
  const rows = useCaseRows(params);
  return (field) => {
    switch (field) {
      case 'assignee':
        return [
          { id: 'assignee me', label: t('inbox.filter.me') },
          { id: 'assignee none', label: t('inbox.filter.nobody') },
          ...agents.map((agent) => ({
            id: `assignee ${agent.id}`,
            label: agent.name,
            icon: <AgentFace agent={agent} size={18} silent />,
          })),
        ];
      case 'team':
        return teams.length === 0
          ? []
          : [
              ...teams.map((team) => ({
                id: `team ${team.id}`,
                label: team.name,
                icon: <IconUsers size={15} stroke={1.7} />,
              })),
              { id: 'team none', label: t('inbox.filter.noTeam') },
            ];
      case 'kind':
        return channelKinds.map((kind) => ({
          id: `kind ${kind}`,
          label: kindName(kind),
          icon: <ChannelMark kind={kind} size={15} />,
        }));
      case 'channel':
        // one of a kind is said by its kind
        return channels.length < 2
          ? []
          : channels.map((channel) => ({
              id: `channel ${channel.id}`,
              label: channel.name,
              icon: <ChannelMark kind={channel.kind} size={15} />,
            }));
      case 'priority':
        return [
          { id: 'priority high,urgent', label: t('inbox.filter.highOrUrgent') },
          ...priorities.toReversed().map((priority) => ({
            id: `priority ${priority}`,
            label: t(`inbox.filter.priority.${priority}`),
          })),
        ];
      case 'tag':
        return [...new Set(rows.flatMap((row) => row.tags))]
          .sort((a, b) => a.localeCompare(b))
          .map((tag) => ({ id: `tag ${tag}`, label: tag }));
      case 'waitingMinutes':
        return waits.map((minutes) => ({
          id: `waitingMinutes ${minutes}`,
          label: t('inbox.filter.atLeast', { span: format.span(minutes * 60_000) }),
        }));
    }
  };
}
