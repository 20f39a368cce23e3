import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { errorText } from '../../../api/error-text.js';
import { useTeams, useUpdateTeam } from '../../../api/teams.js';
import { useWorkspace } from '../../../api/workspace.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { showToast } from '../../../ui/toasts.js';
import { Loaded } from '../components/Loaded.js';
import { Page } from '../components/Page.js';
import s from '../components/settings.module.css';
import { TeamEditor } from './TeamEditor.js';

/** One team, or a new one (`id` is `new`). */
export function TeamPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const teams = useTeams();
  const workspace = useWorkspace();
  const update = useUpdateTeam();
  const isNew = id === 'new';
  const team = teams.data?.find((one) => one.id === id);
  const back = { to: '/settings/teams', label: t('settings.teams.title') };
  const reopen = () =>
    update.mutate(
      { id, closed: false },
      { onError: (error) => showToast({ tone: 'danger', text: errorText(t, error) }) },
    );
  return (
    <Page title={team?.name ?? t('settings.teams.add')} back={back}>
      <Loaded query={teams}>
        {(all) =>
          isNew || team ? (
            <>
              {team?.closed && (
                <div className={s.note} data-tone="plain" style={{ marginBottom: 16 }}>
                  {t('settings.teams.isClosed')}
                  <div className={s.noteActs}>
                    <Button size="xs" variant="default" onClick={reopen} loading={update.isPending}>
                      {t('settings.teams.reopen')}
                    </Button>
                  </div>
                </div>
              )}
              <Loaded query={workspace}>
                {({ timeZone }) => (
                  <TeamEditor
                    key={team ? `${team.id}${String(team.closed)}` : 'new'}
                    team={team ?? null}
                    teams={all}
                    timeZone={timeZone}
                    onSaved={(saved) => {
                      showToast({ text: t('settings.teams.saved', { name: saved.name }) });
                      if (isNew) go(`/settings/teams/${saved.id}`, { replace: true });
                    }}
                    onClosed={() => go('/settings/teams')}
                  />
                )}
              </Loaded>
            </>
          ) : (
            <EmptyState title={t('settings.teams.gone')} />
          )
        }
      </Loaded>
    </Page>
  );
}
