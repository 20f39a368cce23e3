import { useTranslation } from 'react-i18next';
import { useMe } from '../../../api/session.js';
import { useAgentWork, useTeams } from '../../../api/teams.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { AgentFace } from '../../../ui/Face.js';
import { useAgents } from '../api.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import s from '../components/settings.module.css';
import { AccountPanel } from './AccountPanel.js';
import { RolePanel } from './RolePanel.js';
import { WorkEditor } from './WorkEditor.js';

/** One colleague: what routing knows of him, and for admins his role and account. */
export function PersonPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const admin = useMe().role === 'admin';
  const work = useAgentWork();
  const teams = useTeams();
  const agents = useAgents(admin);
  const own = work.data?.find(({ agent }) => agent.id === id);
  const account = agents.data?.find((agent) => agent.id === id);
  const name = account?.name ?? own?.agent.name;
  const admins = agents.data?.filter(({ role, disabled }) => role === 'admin' && !disabled) ?? [];
  const lastAdmin = admins.length === 1 && admins[0]?.id === id;
  return (
    <Page
      title={name ?? t('settings.people.title')}
      icon={name !== undefined && <AgentFace agent={{ id, name }} size={26} silent />}
      back={{ to: '/settings/people', label: t('settings.people.title') }}
    >
      <Loaded query={work}>
        {() => {
          if (!own && !account)
            return agents.isPending && admin ? null : <EmptyState title={t('settings.people.unknown')} />;
          return (
            <div className={s.two}>
              <Loaded query={teams}>
                {(all) =>
                  own ? (
                    <WorkEditor key={id} work={own} teams={all} />
                  ) : (
                    <p className={s.note} data-tone="plain">
                      {t('settings.people.disabledWhy', { name: name ?? '' })}
                    </p>
                  )
                }
              </Loaded>
              {account && (
                <div className={s.column}>
                  <RolePanel person={account} lastAdmin={lastAdmin} />
                  <AccountPanel person={account} lastAdmin={lastAdmin} load={own?.load ?? 0} />
                </div>
              )}
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}
