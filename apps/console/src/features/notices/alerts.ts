import type { NoticePreferences, WatchableView } from '@loket/contracts/notice-preferences.js';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Sign } from '../../api/attention.js';

export interface Alert {
  desktop: boolean;
  sound: boolean;
}

const none: Alert = { desktop: false, sound: false };

/** In which of the views that somebody listens to a message came in; null: in none. */
export function viewOf(
  { assignee, team }: CaseSummary,
  views: readonly WatchableView[],
  me: string,
  myTeams: ReadonlySet<string>,
): WatchableView | null {
  const stands: Record<WatchableView, boolean> = {
    mine: assignee?.id === me,
    teams: assignee === null && team !== null && myTeams.has(team.id),
    unassigned: assignee === null,
  };
  return views.find((view) => stands[view]) ?? null;
}

/** What somebody's wishes make of one sign. */
export function alertFor(
  sign: Sign,
  preferences: NoticePreferences,
  { me, myTeams, quiet }: { me: string; myTeams: ReadonlySet<string>; quiet: boolean },
): Alert {
  if (quiet) return none;
  if (sign.kind === 'message') {
    const heard = viewOf(sign.case, preferences.views, me, myTeams) !== null;
    return { desktop: heard, sound: heard };
  }
  const { kind } = sign.notice;
  return { desktop: preferences.desktop.includes(kind), sound: preferences.sound.includes(kind) };
}
