import { useTranslation } from 'react-i18next';
import type { SavedFilter } from '@loket/contracts/saved-views.js';
import { useAgentRefs } from '../../api/cases.js';
import { useTeams } from '../../api/teams.js';
import { Chip } from '../../ui/Chip.js';
import { useFormat } from '../../ui/useFormat.js';
import s from './views.module.css';

/** What a view keeps to, in words. */
export function FilterWords({ filter }: { filter: SavedFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const teams = useTeams().data;
  const agents = useAgentRefs().data;
  const { view, status, assignee, team, channel, kind, priority, tag, waitingMinutes, q } = filter;
  const named = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
    list?.find((one) => one.id === id)?.name ?? '…';
  const words = [
    t(`app.view.${view}`),
    status !== 'open' && t(`views.is.status.${status}`),
    team && (team === 'none' ? t('views.is.noTeam') : named(teams, team)),
    assignee &&
      (assignee === 'me' || assignee === 'none'
        ? t(`views.is.assignee.${assignee}`)
        : named(agents, assignee)),
    channel && t('views.is.channel'),
    ...(kind?.split(',') ?? []).map((one) => t(`ui.channel.${one}`)),
    ...(priority?.split(',') ?? []).map((one) => t(`views.is.priority.${one}`)),
    tag,
    waitingMinutes !== undefined && t('views.is.waiting', { span: format.span(waitingMinutes * 60_000) }),
    q && `“${q}”`,
  ];
  return (
    <div className={s.words} aria-label={t('views.shows')} role="group">
      {words
        .filter((word) => typeof word === 'string' && word !== '')
        .map((word, at) => (
          <Chip key={at}>{word}</Chip>
        ))}
    </div>
  );
}
