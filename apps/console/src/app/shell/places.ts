import {
  IconAlertOctagon,
  IconAt,
  IconBulb,
  IconClockExclamation,
  IconClockPause,
  IconEye,
  IconInbox,
  IconLayoutKanban,
  IconMailQuestion,
  IconPhoneCall,
  IconSettings,
  IconStack2,
  IconUserQuestion,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';
import type { CaseCounts } from '@loket/contracts/cases.js';
import type { SavedFilter } from '@loket/contracts/saved-views.js';
import { usePhoneLines } from '../../api/calls.js';
import { useCaseCounts } from '../../api/cases.js';
import { useMe } from '../../api/session.js';
import { useSuggestionCounts } from '../../api/suggestions.js';
import { useTeams } from '../../api/teams.js';
import { isAtView, viewAddress } from '../../features/views/view-address.js';

export type Icon = typeof IconInbox;

export interface Place {
  to: string;
  label: string;
  Icon: Icon;
  /** what waits there */
  count?: number | undefined;
  /** how the count stands out: `hot`: it is mine · `late`: somebody waits too long */
  tone?: 'hot' | 'late';
  current: boolean;
}

/** The contract's `riskMinutes`; importing it would load zod. */
const riskMinutes = 60;

type ViewName = Exclude<keyof CaseCounts, 'capped' | 'queues' | 'views'>;

const icons: Record<ViewName, Icon> = {
  mine: IconInbox,
  teams: IconUsersGroup,
  unassigned: IconUserQuestion,
  atRisk: IconClockExclamation,
  mentions: IconAt,
  following: IconEye,
  snoozed: IconClockPause,
  all: IconStack2,
  callback: IconPhoneCall,
};

const order = [
  'mine',
  'teams',
  'unassigned',
  'atRisk',
  'mentions',
  'following',
  'snoozed',
  'all',
  'callback',
] as const satisfies readonly ViewName[];

/** What the list of a view is asked for. Cases at risk are no view of their own: all whose customers wait too long. */
export function filterOf(view: ViewName): SavedFilter {
  if (view === 'atRisk') return { view: 'all', status: 'open', waitingMinutes: riskMinutes, sort: 'waiting' };
  if (view === 'callback') return { view, status: 'all', sort: 'waiting' };
  return { view, status: 'open', sort: 'newest' };
}

/** The views that this person has: without a team there is nothing of teams, without a telephone nobody to call back. */
export function useViewPlaces(): (Place & { view: ViewName })[] {
  const { t } = useTranslation();
  const [path] = useLocation();
  const search = useSearch();
  const counts = useCaseCounts().data;
  const lines = usePhoneLines().length;
  const { mine: myTeams } = useQueues();
  const shown: Record<string, boolean> = {
    teams: myTeams.length > 0,
    // whoever still waits from when there was a line is not forgotten
    callback: lines + (counts?.callback ?? 0) > 0,
  };
  return order
    .filter((view) => shown[view] ?? true)
    .map((view) => ({
      view,
      to: viewAddress(filterOf(view)),
      label: t(`app.view.${view}`),
      Icon: icons[view],
      count: counts?.[view],
      ...(view === 'mine' && { tone: 'hot' as const }),
      ...(view === 'atRisk' && { tone: 'late' as const }),
      current: isAtView(path, search, filterOf(view)),
    }));
}

function useQueues() {
  const me = useMe();
  const teams = (useTeams().data ?? []).filter((team) => !team.closed);
  const isMine = (team: (typeof teams)[number]) => team.members.some(({ id }) => id === me.id);
  return { mine: teams.filter(isMine), others: teams.filter((team) => !isMine(team)) };
}

/** Queues of my teams; supervisors see all, their own first. */
export function useQueuePlaces(): Place[] {
  const [path] = useLocation();
  const search = useSearch();
  const counts = useCaseCounts().data?.queues;
  const supervises = useMe().role !== 'agent';
  const { mine, others } = useQueues();
  return [...mine, ...(supervises ? others : [])].map(({ id, name }) => {
    const filter: SavedFilter = { view: 'all', status: 'open', team: id, sort: 'newest' };
    return {
      to: viewAddress(filter),
      label: name,
      Icon: IconUsersGroup,
      count: counts?.[id],
      current: isAtView(path, search, filter),
    };
  });
}

/** The places that this person may open, besides the views. */
export function usePlaces(): Place[] {
  const { t } = useTranslation();
  const [path] = useLocation();
  const { role } = useMe();
  const admin = role === 'admin';
  const waiting = useSuggestionCounts().data;
  const suggested = waiting ? waiting.case + waiting.customer + waiting.incident : 0;
  const isAt = (to: string) =>
    path === to || path.startsWith(`${to}/`) || (to.startsWith('/settings') && path.startsWith('/settings'));
  const place = (to: string, label: string, icon: Icon, count?: number): Place => ({
    ...{ to, label, Icon: icon, count, current: isAt(to) },
  });
  return [
    ...(role === 'agent' ? [] : [place('/board', t('app.nav.board'), IconLayoutKanban)]),
    place('/suggestions', t('app.nav.suggestions'), IconBulb, suggested),
    place('/incidents', t('app.nav.incidents'), IconAlertOctagon),
    ...(admin ? [place('/quarantine', t('app.nav.quarantine'), IconMailQuestion)] : []),
    place(admin ? '/settings/channels' : '/settings/profile', t('app.nav.settings'), IconSettings),
  ];
}
