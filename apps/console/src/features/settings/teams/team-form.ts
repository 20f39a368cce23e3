import type { Distribution, Team } from '@loket/contracts/teams.js';
import type { NewTeam } from '../../../api/teams.js';
import { hoursOf, usualWeek, type WebchatForm } from '../webchat-form.js';

/** In the order in which they are shown. */
export const distributions = [
  'manual',
  'round_robin',
  'least_loaded',
] as const satisfies readonly Distribution[];

/** Something that happens after some minutes, if at all; what is switched off keeps its minutes. */
export interface After {
  on: boolean;
  minutes: number | '';
}

/** A team as it is typed. */
export interface TeamForm {
  name: string;
  memberIds: string[];
  channelIds: string[];
  distribution: Distribution;
  sticky: boolean;
  silent: After;
  offline: After;
  overflow: { teamId: string | null; minutes: number | '' };
  hours: WebchatForm['hours'];
  outOfHours: Team['routing']['outOfHours'];
}

const after = (minutes: number | null, usual: number): After => ({
  on: minutes !== null,
  minutes: minutes ?? usual,
});

/** @param team null = a new one, which gives cases out as most want it */
export function teamFormOf(team: Team | null, timeZone = 'Asia/Jakarta'): TeamForm {
  const routing = team?.routing;
  return {
    name: team?.name ?? '',
    memberIds: team?.members.map(({ id }) => id) ?? [],
    channelIds: team?.channelIds ?? [],
    distribution: routing?.distribution ?? 'least_loaded',
    sticky: routing?.sticky ?? true,
    silent: after(routing?.silentMinutes ?? null, 15),
    offline: after(routing ? routing.offlineMinutes : 5, 5),
    overflow: {
      teamId: routing?.overflow?.teamId ?? null,
      minutes: routing?.overflow?.afterMinutes ?? 15,
    },
    hours: {
      on: Boolean(routing?.hours),
      timeZone: routing?.hours?.timeZone ?? timeZone,
      week: routing?.hours?.week ?? [...usualWeek],
      holidays: routing?.hours?.holidays ?? true,
    },
    outOfHours: routing?.outOfHours ?? 'hold',
  };
}

/** The whole team to send. */
export function teamOf(form: TeamForm): NewTeam {
  const minutes = ({ on, minutes: value }: After) => (on && value !== '' ? value : null);
  const { overflow } = form;
  return {
    name: form.name.trim(),
    memberIds: form.memberIds,
    channelIds: form.channelIds,
    routing: {
      distribution: form.distribution,
      sticky: form.sticky,
      silentMinutes: minutes(form.silent),
      offlineMinutes: minutes(form.offline),
      overflow:
        overflow.teamId !== null && overflow.minutes !== ''
          ? { teamId: overflow.teamId, afterMinutes: overflow.minutes }
          : null,
      hours: form.hours.on ? hoursOf(form.hours) : null,
      outOfHours: form.outOfHours,
    },
  };
}

export type TeamField = 'name' | 'silent' | 'offline' | 'overflow' | `officeHours.week.${number}`;

/** Fields that the server would refuse. */
export function wrongIn(form: TeamForm): TeamField[] {
  const gives = form.distribution !== 'manual';
  const bad = (minutes: number | '') => minutes === '' || minutes < 1 || minutes > 10_080;
  return [
    ...(form.name.trim() === '' ? (['name'] as const) : []),
    ...(gives && form.silent.on && bad(form.silent.minutes) ? (['silent'] as const) : []),
    ...(gives && form.offline.on && bad(form.offline.minutes) ? (['offline'] as const) : []),
    ...(form.overflow.teamId !== null && bad(form.overflow.minutes) ? (['overflow'] as const) : []),
    ...(form.hours.on ? wrongSpans(form.hours.week) : []),
  ];
}

/** Stretches of a week that have no beginning or no end. */
export function wrongSpans(week: WebchatForm['hours']['week']): `officeHours.week.${number}`[] {
  return week.flatMap(({ from, to }, at) => (from && to ? [] : [`officeHours.week.${at}` as const]));
}

/** Teams to which this one's cases may go on: a line that never leads back here. */
export function overflowChoices(teams: readonly Team[], id: string | undefined): Team[] {
  const byId = new Map(teams.map((team) => [team.id, team]));
  const leadsBack = (start: Team): boolean => {
    const seen = new Set<string>();
    let at: Team | undefined = start;
    while (at && !seen.has(at.id)) {
      if (at.id === id) return true;
      seen.add(at.id);
      at = at.routing.overflow ? byId.get(at.routing.overflow.teamId) : undefined;
    }
    return false;
  };
  return teams.filter((team) => !team.closed && !leadsBack(team));
}
