import { useTranslation } from 'react-i18next';
import { useAgentRefs } from '../../api/cases.js';
import { useChannels } from '../../api/channels.js';
import { useCustomer } from '../../api/customers.js';
import type { CaseListParams } from '../../api/keys.js';
import { useTeams } from '../../api/teams.js';
import { useChannelName } from '../../ui/ChannelMark.js';
import { useFormat } from '../../ui/useFormat.js';
import { filterNames } from './list-params.js';

export type FilterName = (typeof filterNames)[number];

/** What each filter in force says, for people. */
export function useFilterWords(params: CaseListParams): { name: FilterName; label: string; value: string }[] {
  const { t } = useTranslation();
  const format = useFormat();
  const kindName = useChannelName();
  const agents = useAgentRefs().data;
  const teams = useTeams().data;
  const channels = useChannels().data;
  const customer = useCustomer(params.customer).data;
  const named = (all: readonly { id: string; name: string }[] | undefined, id: string) =>
    all?.find((one) => one.id === id)?.name ?? '…';
  const value = (name: FilterName): string => {
    switch (name) {
      case 'assignee':
        if (params.assignee === 'me') return t('inbox.filter.me');
        return params.assignee === 'none' ? t('inbox.filter.nobody') : named(agents, params.assignee ?? '');
      case 'team':
        return params.team === 'none' ? t('inbox.filter.noTeam') : named(teams, params.team ?? '');
      case 'channel':
        return named(channels, params.channel ?? '');
      case 'kind':
        return (params.kind ?? '')
          .split(',')
          .map((kind) => kindName(kind as Parameters<typeof kindName>[0]))
          .join(', ');
      case 'priority':
        return (params.priority ?? '')
          .split(',')
          .map((priority) => t(`inbox.filter.priority.${priority}`))
          .join(', ');
      case 'tag':
        return params.tag ?? '';
      case 'waitingMinutes':
        return t('inbox.filter.atLeast', { span: format.span((params.waitingMinutes ?? 0) * 60_000) });
      case 'customer':
        return customer?.name ?? customer?.identities[0]?.value ?? '…';
    }
  };
  return filterNames
    .filter((name) => params[name] !== undefined)
    .map((name) => ({ name, label: t(`inbox.filter.name.${name}`), value: value(name) }));
}
