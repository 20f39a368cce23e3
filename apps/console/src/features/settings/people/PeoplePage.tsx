import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Agent } from '@loket/contracts/access.js';
import type { AgentWork } from '@loket/contracts/teams.js';
import { useMe } from '../../../api/session.js';
import { useAgentWork, useTeams } from '../../../api/teams.js';
import { currentLocale } from '../../../app/i18n.js';
import { PresentFace } from '../../../ui/PresentFace.js';
import { useAgents } from '../api.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import s from '../components/settings.module.css';
import { AddPerson } from './AddPerson.js';
import { InvitePeople } from './InvitePeople.js';
import { Load } from './Load.js';
import { languageName } from './languages.js';
import { PendingInvitations } from './PendingInvitations.js';
import w from './work.module.css';

/** One row: what admins know of the account, and what everybody knows of the work. */
interface Person {
  id: string;
  name: string;
  account: Agent | undefined;
  work: AgentWork | undefined;
}

/** Who works here, what each may do, can carry and does just now. */
export function PeoplePage() {
  const { t } = useTranslation();
  const admin = useMe().role === 'admin';
  const work = useAgentWork();
  const agents = useAgents(admin);
  const [adding, setAdding] = useState<'invite' | 'byHand' | null>(null);
  return (
    <Page
      title={t('settings.people.title')}
      intro={t('settings.people.intro')}
      action={
        admin && (
          <Button
            variant="default"
            leftSection={<IconPlus size={15} stroke={2} />}
            onClick={() => setAdding('invite')}
          >
            {t('settings.people.invite.title')}
          </Button>
        )
      }
    >
      <Loaded query={work}>
        {(atWork) => {
          const people = peopleOf(atWork, agents.data);
          const here = people.filter(({ account }) => !account?.disabled);
          const gone = people.filter(({ account }) => account?.disabled);
          return (
            <>
              <ul className={s.tbl}>
                {here.map((person) => (
                  <PersonRow key={person.id} person={person} />
                ))}
              </ul>
              {here.length === 1 && admin && (
                <p className={s.note} data-tone="plain" style={{ marginBottom: 24 }}>
                  {t('settings.people.alone')}
                </p>
              )}
              {admin && <PendingInvitations />}
              {gone.length > 0 && (
                <details className={s.more}>
                  <summary>{t('settings.people.gone', { count: gone.length })}</summary>
                  <ul className={s.tbl}>
                    {gone.map((person) => (
                      <PersonRow key={person.id} person={person} />
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </Loaded>
      {adding === 'invite' && (
        <InvitePeople onClose={() => setAdding(null)} onByHand={() => setAdding('byHand')} />
      )}
      {adding === 'byHand' && <AddPerson onClose={() => setAdding(null)} />}
    </Page>
  );
}

function peopleOf(work: readonly AgentWork[], agents: readonly Agent[] | undefined): Person[] {
  const byId = new Map(work.map((one) => [one.agent.id, one]));
  if (!agents) {
    return work.map((one) => ({ id: one.agent.id, name: one.agent.name, account: undefined, work: one }));
  }
  return agents.map((account) => ({
    id: account.id,
    name: account.name,
    account,
    work: byId.get(account.id),
  }));
}

function PersonRow({ person: { id, name, account, work } }: { person: Person }) {
  const { t } = useTranslation();
  const me = useMe();
  const teams = useTeams().data ?? [];
  const own = teams.filter((team) => !team.closed && work?.teamIds.includes(team.id));
  const knows = [
    ...(work?.skills ?? []),
    ...(work?.languages ?? []).map((code) => languageName(code, currentLocale())),
  ];
  const availability = work?.availability ?? 'offline';
  return (
    <li className={`${s.r} ${w.personRow}`} data-off={account?.disabled || undefined}>
      <PresentFace agent={{ id, name }} availability={availability} silent />
      <div style={{ minWidth: 0 }}>
        <b className="cut" style={{ display: 'block' }}>
          {name}
          {id === me.id && <span className={s.dim}> · {t('settings.people.you')}</span>}
        </b>
        <small className="cut" style={{ display: 'block' }}>
          {account?.disabled ? t('settings.people.disabled') : t(`ui.availability.${availability}`)}
          {account && ` · ${account.email}`}
        </small>
      </div>
      <span className={`${s.dim} ${w.wide ?? ''}`}>{account && t(`ui.role.${account.role}`)}</span>
      <div className={w.wide} style={{ minWidth: 0 }}>
        <span className="cut" style={{ display: 'block' }}>
          {own.map((team) => team.name).join(', ') || (
            <span className={s.dim}>{t('settings.people.noTeam')}</span>
          )}
        </span>
        {knows.length > 0 && (
          <small className="cut" style={{ display: 'block' }}>
            {knows.join(' · ')}
          </small>
        )}
      </div>
      <span className={w.wide}>{work && <Load load={work.load} total={work.limits.total} />}</span>
      <span className={s.end}>
        <Button
          component={Link}
          href={`/settings/people/${id}`}
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
