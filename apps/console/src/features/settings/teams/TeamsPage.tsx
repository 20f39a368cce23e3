import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Team } from '@loket/contracts/teams.js';
import { useChannels } from '../../../api/channels.js';
import { useTeams } from '../../../api/teams.js';
import { ChannelMarks } from '../../../ui/ChannelMark.js';
import { AgentFace } from '../../../ui/Face.js';
import { ListPage } from '../components/ListPage.js';
import s from '../components/settings.module.css';
import w from '../people/work.module.css';

const facesShown = 5;

/** Who works off which cases together. */
export function TeamsPage() {
  const { t } = useTranslation();
  const teams = useTeams();
  return (
    <ListPage
      title={t('settings.teams.title')}
      intro={t('settings.teams.intro')}
      query={teams}
      add={{ label: t('settings.teams.add'), to: '/settings/teams/new' }}
      empty={{
        icon: <IconUsersGroup size={26} stroke={1.5} />,
        title: t('settings.teams.none'),
        text: t('settings.teams.noneWhy'),
      }}
    >
      {(all) => {
        const open = all.filter(({ closed }) => !closed);
        const closed = all.filter((team) => team.closed);
        return (
          <>
            <ul className={s.tbl}>
              {open.map((team) => (
                <TeamRow key={team.id} team={team} />
              ))}
            </ul>
            {closed.length > 0 && (
              <details className={s.more}>
                <summary>{t('settings.teams.closedOnes', { count: closed.length })}</summary>
                <ul className={s.tbl}>
                  {closed.map((team) => (
                    <TeamRow key={team.id} team={team} />
                  ))}
                </ul>
              </details>
            )}
          </>
        );
      }}
    </ListPage>
  );
}

function TeamRow({ team }: { team: Team }) {
  const { t } = useTranslation();
  const { id, name, members, channelIds, routing } = team;
  const channels = useChannels().data?.filter((one) => channelIds.includes(one.id)) ?? [];
  return (
    <li className={`${s.r} ${w.teamRow}`}>
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }}>
          {name}
        </b>
        <small className="cut" style={{ display: 'block' }}>
          {t(`settings.teams.distribution.${routing.distribution}.name`)}
        </small>
      </div>
      <span className={w.faces}>
        {members.slice(0, facesShown).map((agent) => (
          <AgentFace key={agent.id} agent={agent} size={24} />
        ))}
        {members.length > facesShown && <small>+{members.length - facesShown}</small>}
        {members.length === 0 && <small>{t('settings.teams.nobody')}</small>}
      </span>
      <span className={`${w.channels} ${s.dim}`}>
        <ChannelMarks kinds={[...new Set(channels.map(({ kind }) => kind))]} />
        <span className="cut">
          {channels.length > 0
            ? channels.map((channel) => channel.name).join(', ')
            : t('settings.teams.noChannel')}
        </span>
      </span>
      <span className={s.end}>
        <Button
          component={Link}
          href={`/settings/teams/${id}`}
          size="xs"
          variant="subtle"
          aria-label={`${t('settings.channels.edit')} ${name}`}
        >
          {t('settings.channels.edit')}
        </Button>
      </span>
    </li>
  );
}
