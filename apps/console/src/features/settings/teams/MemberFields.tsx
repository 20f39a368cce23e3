import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Team } from '@loket/contracts/teams.js';
import { useChannels } from '../../../api/channels.js';
import { useAgentWork } from '../../../api/teams.js';
import type { TeamForm } from './team-form.js';

/** Who is in a team, and which channels' new cases are theirs. */
export function MemberFields({
  form,
  change,
  team,
  teams,
}: {
  form: TeamForm;
  change: (part: Partial<TeamForm>) => void;
  team: Team | null;
  teams: readonly Team[];
}) {
  const { t } = useTranslation();
  const people = useAgentWork().data ?? [];
  const channels = useChannels().data ?? [];
  // who left the company stays in the team until somebody takes him out
  const names = new Map(
    [...(team?.members ?? []), ...people.map(({ agent }) => agent)].map((a) => [a.id, a.name]),
  );
  const owner = (channelId: string) =>
    teams.find(({ id, channelIds }) => id !== team?.id && channelIds.includes(channelId))?.name;
  const taken = form.channelIds.flatMap((id) => owner(id) ?? []);
  return (
    <>
      <MultiSelect
        label={t('settings.teams.members')}
        placeholder={form.memberIds.length === 0 ? t('settings.teams.membersHint') : undefined}
        data={[...names].map(([value, label]) => ({ value, label }))}
        value={form.memberIds}
        onChange={(memberIds) => change({ memberIds })}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('ui.noMatches')}
        withScrollArea={false}
      />
      <MultiSelect
        label={t('settings.teams.channels')}
        description={
          taken.length > 0
            ? t('settings.teams.channelMoves', { teams: [...new Set(taken)].join(', ') })
            : t('settings.teams.channelsWhy')
        }
        data={channels.map(({ id, name }) => {
          const other = owner(id);
          return { value: id, label: other ? t('settings.teams.channelOf', { name, team: other }) : name };
        })}
        value={form.channelIds}
        onChange={(channelIds) => change({ channelIds })}
        searchable
        hidePickedOptions
        nothingFoundMessage={t('ui.noMatches')}
        withScrollArea={false}
      />
    </>
  );
}
