import { IconUserOff, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BulkWish } from '../../api/bulk.js';
import { useAgentRefs } from '../../api/cases.js';
import { useMe } from '../../api/session.js';
import { useAgentWork, useTeams } from '../../api/teams.js';
import { AgentFace } from '../../ui/Face.js';
import type { PickerOption } from '../../ui/Picker.js';

/**
 * Whom cases can be given to: colleagues with what they carry, teams, nobody.
 * @param open what they carry is asked for only then
 */
export function useAssignOptions(open: boolean): {
  options: readonly PickerOption[];
  wishOf: (id: string) => BulkWish;
} {
  const { t } = useTranslation();
  const me = useMe();
  const agents = useAgentRefs().data ?? [{ id: me.id, name: me.name }];
  const teams = (useTeams().data ?? []).filter((team) => !team.closed);
  const work = new Map(useAgentWork(open).data?.map((one) => [one.agent.id, one]));
  const sorted = agents.toSorted(
    (a, b) => Number(b.id === me.id) - Number(a.id === me.id) || a.name.localeCompare(b.name),
  );
  const hint = (id: string): string => {
    const one = work.get(id);
    if (!one) return id === me.id ? t('inbox.assign.me') : '';
    const load = `${one.load}/${one.limits.total}`;
    return `${t(`inbox.assign.${one.availability}`)} · ${load}`;
  };
  const options = [
    ...sorted.map((agent) => ({
      id: `agent ${agent.id}`,
      label: agent.name,
      icon: <AgentFace agent={agent} size={20} silent />,
      hint: hint(agent.id),
    })),
    ...teams.map((team) => ({
      id: `team ${team.id}`,
      label: team.name,
      icon: <IconUsers size={17} stroke={1.7} />,
      hint: t('inbox.assign.team'),
    })),
    { id: 'nobody', label: t('inbox.assign.nobody'), icon: <IconUserOff size={17} stroke={1.7} /> },
  ];
  const wishOf = (chosen: string): BulkWish => {
    const [kind, id] = chosen.split(' ');
    if (kind === 'team') {
      const team = teams.find((one) => one.id === id);
      return team ? { team: { id: team.id, name: team.name } } : {};
    }
    const agent = agents.find((one) => one.id === id);
    return { assignee: agent ? { id: agent.id, name: agent.name } : null };
  };
  return { options, wishOf };
}
