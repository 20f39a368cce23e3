import type { ChannelKind } from '@loket/contracts/channels.js';
import type { AgentWork, UpdateAgentWork } from '@loket/contracts/teams.js';

/** Channels whose cases can be limited apart from all. */
export const limitedKinds = [
  'whatsapp',
  'email',
  'webchat',
  'phone',
] as const satisfies readonly ChannelKind[];

/** What somebody can carry, do and speak, as it is typed. */
export interface PersonForm {
  total: number | '';
  /** '' = no limit but that of all */
  byChannel: Record<ChannelKind, number | ''>;
  skills: string[];
  languages: string[];
  teamIds: string[];
}

export function personFormOf({ limits, skills, languages, teamIds }: AgentWork): PersonForm {
  const of = (kind: ChannelKind) => limits.byChannel[kind] ?? '';
  return {
    total: limits.total,
    byChannel: { email: of('email'), whatsapp: of('whatsapp'), webchat: of('webchat'), phone: of('phone') },
    skills: skills.toSorted(),
    languages: languages.toSorted(),
    teamIds: teamIds.toSorted(),
  };
}

export function workOf({ total, byChannel, skills, languages }: PersonForm): UpdateAgentWork {
  const given = Object.entries(byChannel).filter(([, limit]) => limit !== '');
  return {
    limits: {
      total: total === '' ? 0 : total,
      byChannel: Object.fromEntries(given),
    },
    skills: skills.map((skill) => skill.trim().toLowerCase()),
    languages,
  };
}

/** More of one channel than of all together is never reached: said beside the field, not refused. */
export function beyondTotal({ total, byChannel }: PersonForm): ChannelKind[] {
  return limitedKinds.filter((kind) => {
    const limit = byChannel[kind];
    return total !== '' && limit !== '' && limit > total;
  });
}

/** Which teams somebody joins, and which he leaves. */
export function teamChanges(
  before: readonly string[],
  after: readonly string[],
): { joins: string[]; leaves: string[] } {
  return {
    joins: after.filter((id) => !before.includes(id)),
    leaves: before.filter((id) => !after.includes(id)),
  };
}
