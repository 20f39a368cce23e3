import type { HoursSettings } from '@loket/contracts/settings.js';
import type { AgentWork } from '@loket/contracts/teams.js';
import type { TeamForm } from './team-form.js';

/** One plain sentence: a key below `settings.teams.will`, and what it speaks of. */
export interface Sentence {
  key: string;
  values: Record<string, string | number>;
}

export interface TeamSurroundings {
  people: readonly AgentWork[];
  channelNames: ReadonlyMap<string, string>;
  teamNames: ReadonlyMap<string, string>;
  /** of the workspace; undefined while they are not known */
  usual: Pick<HoursSettings, 'week' | 'holidays'> | undefined;
  /** `A, B dan C` */
  list: (names: readonly string[]) => string;
}

/** What will happen to a case with these settings, in the order in which it happens. */
export function teamSentences(form: TeamForm, around: TeamSurroundings): Sentence[] {
  const name = form.name.trim();
  const channels = form.channelIds.flatMap((id) => around.channelNames.get(id) ?? []);
  const members = around.people.filter(({ agent }) => form.memberIds.includes(agent.id));
  const room = members.reduce((sum, { limits }) => sum + limits.total, 0);
  const gives = form.distribution !== 'manual';
  return [
    channels.length > 0
      ? say(name ? 'channels' : 'channelsUnnamed', { channels: around.list(channels), team: name })
      : say('noChannels'),
    members.length === 0 ? say('noMembers') : say(form.distribution, { count: members.length, room }),
    ...(gives && members.length > 0 ? whoGetsThem(form, members) : []),
    ...(gives ? whatComesBack(form) : []),
    ...overflowSentence(form, around),
    ...(gives ? hoursSentence(form, around.usual) : []),
  ];
}

function whoGetsThem({ sticky }: TeamForm, members: readonly AgentWork[]): Sentence[] {
  const skills = [...new Set(members.flatMap((one) => one.skills))].sort();
  const full = members.filter(({ limits }) => limits.total === 0).map(({ agent }) => agent.name);
  return [
    ...(sticky ? [say('sticky')] : []),
    ...(skills[0] !== undefined ? [say('skills', { skill: skills[0] })] : []),
    ...(full.length > 0 ? [say('nothingFor', { names: full.join(', ') })] : []),
  ];
}

function whatComesBack({ silent, offline }: TeamForm): Sentence[] {
  return [
    silent.on && silent.minutes !== '' ? say('silent', { count: silent.minutes }) : say('neverSilent'),
    offline.on && offline.minutes !== '' ? say('offline', { count: offline.minutes }) : say('neverOffline'),
  ];
}

function overflowSentence({ overflow: { teamId, minutes } }: TeamForm, around: TeamSurroundings): Sentence[] {
  const team = teamId === null ? undefined : around.teamNames.get(teamId);
  return team === undefined || minutes === '' ? [] : [say('overflow', { team, count: minutes })];
}

function hoursSentence({ hours, outOfHours }: TeamForm, usual: TeamSurroundings['usual']): Sentence[] {
  if (hours.on) return [say(outOfHours === 'hold' ? 'ownHold' : 'ownDistribute')];
  if (!usual) return [];
  if (usual.week === null && usual.holidays.length === 0) return [say('always')];
  return [say(outOfHours === 'hold' ? 'usualHold' : 'usualDistribute')];
}

function say(key: string, values: Sentence['values'] = {}): Sentence {
  return { key, values };
}
